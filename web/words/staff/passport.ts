/** Words of the passport at a glance, and of what can be done with it. */

/** The passport. */
export const PASSPORT = {
  title: 'Your staff passport',
  emptyTitle: 'Nothing is ready yet',
  empty: (time: string) =>
    `Your trust is still checking. Come back later, or ask your HR team. Last checked ${time}.`,
  status: 'Status',
  job: 'Job',
  employer: 'Employer',
  validUntil: 'Valid until',
  number: (body: string) => `${body} number`,
  checked: (time: string) => `Checked with the issuer ${time}`,
  share: 'Share with a trust',
  show: 'Show it in person',
  inside: 'What is in your passport',
  ready: 'Ready',
  runsOut: (day: string) => `Runs out on ${day}`,
  notHere: 'This passport is not on this device.',
  notHereText: 'You can look at it here. To share it, put it on this device first.',
  setUp: 'Set up this device',
  move: 'Move my passport here',
  toAdd: (trust: string, count: number) =>
    `${trust} has ${count === 1 ? '1 thing' : `${String(count)} things`} for your passport`,
  lookAndAdd: 'Look and add',
  asking: (trust: string) => `${trust} wants to see part of your passport`,
  look: 'Look at the request',
  more: 'More you can do',
  access: 'Who looked at my record',
  wrong: 'Something is wrong',
  lost: 'I have a new device, or lost my old one',
  anotherWallet: 'Add your passport to another wallet',
} as const;

/** The state of the passport as a whole. */
export const STANDING = {
  VALID: 'Valid',
  ENDING: 'Runs out soon',
  PAUSED: 'Paused',
  STOPPED: 'Stopped',
  OUT_OF_DATE: 'Out of date',
} as const;

/** Why it is paused or stopped, and what to do. */
export const HALTED = {
  paused: (trust: string, time: string, reason: string) =>
    `Your passport is paused. ${trust} paused it ${time} because ${reason}.`,
  stopped: (trust: string, time: string, reason: string) =>
    `Your passport was stopped. ${trust} stopped it ${time} because ${reason}.`,
  outOfDate: 'Your passport ran out. Ask your HR team for a new one.',
  meaning: 'Trusts that check it are told not to use it.',
  contact: (trust: string) => `Contact the HR team of ${trust} if you do not know why.`,
  haveIt: (trust: string) =>
    `Do you have your device? Tell the HR team of ${trust}: they can start your passport again.`,
} as const;

/** Reasons as a person is told them: from this list and no other, and nothing about health or conduct. */
const REASONS: Readonly<Record<string, string>> = {
  TRAINING_EXPIRY: 'some of your training is out of date',
  LEAVING_ORGANISATION: 'you left the trust',
  CREDENTIAL_PROVIDED_IN_ERROR: 'there was a mistake in it',
  LOST_PHONE: 'your device was reported lost',
  NO_LONGER_VALID: 'something in it is no longer true',
  SUSPECT_NO_LONGER_VALID: 'something in it is being checked',
  REGISTRATION_SUSPENDED: 'your professional registration changed',
  KEY_COMPROMISED: 'it has to be made anew',
  SUPERSEDED: 'a newer one took its place',
};

/** A reason in words; a code without words of its own says no more than that it is being looked at. */
export const haltedBecause = (code: string | null | undefined): string =>
  REASONS[code ?? ''] ?? 'something in it is being checked';

/** Something is wrong. */
export const WRONG = {
  title: 'Something is wrong in your passport',
  lede: 'Your passport shows what others hold about you. Ask whoever holds it to put it right. Your passport then changes by itself.',
  owners: [
    {
      what: 'Name, date of birth, job or employer',
      who: 'The HR team of the trust that you work for. They change it in ESR.',
    },
    {
      what: 'Professional registration',
      who: 'Your regulator, for example the GMC, NMC or HCPC. Changes show here within a day or two.',
    },
    {
      what: 'Core skills training',
      who: 'The learning team of the trust where you did the training.',
    },
    { what: 'Right to work, or DBS check', who: 'The HR team of the trust that did the check.' },
    { what: 'Work health', who: 'The occupational health team of your trust.' },
    {
      what: 'You did not ask for it, or it is not you',
      who: 'The HR team of the trust named on it. Ask them to stop it today.',
    },
  ],
  what: 'What is wrong',
  who: 'Who puts it right',
  rest: 'You can use the rest of your passport in the meantime.',
} as const;

/** Who looked. */
export const ACCESS = {
  title: 'Who looked at your record',
  lede: 'Everybody who looked at your record for their work, newest first.',
  empty: 'Nobody has looked at your record.',
  sentence: (who: string, trust: string | undefined) =>
    trust === undefined ? who : `${who}, ${trust}`,
  what: 'What they saw',
  why: 'Why',
  when: 'When',
  flagged: 'This reading stands out, and the trust has been told to look at it.',
  older: 'Older',
  notExpected: 'If you do not know why somebody looked, ask the HR team of that trust.',
  ask: 'Whom to ask',
} as const;

/** What of a record was read, by the first part of its name in the graph, or by its name in a credential. */
const RECORD_WORDS: Readonly<Record<string, string>> = {
  name: 'your name',
  given_name: 'your name',
  family_name: 'your name',
  birthDate: 'your date of birth',
  birthdate: 'your date of birth',
  email: 'your NHSmail address',
  niNumberMasked: 'part of your National Insurance number',
  employments: 'where you work',
  assignments: 'your job',
  registrations: 'your professional registration',
  competences: 'your training',
  mailboxes: 'your NHSmail address',
  workEmail: 'your work email address',
  workPhones: 'your work telephone numbers',
  passport: 'your passport',
  result: 'what you shared',
};

/** The same for names that begin alike: what was done to it, and the parts of a credential. */
const RECORD_FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^passportStop/, 'the stopping of your passport'],
  [/^credential/, 'your passport'],
  [/^presentation/, 'what you shared'],
  [/^employmentCheck/, 'your employment checks'],
  [/^checkPolicy/, 'your employment checks'],
  [/^signals?/, 'what became of your passport'],
  [/^transfer/, 'your move between trusts'],
  [/^deletion/, 'what you asked to have deleted'],
  [/^directory/, 'your NHSmail account'],
  [/^identityLink/, 'whether your record and your NHSmail account belong together'],
  [/^flaggedAccess$/, 'who looked at your record'],
  [/^(staffEvent|placementEvent)/, 'what changed about your work'],
  [/^matchingCase/, 'whether your record and your NHSmail account belong together'],
  [/^registration_|^last_checked_at$/, 'your professional registration'],
  [/^employer_/, 'where you work'],
  [/^(position_title|job_role|staff_group|grade|assignment_number)$/, 'your job'],
  [/^certificate_|^information_disclosed$/, 'your DBS check'],
  [/^permission/, 'your right to work'],
];

/** `registrations.number` and its like in words, each once. Whose record it is goes with all the rest. */
export function readInWords(fields: readonly string[]): string {
  const told = fields.filter((field) => field !== 'id');
  if (told.length === 0) return 'that you have a record';
  const words = told.map((field) => {
    const [first = ''] = field.split('.');
    return (
      RECORD_WORDS[first] ??
      RECORD_FAMILIES.find(([names]) => names.test(first))?.[1] ??
      first
        .replace(/[_-]/g, ' ')
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase()
    );
  });
  return [...new Set(words)].join(', ');
}
