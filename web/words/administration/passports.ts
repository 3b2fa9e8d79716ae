/** Words of finding, pausing and stopping passports. */
import { dayWords, exactTimeWords } from '../dates.ts';

/** Finding whose passport it is. */
export const SEARCH = {
  title: 'Passports',
  label: 'Find a person',
  hint: 'A name, an NHSmail address, an employee number, a registration number, or the reference of a passport or a stop.',
  button: 'Search',
  missing: 'Enter a name or a number',
  notAllowed: 'Enter at least two letters, or a whole number. It must not be an NHS number',
  gone: 'That search has ended. Search again',
  results: 'Search results',
  name: 'Name',
  job: 'Job',
  registration: 'Registration',
  employeeNumber: 'Employee number',
  passport: 'Passport',
  show: 'Show',
  everybody: 'Everybody',
  noReference: 'Nothing of your trust has this reference. Check it, or search for the person',
  onThisPage: (count: number, of: number): string =>
    `${String(count)} of ${String(of)} people on this page.`,
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
  { href: '/admin/imports', text: 'Imports of staff records' },
  { href: '/admin/keys', text: 'Signing keys' },
  { href: '/admin/registry', text: 'Register of organisations' },
  { href: '/admin/readiness', text: 'How ready your trust is' },
  { href: '/admin/health', text: 'How the service is doing' },
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
  offers: 'What was offered',
  noOffers: 'Nothing was offered.',
  offered: 'What',
  offerState: 'State',
  stopAll: 'Stop the whole passport',
  replace: 'Replace it',
  replaceText:
    'HR offers a new passport at the HR desk, made from the staff record as it is then. Whoever stops passports does not issue them.',
  waiting: 'Somebody has asked for this passport to be stopped.',
  waitingLink: 'Look at what waits for approval',
  pauseAll: 'Pause the whole passport',
  pauseAllText:
    'Everything that your trust issued is paused at once. You can turn each part back on. Nobody else has to agree.',
  stopAllText: 'To stop it for good, say why. A second administrator has to approve it.',
  why: 'Why?',
  whyMissing: 'Select why you are pausing it',
  pausedAll: (count: number): string =>
    count === 1 ? '1 credential is paused' : `${String(count)} credentials are paused`,
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

/** Why something is paused. */
export const PAUSE_REASONS = [
  'LOST_PHONE',
  'SUSPECT_NO_LONGER_VALID',
  'LEAVING_ORGANISATION',
] as const;

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
    approval: 'A second administrator',
    records: 'Our records',
    list: 'Status list published',
    copies: 'Copies that trusts keep',
    receivers: 'Systems that are told',
    person: 'Their own passport page',
  },
  done: 'Done',
  waiting: 'Not yet',
  unknown: 'We could not look',
  by: (at: Date): string => `By ${exactTimeWords(at)} at the latest`,
  reached: (reached: number, receivers: number): string =>
    receivers === 0 ? 'None is registered' : `${String(reached)} of ${String(receivers)}`,
  failing: (count: number): string =>
    count === 1
      ? 'Sending to 1 has failed so far'
      : `Sending to ${String(count)} has failed so far`,
  notReached: 'Your systems that have not been reached yet',
  failures: (count: number): string =>
    count === 1 ? '1 failed attempt' : `${String(count)} failed attempts`,
  parked: 'not tried any more',
  receiversText:
    'Systems of the trusts where they work are told, where a receiver is registered. Everybody learns of it from the status list.',
  leave: 'You can leave this page.',
  again: 'Look again',
  back: 'Back to credential',
  ended: 'This page no longer follows what happens. Reload it to see the latest.',
} as const;

/** `3 August 2026`, or that there is no end. */
export const untilWords = (date: string | null | undefined): string =>
  date == null ? 'No end date' : dayWords(date);
