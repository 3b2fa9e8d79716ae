/** Words of finding, pausing and stopping passports. */
import { dayWords, exactTimeWords } from '../dates.ts';

/** Finding whose passport it is. */
export const SEARCH = {
  title: 'Passports',
  label: 'Find a person',
  hint: 'A name, an employee number or a registration number.',
  button: 'Search',
  missing: 'Enter a name or a number',
  notAllowed: 'Enter at least two letters, or a whole number. It must not be an NHS number',
  gone: 'That search has ended. Search again',
  results: 'Search results',
  name: 'Name',
  job: 'Job',
  registration: 'Registration',
  employeeNumber: 'Employee number',
  nobody: 'Nobody who works at your trust was found. Check the spelling, or use a number.',
  found: (count: number, truncated: boolean): string =>
    truncated
      ? `More than ${String(count)} people. Add another word to find the right one.`
      : count === 1
        ? '1 person'
        : `${String(count)} people`,
  next: 'Next page',
  again: 'Search again',
  more: 'More',
} as const;

/** The other pages of the section. */
export const MORE_PAGES = [
  { href: '/admin/agreements', text: 'Agreements on sharing staff' },
  { href: '/admin/policies', text: 'Policies for employment checks' },
  { href: '/admin/receivers', text: 'Where changes are pushed to' },
  { href: '/admin/roles', text: 'Roles of people' },
  { href: '/admin/readiness', text: 'How ready your trust is' },
] as const;

/** One person's passport. */
export const PASSPORT = {
  caption: 'Passport',
  back: 'Back to passports',
  job: 'Job',
  mail: 'NHSmail address',
  status: 'Status',
  inside: 'Credentials inside',
  nobody: 'Nothing of your trust is in this passport.',
  what: 'What',
  from: 'Issued by',
  issued: 'Issued on',
  until: 'Valid until',
  offers: 'Ready to be added',
  noOffers: 'Nothing waits to be added.',
  offered: 'What was offered',
  offerState: 'State',
  pauseAll: 'Pause the whole passport',
  pauseAllText:
    'Everything that your trust issued is paused at once. You can turn each part back on. Nobody else has to agree.',
  why: 'Why?',
  whyMissing: 'Select why you are pausing it',
  pausedAll: (count: number): string =>
    count === 1 ? '1 credential is paused' : `${String(count)} credentials are paused`,
  pausedSome: (count: number, left: number): string =>
    `${String(count)} paused, ${String(left)} could not be paused. Look at them below`,
  nothingToPause: 'Nothing of your trust was valid, so nothing was paused',
} as const;

/** One credential. */
export const CREDENTIAL = {
  back: 'Back to passport',
  status: 'Status',
  reason: 'Reason',
  issuedBy: 'Issued by',
  issued: 'Issued on',
  until: 'Valid until',
  reference: 'Reference',
  inWallet: 'In their wallet',
  noNews: 'Their wallet has not said',
  where: 'Last shown',
  whereText: 'Only they can see where they have shown it.',
  timeline: 'Timeline',
  what: 'What happened',
  when: 'When',
  by: 'By',
  why: 'Why',
  made: 'Issued',
  pause: 'Pause it',
  pauseText: 'You can turn it back on. Nobody else has to agree.',
  stop: 'Pause or stop it',
  reinstate: 'Turn it back on',
  progress: 'How far the last change has got',
  paused: 'It is paused',
  reinstated: 'It is valid again',
  stoppedForGood: 'It was stopped for good. They need a new one.',
  notYours: 'Only the trust that issued it can pause or stop it.',
} as const;

/** Pausing or stopping one credential. */
export const STOP = {
  title: 'Stop this credential',
  back: 'Back to credential',
  issuedBy: 'Issued by',
  issued: 'Issued on',
  state: 'Status now',
  others: 'Other valid credentials',
  what: 'What do you want to do?',
  pause: 'Pause it',
  pauseHint: 'You can turn it back on. Use this if you are not sure.',
  stop: 'Stop it for good',
  stopHint: 'You cannot undo this. You confirm it with your passkey.',
  whatMissing: 'Select whether to pause it or stop it for good',
  why: 'Why?',
  whyMissing: 'Select why you are stopping this credential',
  continue: 'Continue',
  changed: 'Somebody else changed it in the meantime. Look at it again',
} as const;

/** Why something is stopped, by the code that the record keeps. */
export const STOP_REASONS = [
  'LEAVING_ORGANISATION',
  'LOST_PHONE',
  'CREDENTIAL_PROVIDED_IN_ERROR',
  'REGISTRATION_SUSPENDED',
  'NO_LONGER_VALID',
  'STAFF_MEMBER_DECEASED',
] as const;

/** Why something is paused besides. */
export const PAUSE_REASONS = [
  'LOST_PHONE',
  'SUSPECT_NO_LONGER_VALID',
  'LEAVING_ORGANISATION',
] as const;

/** The page in between. */
export const CONFIRM = {
  title: 'Are you sure you want to stop this credential for good?',
  back: 'Back',
  seen: (what: string, whose: string, seconds: number | undefined): string =>
    seconds === undefined
      ? `Everybody who checks ${whose}’s ${what} will see “not valid”.`
      : `Everybody who checks ${whose}’s ${what} will see “not valid” within ${String(seconds)} seconds.`,
  others: (count: number): string =>
    count === 0
      ? 'Nothing else in this passport is valid.'
      : count === 1
        ? '1 other valid credential in this passport stays as it is.'
        : `${String(count)} other valid credentials in this passport stay as they are.`,
  noUndo: 'You cannot undo this. They would need a new one.',
  because: 'Why:',
  button: 'Stop it for good',
  cancel: 'Cancel and keep it',
} as const;

/** How far a change has got. */
export const PROGRESS = {
  titles: {
    REVOKED: 'Credential stopped',
    SUSPENDED: 'Credential paused',
    ACTIVE: 'Credential is valid',
  } as Readonly<Record<string, string>>,
  otherTitle: 'How far it has got',
  reference: (reference: string): string => `Reference ${reference}`,
  heading: 'How far it has got',
  where: 'Where',
  status: 'Status',
  time: 'Time',
  steps: {
    records: 'Our records',
    list: 'Status list published',
    copies: 'Copies that trusts keep',
    person: 'Their own passport page',
  },
  done: 'Done',
  waiting: 'Not yet',
  unknown: 'We could not look',
  by: (at: Date): string => `By ${exactTimeWords(at)} at the latest`,
  said: (where: string, status: string): string => `${where}: ${status}`,
  receivers: 'Systems that are pushed to',
  receiversText:
    'A change made here is not pushed. Systems learn of it from the status list, as everybody does.',
  leave: 'You can leave this page.',
  again: 'Look again',
  back: 'Back to credential',
  ended: 'This page no longer follows what happens. Reload it to see the latest.',
} as const;

/** `3 August 2026`, or that there is no end. */
export const untilWords = (date: string | null | undefined): string =>
  date == null ? 'No end date' : dayWords(date);
