/** What the feeds say beside registrations, training and placements. Dates are `YYYY-MM-DD`, times RFC 3339 in UTC; `null` is "not given". */

/** One row of the qualifications feed. */
export interface QualificationRow {
  readonly line: number;
  readonly employeeNumber: string;
  readonly title: string;
  readonly level: string | null;
  readonly subject: string | null;
  readonly institution: string | null;
  /** ISO 3166-1, two letters. */
  readonly country: string | null;
  readonly awardedOn: string;
  /** When the organisation saw the proof. */
  readonly checkedOn: string | null;
  /** It was taken back, or entered by mistake. */
  readonly withdrawn: boolean;
}

/** A post for a doctor in training, at its lead employer or at a host. */
export interface TrainingPostRow {
  readonly line: number;
  /** ESR's own number of the position. */
  readonly positionId: string;
  readonly withdrawn: boolean;
  readonly role: 'LEAD' | 'HOST';
  readonly nationalPostNumber: string | null;
  readonly positionNumber: string | null;
  readonly title: string | null;
  readonly occupationCode: string | null;
  readonly areaOfWork: string | null;
  readonly secondSpecialty: string | null;
  readonly managingOffice: string | null;
  /** Where the work is done. */
  readonly odsCode: string | null;
  readonly grade: string | null;
  readonly payscale: string | null;
  readonly gradeDescription: string | null;
  readonly workplace: string | null;
  readonly employingVpd: string | null;
  readonly employingOrganisation: string | null;
  readonly location: string | null;
  readonly updatedAt: string;
}

/** What the training record tells a lead employer about one post. */
export interface PlacementNotificationRow {
  readonly line: number;
  readonly type: NotificationType;
  readonly nationalPostNumber: string;
  readonly occupationCode: string | null;
  readonly location: string | null;
  readonly specialty: string | null;
  readonly grade: string | null;
  /** Who is in the post, and until when. */
  readonly current: NotifiedTrainee | null;
  readonly currentEnd: string | null;
  /** Who comes, and from when. */
  readonly next: NotifiedTrainee | null;
  readonly nextStart: string | null;
  readonly withdrawn: NotifiedTrainee | null;
  /** Who comes in place of the one who was withdrawn. */
  readonly replacement: NotifiedTrainee | null;
  readonly replacementStart: string | null;
  readonly changedStart: string | null;
  readonly changedEnd: string | null;
  readonly postDeleted: boolean;
  readonly updatedAt: string;
}

/** A doctor in a notification. */
export interface NotifiedTrainee {
  readonly gmcNumber: string;
  /** One trainee in six has no legal surname in the training record. */
  readonly family: string | null;
}

/** Kinds of notification: 1, 2, 4 and 5 in the file. Type 3 has not been seen. */
export type NotificationType = 'PLACEMENT' | 'DELETED' | 'DATES_CHANGED' | 'POST_CREATED';
