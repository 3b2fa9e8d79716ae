/** Words of the HR desk. */

/** New starters. */
export const STARTERS = {
  title: 'New starters',
  tabs: { ANSWERED: 'Needs you', OPEN: 'Waiting for them', ENDED: 'Ended' },
  ask: 'Ask for a passport',
  rotation: 'Ask many at once',
  empty: {
    ANSWERED: 'Nobody has answered yet. Ask for a passport to begin.',
    OPEN: 'You are not waiting for anybody.',
    ENDED: 'No request has ended without an answer.',
  },
  columns: {
    reference: 'Your reference',
    starts: 'Starts',
    why: 'Why',
    who: 'Who has it now',
    verdict: 'Passport',
    asked: 'Asked',
  },
  noReference: 'No reference',
  next: 'Older requests',
} as const;

/** Asking. */
export const ASK = {
  title: 'Ask for a passport',
  template: 'Why are they coming?',
  templateHint: 'It decides what they are asked for.',
  templateMissing: 'Select why they are coming',
  templates: {
    ROTATING_DOCTOR: 'Identity, job, registration, training, work health, right to work and DBS',
    BANK_SHIFT: 'What a shift needs',
    PERMANENT_MOVE: 'Everything, with past employment',
  },
  starts: 'When do they start? (optional)',
  startsHint: 'For example, 3 2 2027',
  startsWrong: 'Enter a real date, or leave it out',
  reference: 'Your reference (optional)',
  referenceHint: 'For example, the number of the vacancy. Not their name.',
  referenceLong: 'Your reference must be 60 characters or fewer',
  button: 'Ask for it',
  asked: 'The request is ready.',
  failed: 'The request could not be made. Try again in a few minutes',
} as const;

/** A request, and its answer. */
export const REQUEST = {
  title: 'Show this to the new starter',
  send: 'They point their phone’s camera at it, open the link, or type the code.',
  works: (time: string): string => `It works until ${time}.`,
  qr: 'QR code. The link below is the same.',
  link: 'Link',
  code: 'Code to type',
  waiting: 'Waiting for them. This page shows the answer when it is there.',
  again: 'Look again',
  state: 'Who has it now',
  ended: {
    REFUSED: 'They decided not to share their passport.',
    EXPIRED: 'The request ran out before it was answered.',
  },
  askAgain: 'Ask again',
  forMe: 'For you',
  somebody: 'New starter',
  starting: (day: string): string => `Starting ${day}`,
  verdicts: {
    VALID: 'Passport checked just now. It is valid.',
    SUSPENDED: 'Do not use this passport yet. It is paused. Contact the trust that made it.',
    REVOKED: 'This passport is not valid. It was stopped.',
    EXPIRED: 'This passport ran out. Ask for a new one.',
    CANNOT_CHECK: 'We could not check this right now. Try again, or ring the trust that made it.',
    INVALID: 'This passport is not valid. Do not use it.',
  },
  checkedAt: (moment: string): string => `Passport checked ${moment}.`,
  notValid: 'Do not rely on anything that was shared.',
  how: 'How we checked this',
  howColumns: { part: 'Part', from: 'From', state: 'Result', statusAge: 'Status read' },
  steps: {
    PASSED: 'Passed',
    FAILED: 'Not passed',
    NOT_REACHED: 'Not reached',
  },
  signature: 'Signature, trust list, status and key of the person',
  done: (settled: number, all: number): string =>
    `${String(settled)} of ${String(all)} employment checks are done.`,
  noChecks: 'What was shared is not one person’s, so there are no employment checks.',
  originals: 'See the original identity documents in person on the first day.',
  prefill: (count: number): string => `Copy ${String(count)} answers into the new starter form`,
} as const;

