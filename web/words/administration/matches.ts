/** Words of record matches: which mailbox is whose. */
import { spelledOut } from '../codes.ts';

/** The list. */
export const MATCHES = {
  title: 'Record matches',
  count: (open: number, oldest: string | undefined): string =>
    oldest === undefined
      ? `${String(open)} to review`
      : `${String(open)} to review, oldest ${oldest}`,
  days: (days: number): string =>
    days === 0 ? 'today' : days === 1 ? '1 day' : `${String(days)} days`,
  empty: (time: string): string => `Nothing to review. Looked at ${time}.`,
  noneOfThese: 'Nothing to review is like this. Show other ones.',
  filter: 'Show',
  all: 'Everything',
  ageFilter: 'How long it waits',
  anyAge: 'Any time',
  overdueOnly: 'Longer than it should',
  trustFilter: 'Trust where it arose',
  anyTrust: 'Any trust',
  scoreFilter: 'How likely it is the same person',
  anyScore: 'Any',
  apply: 'Show these',
  why: 'Why we ask',
  state: 'State',
  age: 'Waits for',
  overdue: 'overdue',
  next: 'Next page',
  list: 'To review',
} as const;

/** One case. */
export const MATCH = {
  caption: 'Record match',
  title: 'Is this the same person?',
  back: 'Back to record matches',
  state: 'State',
  because: 'Why we ask',
  field: 'What',
  record: 'Staff record',
  directory: 'NHSmail',
  outcome: 'Result',
  notHeld: 'not held',
  notCompared: 'Not compared',
  score: 'Weight of all of it',
  scoreText: (bits: number): string =>
    Math.abs(bits) < 0.5
      ? 'As likely to be the same person as not'
      : bits >= 0
        ? `Likely to be the same person: about ${odds(bits)} to 1`
        : `Likely to be different people: about ${odds(-bits)} to 1`,
  candidate: (number: number, name: string): string => `Possible match ${String(number)}: ${name}`,
  decide: 'What do you say?',
  same: 'Same person',
  sameAs: (name: string): string => `Same person as ${name}`,
  different: 'Different people',
  notSure: 'Not sure – ask the managers',
  decideMissing: 'Select whether it is the same person',
  reason: 'Why?',
  reasonHint: 'Do not include names, health or disciplinary details.',
  reasonMissing: 'Enter why you say so',
  reasonLong: 'Why must be 200 characters or fewer',
  save: 'Save and next',
  saved: 'Saved',
  savedWaits: 'Saved. A second person has to approve it',
  nothingMore: 'Saved. There is nothing more to review',
  approveTitle: 'A colleague decided',
  approve: 'Approve it',
  approveHint: 'You confirm it with your passkey.',
  refuse: 'Do not approve it',
  approveMissing: 'Select whether you approve it',
  approveButton: 'Save',
  approved: 'You approved it',
  refused: 'You did not approve it',
  undoTitle: 'Take the decision back',
  undoText: 'Everything is again what it was before. You can do this for 30 days.',
  undo: 'Take it back',
  undone: 'It was taken back, or waits for a second person to agree',
  history: 'What happened',
  when: 'When',
  who: 'Who',
  action: 'What',
  why: 'Why',
  noCandidates: 'Nothing was found that could belong together.',
} as const;

const odds = (bits: number): string =>
  new Intl.NumberFormat('en-GB').format(2 ** Math.min(20, Math.round(bits)));

/** What was compared, by the name that matching has for it. */
const FIELDS: Readonly<Record<string, string>> = {
  familyName: 'Surname',
  givenName: 'First name',
  workEmail: 'E-mail address',
  employeeNumber: 'Employee number',
  organisation: 'Organisation',
  jobRole: 'Job',
  phone: 'Telephone',
  smartcardId: 'Smartcard',
  started: 'Started',
  registration: 'Registration',
};

/** A compared field in words. */
export const fieldWords = (field: string): string =>
  FIELDS[field] ?? spelledOut(field.replace(/([a-z])([A-Z])/g, '$1 $2'));

const OUTCOMES: Readonly<Record<string, string>> = {
  equal: 'Same',
  'the same': 'Same',
  different: 'Different',
};

/** What came of comparing it. */
export const outcomeWords = (outcome: string): string => OUTCOMES[outcome] ?? spelledOut(outcome);
