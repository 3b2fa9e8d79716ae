/** Words of stopping with a second person: asking, approving, and looking at what somebody stopped alone. */

/** Pausing or stopping all of a passport, or one credential. */
export const STOP = {
  titlePassport: 'Stop this passport',
  titleCredential: 'Stop this credential',
  backToPassport: 'Back to passport',
  backToCredential: 'Back to credential',
  issuedBy: 'Issued by',
  issued: 'Issued on',
  state: 'Status now',
  others: 'Other valid credentials',
  inside: 'Credentials inside',
  what: 'What do you want to do?',
  pause: 'Pause it',
  pauseHint: 'You can turn it back on. Use this if you are not sure.',
  stop: 'Stop it for good',
  stopHint: 'You cannot undo this. A second administrator must approve it.',
  whatMissing: 'Select whether to pause it or stop it for good',
  why: 'Why?',
  whyMissingPassport: 'Select why you are stopping this passport',
  whyMissingCredential: 'Select why you are stopping this credential',
  note: 'Note for the record (optional)',
  noteHint: 'Do not include health or disciplinary details.',
  noteLong: 'Note must be 300 characters or fewer',
  noteNumber: 'Take the NHS number or National Insurance number out of the note',
  continue: 'Continue',
} as const;

/** Longest note, in characters. */
export const LONGEST_NOTE = 300;

/** Why something is stopped, by the code that the record keeps. */
export const STOP_REASONS = [
  'LEAVING_ORGANISATION',
  'LOST_PHONE',
  'CREDENTIAL_PROVIDED_IN_ERROR',
  'REGISTRATION_SUSPENDED',
  'NO_LONGER_VALID',
  'STAFF_MEMBER_DECEASED',
] as const;

/** Why something may be stopped before anybody else has looked. */
export const URGENT_REASONS: readonly string[] = [
  'LOST_PHONE',
  'REGISTRATION_SUSPENDED',
  'NO_LONGER_VALID',
];

const many = (count: number, one: string, several: string): string =>
  count === 1 ? `1 ${one}` : `${String(count)} ${several}`;

/** The page in between. */
export const CONFIRM = {
  titlePassport: 'Are you sure you want to stop this passport for good?',
  titleCredential: 'Are you sure you want to stop this credential for good?',
  back: 'Back',
  gone: 'We no longer have what you entered. Enter it again',
  stops: (whose: string, count: number): string =>
    count === 1
      ? `1 credential of ${whose} will be stopped.`
      : `${String(count)} credentials of ${whose} will be stopped.`,
  seen: (seconds: number | undefined): string =>
    seconds === undefined
      ? 'Everybody who checks will see “not valid” after approval.'
      : `Everybody who checks will see “not valid” within ${String(seconds)} seconds of approval.`,
  shownTo: (count: number, days: number): string =>
    count === 0
      ? `No organisation was shown it here in the last ${String(days)} days.`
      : `${many(count, 'organisation was', 'organisations were')} shown it in the last ${String(days)} days.`,
  keptBy: (count: number): string =>
    `${many(count, 'organisation keeps', 'organisations keep')} what was shared from it.`,
  placedAt: (count: number): string =>
    count === 1
      ? 'A placement goes on at 1 other trust.'
      : `Placements go on at ${String(count)} other trusts.`,
  openRequests: (count: number): string =>
    `${many(count, 'request to share waits', 'requests to share wait')} for their answer.`,
  others: (count: number): string =>
    count === 0
      ? 'Nothing else in this passport is valid.'
      : count === 1
        ? '1 other valid credential in this passport stays as it is.'
        : `${String(count)} other valid credentials in this passport stay as they are.`,
  noUndo: 'You cannot undo this. They would need a new one.',
  because: 'Why:',
  button: 'Ask for approval to stop it',
  cancel: 'Cancel and keep it',
  urgentTitle: 'Break glass: stop now, review after',
  urgentText:
    'Only if it cannot wait. It stops at once. A second administrator looks at what you did by the next working day, and both are on record. If you are not sure, pause it.',
  urgentButton: 'Stop it now',
  problems: {
    already_waiting: 'Somebody has asked for that already. Look at the approvals',
    too_many_waiting: 'Too many wait already. Decide some of them first',
  } as Readonly<Record<string, string>>,
} as const;

/** One stop. */
export const STOP_RECORD = {
  titles: {
    WAITING: 'Waiting for approval',
    REFUSED: 'Not stopped: it was turned down',
    WITHDRAWN: 'Not stopped: it was taken back',
    EXPIRED: 'Not stopped: nobody approved it in time',
  } as Readonly<Record<string, string>>,
  stoppedPassport: 'Passport stopped',
  stoppedCredential: 'Credential stopped',
  nothingLeft: 'Nothing was left to stop',
  back: 'Back to approvals',
  whole: 'Whole passport',
  whose: 'Passport of',
  what: 'What',
  credentials: 'Credentials',
  why: 'Why',
  note: 'Note',
  askedBy: 'Asked by',
  asked: 'Asked',
  until: 'Can be approved until',
  approvedBy: 'Approved by',
  refusedBy: 'Turned down by',
  stoppedAlone: 'Stopped by one person',
  reviewDue: 'To be reviewed by',
  reviewed: 'Reviewed by',
  reference: 'Reference',
  you: 'You',
  isYours:
    'You asked for this, so a second administrator has to approve it. Pause it if it cannot wait.',
  isOwnPassport: 'This is your own passport, so another administrator has to decide.',
  approveTitle: 'Do you approve it?',
  approveText: 'You cannot undo this. You confirm it with your passkey.',
  approve: 'Approve and stop it',
  refuse: 'Turn it down',
  takeBack: 'Take it back',
  approved: 'You approved it',
  refused: 'You turned it down',
  takenBack: 'You took it back',
  reviewTitle: 'Was it right to stop it at once?',
  reviewText: 'What is stopped stays stopped. If it was wrong, HR offers a new one.',
  right: 'Yes, it could not wait',
  wrong: 'No, it should not have been stopped in that way',
  reviewMissing: 'Select whether it was right to stop it at once',
  review: 'Save the review',
  reviewSaved: 'Your review was saved',
  reviewYours: 'You stopped this, so a second administrator has to review it.',
  passport: 'The passport',
  problems: {
    own_request: 'You asked for it, so a second administrator has to decide',
    own_passport: 'It is your own passport, so another administrator has to decide',
  } as Readonly<Record<string, string>>,
} as const;

/** Stops in lists. */
export const STOPS = {
  text: (whose: string, what: string): string => `Stop: ${whose}, ${what}`,
  settled: 'Stops that are settled',
  earlier: 'Earlier stops',
  reviews: 'Stopped by one person, to be reviewed',
  reviewBy: 'Review by',
  stopped: 'Stopped',
  by: 'By',
  late: 'overdue',
  long: 'more than 30 minutes',
  empty: 'Nothing was stopped yet.',
  state: 'State',
  next: 'Older',
} as const;

/** How long something may wait for a second person before it is said, in milliseconds. */
export const LONG_MS = 1_800_000;