/** One check. */
export const ONE_CHECK = {
  outcome: 'Result',
  why: 'Why',
  evidence: 'Shared',
  checkedBy: 'Checked by',
  checkedOn: 'Checked',
  standard: 'Standard',
  register: 'Register',
  ends: 'Ends',
  ours: 'What your trust did',
  what: 'What do you want to do?',
  whatMissing: 'Select what you want to do',
  choices: {
    originals: 'I have seen the original documents in person',
    passed: 'We made our own check, and it was passed',
    failed: 'We made our own check, and it was not passed',
    bypass: 'Go on without this check',
  },
  bypassHint: 'You confirm it with your passkey. It is written down with your name and reason.',
  reason: 'To what standard, which documents, or why',
  reasonHint: 'Do not include details of health, conduct or offences.',
  reasonMissing: 'Enter to what standard, which documents, or why',
  reasonLong: 'Must be 500 characters or fewer',
  save: 'Save',
  saved: 'It is saved.',
  back: 'Back to the checks',
  withdraw: 'Take it back',
  withdrawn: 'It is taken back.',
} as const;

/** Answers for the new starter form. */
export const ANSWERS = {
  title: 'Answers for the new starter form',
  lede: 'Everything here was shared by the new starter and checked.',
  columns: { field: 'Field', passport: 'From passport', record: 'In ESR now', same: 'Difference' },
  same: 'Same',
  different: 'Different',
  missing: 'Not in ESR',
  compare: 'Compare with ESR',
  number: 'Employee number',
  numberHint: 'The number in your trust’s ESR. Without it nothing is compared.',
  numberUnknown: 'There is nobody with this number at your trust',
  button: 'Compare',
  download: 'Download as CSV',
  copy: 'Copy all answers',
  copied: (count: number): string => `Copied ${String(count)} answers`,
  empty: 'What was shared has been erased. Ask again.',
} as const;

/** Checking a passport that somebody shows. */
export const CHECK_DESK = {
  title: 'Check a passport',
  camera: 'Use the camera',
  point: 'Point at the code on their screen.',
  refused: 'We cannot use your camera. Paste the link or type the 6 letters under the code.',
  typed: 'Paste a link or type a code',
  hint: 'For example, 4F7-K2Q',
  button: 'Check',
  missing: 'Paste the link or type the code',
  unknown: 'Check the link or the code. It may have run out: codes work for 10 minutes',
  found: 'We know whom to ask. Choose why they are coming, and the request shows on their device.',
} as const;

/** Our own staff: passports that this trust makes. */
export const OUR_STAFF = {
  title: 'Our staff',
  label: 'Name, employee number or registration number',
  button: 'Search',
  missing: 'Enter a name or a number',
  nobody: 'Nobody who works here fits. Check the spelling, or use fewer words.',
  many: 'More than 200 people fit, and these are some of them. Use more words.',
  found: (count: number): string => (count === 1 ? '1 person' : `${String(count)} people`),
  gone: 'This search has ended. Search again.',
  inside: 'In the passport',
  offers: 'Offers',
  nothing: 'There is nothing in the passport yet.',
  noOffers: 'Nothing has been offered.',
  offer: 'Offer a passport',
  again: 'Offer it again',
  types: 'What do you want to offer?',
  typesMissing: 'Select what you want to offer',
  fromRecord: 'These come from the staff record. Others are made by the systems that hold them.',
  waits: 'The offer waits 14 days. You confirm it with your passkey.',
  offered: 'It is offered. They see it when they sign in.',
  failed: 'It could not be offered',
} as const;

/** Rotation day. */
export const ROTATION = {
  title: 'Ask many at once',
  lede: 'One line for each person: your reference, the day they start, and the code on their screen if they show one.',
  example: 'ROT-0217, 2027-02-03, 4F7-K2Q',
  rows: 'People',
  file: 'Or choose a CSV file',
  missing: 'Enter at least 1 line',
  tooMany: 'Enter 100 lines or fewer',
  lineWrong: (line: number): string =>
    `Line ${String(line)}: check the reference, the day and the code`,
  button: 'Ask all of them',
  resultTitle: 'Rotation day',
  progress: (done: number, all: number): string => `${String(done)} of ${String(all)} answered`,
  needYou: (count: number): string => `${String(count)} need you`,
  download: 'Download the results as CSV',
  columns: {
    line: 'Line',
    reference: 'Your reference',
    starts: 'Starts',
    state: 'Who has it now',
    link: 'Link',
  },
  gone: 'This list has ended. Every request is under New starters.',
} as const;
