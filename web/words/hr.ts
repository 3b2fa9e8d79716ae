/** Words of the HR desk. */

/** New starters. */
export const STARTERS = {
  title: 'New starters',
  tabs: { TO_DO: 'Needs you', OPEN: 'Waiting for them', DONE: 'Done' },
  tab: (name: string, count: number, most: number): string =>
    `${name} (${count < most ? String(count) : `${String(most)} or more`})`,
  ask: 'Ask for a passport',
  rotation: 'Ask many at once',
  empty: {
    TO_DO: 'Nobody needs you now.',
    OPEN: 'You are not waiting for anybody.',
    DONE: 'Nothing is done yet. When you have finished with somebody, move them here.',
  },
  notFound: 'No reference fits. Check the spelling, or use fewer letters.',
  columns: { why: 'Why', who: 'Who has it now' },
  sorted: { REFERENCE: 'Your reference', STARTS_ON: 'Starts', ASKED_AT: 'Asked' },
  nobody: 'Nobody: it is done',
  noReference: 'No reference',
  search: 'Find by your reference',
  searchButton: 'Find',
  searchMissing: 'Enter a part of your reference, of 60 characters or fewer',
  searchEnd: 'Show all',
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
  way: 'How will they get it?',
  ways: { link: 'I send them a link', here: 'They are here: I show them a code' },
  wayHints: {
    link: 'You get a message to send in your own email or text. The link works for 14 days.',
    here: 'The code works for 10 minutes.',
  },
  button: 'Ask for it',
  failed: 'The request could not be made. Try again in a few minutes',
} as const;

/** A request, and its answer. */
export const REQUEST = {
  title: 'Ask the new starter',
  show: 'If they are here',
  send: 'They point their phone’s camera at it, open the link, or type the code.',
  works: (until: string): string => `The link works until ${until}.`,
  message: 'Send them this',
  messageHint: 'Copy it into your own email or text. We send nothing, and keep no address.',
  messageOf: (trust: string, link: string, until: string): string =>
    [
      `${trust} asks to see part of your NHS staff passport before you start.`,
      `Open this link on the phone or computer that has your passport, before ${until}:`,
      link,
      'You see what we ask for, and decide what to share.',
      'Not sure that it is us? Ring our HR team on a number that you already have.',
    ].join('\n'),
  subject: (trust: string): string => `${trust} asks to see your staff passport`,
  email: 'Write an email with it',
  copy: 'Copy the message',
  copied: 'The message is copied.',
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
  close: 'Move to Done',
  reopen: 'Move back to Needs you',
  closed: 'It is under Done.',
  reopened: 'It is under Needs you.',
  forMe: 'For you',
  somebody: 'New starter',
  starting: (day: string): string => `Starting ${day}`,
  verdicts: {
    VALID: 'Passport checked just now. It is valid.',
    SUSPENDED: (trust: string): string =>
      `Do not use this passport yet. ${trust} paused it. Contact them.`,
    REVOKED: (trust: string): string => `This passport is not valid. ${trust} stopped it.`,
    EXPIRED: 'This passport ran out. Ask for a new one.',
    CANNOT_CHECK: (trust: string): string =>
      `We could not check this right now. Ask again, or ring ${trust}.`,
    INVALID: 'This passport is not valid. Do not use it.',
  },
  checkedAt: (moment: string): string => `Passport checked ${moment}. It was valid then.`,
  theTrust: 'the trust that made it',
  readAt: (moment: string): string => `Its status was last read ${moment}.`,
  notValid: 'Do not rely on anything that was shared.',
  how: 'How we checked this',
  howTitle: (part: string, trust: string): string => `${part}, from ${trust}`,
  outcomes: { PASSED: '✓ Yes', FAILED: '✗ No', NOT_REACHED: '– Not checked' },
  steps: {
    SIGNATURE: 'It is signed by its issuer, and nothing was changed since',
    TRUST: 'The issuer is on the NHS trusted list',
    HOLDER: 'The person proved with the key of their device that it is theirs',
    STATUS: 'It has not run out, and is not paused or stopped',
    CONTENTS: 'It is what was asked for, and agrees with the record of its issuer',
  },
  done: (settled: number, all: number): string =>
    `${String(settled)} of ${String(all)} employment checks are done.`,
  passedOver: 'Gone on without it',
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
  columns: {
    field: 'Field',
    passport: 'From passport',
    record: 'In ESR now',
    same: 'Difference',
    use: 'Use',
  },
  use: (field: string): string => `Use ${field}`,
  useMissing: 'Tick at least 1 answer',
  same: 'Same',
  different: 'Different',
  missing: 'Not in ESR',
  compare: 'Compare with ESR',
  number: 'Employee number',
  numberHint: 'The number in your trust’s ESR. Without it nothing is compared.',
  numberUnknown: 'There is nobody with this number at your trust',
  button: 'Compare',
  download: 'Download as CSV',
  copy: 'Copy the answers',
  copied: 'Copied COUNT answers',
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
  lede: 'One line for each person: your reference, and the day they start. Not their name.',
  example: 'ROT-0217, 2027-02-03',
  rows: 'People',
  file: 'Or choose a CSV file',
  missing: 'Enter at least 1 line',
  tooMany: (most: number): string => `Enter ${String(most)} lines or fewer`,
  linesWrong: (named: readonly string[], count: number): string =>
    `Check the reference and the day in ${count === 1 ? 'line' : 'lines'} ${named.join(', ')}${
      count > named.length ? ` and ${String(count - named.length)} more` : ''
    }. Nobody has been asked yet`,
  failed: 'Nobody was asked. Try again in a few minutes',
  button: 'Ask all of them',
  others: (count: number): string =>
    count === 1 ? 'Ask the other one' : `Ask the other ${String(count)}`,
  then: 'You get a link for each of them, to send in your own email. Links work for 14 days.',
  lists: 'Lists you asked before',
  list: (moment: string, people: number): string =>
    `${people === 1 ? '1 person' : `${String(people)} people`}, asked ${moment}`,
  resultTitle: 'Rotation day',
  asked: (count: number): string =>
    count === 1 ? '1 person is asked.' : `${String(count)} people are asked.`,
  progress: (answered: number, all: number, needYou: number): string =>
    `${String(answered)} of ${String(all)} answered. ${String(needYou)} need you.`,
  sendThem:
    'The file has a link for each line. Send each person theirs, for example by mail merge: we send nothing.',
  download: 'Download the results and links as CSV',
  left: (count: number): string =>
    count === 1
      ? '1 line was not asked. Correct it, and send it as a list of its own.'
      : `${String(count)} lines were not asked. Correct them, and send them as a list of their own.`,
  downloadLeft: 'Download the lines to correct',
  leftGone: 'The lines to correct are not kept any more. Look at your own file.',
  problems: {
    reference: 'The reference is missing or has more than 60 characters',
    starts: 'The day is not a real date like 2027-02-03',
  },
  done: 'Done',
  columns: {
    line: 'Line',
    reference: 'Your reference',
    starts: 'Starts',
    state: 'Who has it now',
    verdict: 'Passport',
    link: 'Link',
    until: 'Link works until',
    problem: 'What is wrong',
  },
} as const;
