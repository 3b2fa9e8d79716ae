/** Reads a notification about a post for a doctor in training. */
import type {
  NotificationType,
  NotifiedTrainee,
  PlacementNotificationRow,
} from '../domain/feed-rows.ts';
import { plainRegistration, registrationFault } from '../domain/identifiers.ts';
import type { Fields } from './fields.ts';
import type { TIS_NOTIFICATION } from './tis-layout.ts';

type NotificationFields = Fields<(typeof TIS_NOTIFICATION)[number]>;

const TYPES: Readonly<Record<string, NotificationType>> = {
  1: 'PLACEMENT',
  2: 'DELETED',
  4: 'DATES_CHANGED',
  5: 'POST_CREATED',
};

/**
 * Reads an `NTF` row; `undefined` for one that is about the host's position: the lead employer's record is the one that
 * counts, and what a host has does not flow back.
 *
 * @param updatedAt when the file was made
 */
export function readNotification(
  fields: NotificationFields,
  updatedAt: string,
): PlacementNotificationRow | undefined {
  const code = fields.required('notificationTitleCode').replace(/^0+/, '');
  const type = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  if (type === undefined) {
    return fields.reject('notificationTitleCode', 'notification_type_unknown');
  }
  const row = {
    line: fields.line,
    type,
    nationalPostNumber: fields.requiredIdentifier(
      'deaneryPostNumber',
      'nationalPostNumber',
      'post_number_invalid',
    ),
    occupationCode: fields.text('occupationCode'),
    location: fields.text('newTrainingPositionLocation'),
    specialty: fields.text('postSpeciality'),
    grade: fields.text('nextAppointmentTraineeGrade'),
    current: trainee(fields, 'currentTraineeGmcNumber', 'currentTraineeLastName'),
    currentEnd: fields.date('currentTraineeProjectedEndDate'),
    next: trainee(fields, 'nextAppointmentTraineeGmcNumber', 'nextAppointmentTraineeLastName'),
    nextStart: fields.date('nextAppointmentProjectedStartDate'),
    withdrawn: trainee(fields, 'withdrawnTraineeGmcNumber', 'withdrawnTraineeLastName'),
    replacement: trainee(fields, 'replacementTraineeGmcNumber', 'replacementTraineeLastName'),
    replacementStart: fields.date('replacementTraineeProjectedHireDate'),
    changedStart: fields.date('changeOfProjectedHireDate'),
    changedEnd: fields.date('changeOfProjectedEndDate'),
    postDeleted: isYes(fields, 'medicalRotationPostDeleteIndicator'),
    updatedAt,
  };
  checkComplete(row, fields);
  return isHost(fields) ? undefined : row;
}

/** What each type cannot do without. */
function checkComplete(row: PlacementNotificationRow, fields: NotificationFields): void {
  switch (row.type) {
    case 'PLACEMENT':
      if (row.next === null && !isYes(fields, 'postVacantAtNextRotation')) {
        fields.reject('nextAppointmentTraineeGmcNumber', 'value_missing');
      }
      if (row.next !== null && row.nextStart === null) {
        fields.reject('nextAppointmentProjectedStartDate', 'value_missing');
      }
      return;
    case 'DELETED':
      if (row.withdrawn === null && row.next === null) {
        fields.reject('withdrawnTraineeGmcNumber', 'value_missing');
      }
      return;
    case 'DATES_CHANGED':
      if (row.next === null) fields.reject('nextAppointmentTraineeGmcNumber', 'value_missing');
      if (row.changedStart === null && row.changedEnd === null) {
        fields.reject('changeOfProjectedHireDate', 'value_missing');
      }
      if (
        row.changedEnd !== null &&
        row.changedStart !== null &&
        row.changedEnd < row.changedStart
      ) {
        fields.reject('changeOfProjectedEndDate', 'date_order');
      }
      return;
    case 'POST_CREATED':
      return;
  }
}

type NameOf<Suffix extends string> = Extract<
  (typeof TIS_NOTIFICATION)[number],
  `${string}${Suffix}`
>;

function trainee(
  fields: NotificationFields,
  number: NameOf<'GmcNumber'>,
  family: NameOf<'LastName'>,
): NotifiedTrainee | null {
  const text = fields.text(number);
  if (text === null) return null;
  const gmcNumber = plainRegistration('GMC', text);
  const fault = registrationFault('GMC', gmcNumber);
  if (fault !== undefined) {
    fields.reject(number, fault === 'shape' ? 'registration_number_invalid' : fault);
  }
  return { gmcNumber, family: fields.text(family) };
}

function isYes(
  fields: NotificationFields,
  name: 'postVacantAtNextRotation' | 'medicalRotationPostDeleteIndicator',
): boolean {
  const value = fields.text(name)?.toUpperCase() ?? 'N';
  const yes = ['Y', 'YES', 'TRUE', '1'].includes(value);
  if (!yes && !['N', 'NO', 'FALSE', '0'].includes(value)) fields.reject(name, 'value_unknown');
  return yes;
}

function isHost(fields: NotificationFields): boolean {
  const status = fields.text('hostLeadEmployerStatus')?.toUpperCase() ?? 'L';
  const host = status === 'H' || status === 'HOST';
  if (!host && status !== 'L' && status !== 'LEAD') {
    fields.reject('hostLeadEmployerStatus', 'value_unknown');
  }
  return host;
}
