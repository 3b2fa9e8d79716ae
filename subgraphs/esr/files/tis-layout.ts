/**
 * Files that the training record (TIS) and ESR exchange about doctors in training. Their names, their kinds, the fields of a
 * position and those of a notification are public; the order of the columns is not, and is ours: the published order of
 * the fields, after a record code. Columns are divided by `~`. The first row is `HDR~<file name>~<created, yyyyMMdd
 * HHmmss>~<VPD of the lead employer>`, the last `TRL~<number of rows, header and trailer included>`.
 */

/** `DE_<party>_<type>_<day>_<sequence>.DAT`. */
export const TIS_FILE_NAME = /^DE_[A-Z0-9]{2,4}_([A-Z]{3})_(\d{8})_(\d{7,8})\.DAT$/;

/** Kinds of file that are read. RMF and RMC have the posts, whole or those that changed; DNF and DNC the notifications. */
export const TIS_TYPES = {
  RMF: 'TRAINING_POSTS',
  RMC: 'TRAINING_POSTS',
  DNF: 'PLACEMENT_NOTIFICATIONS',
  DNC: 'PLACEMENT_NOTIFICATIONS',
} as const;

/**
 * Columns of a position. With `D` in `change` only `positionId` counts. `deaneryNumber` is the national post number.
 * `POR` has all of them; `POS` ends at `workplace` and is a position of the lead employer.
 */
export const TIS_POSITION = [
  'record',
  'positionId',
  'change',
  'positionNumber',
  'title',
  'occupationCode',
  'areaOfWork',
  'secondSpecialty',
  'deaneryNumber',
  'managingOffice',
  'odsCode',
  'grade',
  'payscale',
  'gradeDescription',
  'workplace',
  'hostLeadIndicator',
  'employingVpd',
  'employingOrganisation',
  'location',
] as const;

/** How many of the columns `POS` has. */
export const TIS_POS_WIDTH = TIS_POSITION.indexOf('hostLeadIndicator');

/**
 * Columns of a notification (`NTF`). `notificationTitleCode`: 1 placement, 2 deleted after the applicant was sent, 4 dates
 * changed after the applicant was sent, 5 post created. Which of the rest are used depends on it.
 */
export const TIS_NOTIFICATION = [
  'record',
  'notificationTitleCode',
  'deaneryBody',
  'deaneryPostNumber',
  'managingDeaneryBodyCode',
  'occupationCode',
  'hostLeadEmployerStatus',
  'newTrainingPositionLocation',
  'currentTraineeLastName',
  'currentTraineeFirstName',
  'currentTraineeGmcNumber',
  'currentTraineeProjectedEndDate',
  'currentTraineeVpdForNextPlacement',
  'currentTraineeWorkingHoursIndicator',
  'nextAppointmentTraineeLastName',
  'nextAppointmentTraineeFirstName',
  'nextAppointmentTraineeGmcNumber',
  'nextAppointmentCurrentPlacementVpd',
  'nextAppointmentProjectedStartDate',
  'nextAppointmentTraineeEmailAddress',
  'nextAppointmentTraineeGrade',
  'withdrawnTraineeLastName',
  'withdrawnTraineeFirstName',
  'withdrawnTraineeGmcNumber',
  'withdrawalReason',
  'replacementTraineeLastName',
  'replacementTraineeFirstName',
  'replacementTraineeGmcNumber',
  'replacementTraineeCurrentPlacementVpd',
  'replacementTraineeProjectedHireDate',
  'changeOfProjectedHireDate',
  'changeOfProjectedEndDate',
  'postSpeciality',
  'workingHourIndicator',
  'postVacantAtNextRotation',
  'medicalRotationPostDeleteIndicator',
] as const;
