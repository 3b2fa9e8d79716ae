/** Words of the register of organisations and its changes. */

const number = new Intl.NumberFormat('en-GB');

/** The register. */
export const REGISTRY = {
  title: 'Register of organisations',
  back: 'Back to passports',
  lede: 'Which organisations may issue passports and check them, and whom to ask.',
  empty: 'No organisation is on the register yet.',
  list: 'Organisations',
  organisation: 'Organisation',
  code: 'Code',
  mayIssue: 'May issue',
  mayCheck: 'May check',
  certificate: 'Certificate ends',
  contact: 'Contact',
  nothing: 'Nothing',
  kinds: (count: number): string => (count === 1 ? '1 kind' : `${String(count)} kinds`),
  yes: 'Yes',
  no: 'No',
  nobody: 'Nobody named',
  none: 'No key yet',
  next: 'Next',
  changes: 'Changes that were asked for',
} as const;

/** One organisation. */
export const REGISTERED = {
  caption: 'Register of organisations',
  back: 'Back to the register',
  kind: 'What it may issue',
  from: 'From',
  until: 'Until',
  noEnd: 'No end',
  nothing: 'It may not issue anything.',
  team: 'Team',
  mail: 'E-mail address',
  phone: 'Telephone',
  changed: 'Last changed',
  change: 'Ask for a change',
} as const;

/** Asking for a change. */
export const CHANGE_FORM = {
  title: 'Change the register',
  back: 'Back to the organisation',
  lede: 'You see what it would alter before anybody is asked. Somebody else has to approve it.',
  types: 'What may it issue?',
  until: 'Last day of what is new (optional)',
  untilHint: 'For example 2027-03-27. Without a day it has no end.',
  untilMissing: 'Enter the last day as year, month and day, for example 2027-03-27, today or later',
  mayCheck: 'May it check passports?',
  mayCheckMissing: 'Select whether it may check passports',
  team: 'Name of a team',
  teamHint: 'Not of a person.',
  teamMissing: 'Enter the name of the team that reads the address, in 100 characters or fewer',
  mail: 'E-mail address of the team',
  mailMissing: 'Enter an e-mail address that the team reads, like team@trust.nhs.uk',
  phone: 'Telephone of the team (optional)',
  phoneMissing: 'Enter a telephone number, like 01632 960 001',
  reason: 'Why is it to be changed?',
  reasonHint: 'Whoever approves it reads this. Do not name a member of staff.',
  reasonMissing: 'Enter why it is to be changed, in 300 characters or fewer',
  look: 'See what it would alter',
  problems: {
    other_organisation:
      'Only its own administrators and the keeper of the register can ask for this',
    issuer_kind_wrong: 'One of these kinds is for another kind of organisation',
    one_waits_already: 'A change of this organisation waits already. Decide it first',
  } as Readonly<Record<string, string>>,
  unchanged: 'Change something: the register says all of this already',
} as const;

/** What a change alters. */
export const CHANGE = {
  caption: 'Change of the register',
  dryRunTitle: 'Check what would change',
  backToForm: 'Back to the form',
  back: 'Back to changes',
  lines: 'What changes',
  what: 'What',
  before: 'Now',
  after: 'Then',
  subjects: {
    MAY_ISSUE: (type: string): string => `May issue: ${type}`,
    MAY_CHECK: 'May check passports',
    CONTACT_TEAM: 'Team',
    CONTACT_MAIL: 'E-mail address',
    CONTACT_PHONE: 'Telephone',
  },
  values: { YES: 'Yes', NO: 'No' } as Readonly<Record<string, string>>,
  nothing: 'Nothing',
  effect: 'Who is affected',
  noEffect: 'Nobody loses anything by it.',
  credentials: (count: number): string =>
    count === 1
      ? '1 credential in force stays valid, and cannot be renewed there'
      : `${number.format(count)} credentials in force stay valid, and cannot be renewed there`,
  offers: (count: number): string =>
    count === 1
      ? '1 offer could not be collected any more'
      : `${number.format(count)} offers could not be collected any more`,
  requests: (count: number): string =>
    count === 1
      ? '1 open request to a member of staff stays open, and no new one can be made'
      : `${number.format(count)} open requests to staff stay open, and no new ones can be made`,
  keeper: 'It gives the organisation more, so the keeper of the register has to approve it.',
  colleague: 'A colleague, or the keeper of the register, has to approve it.',
  passkey: 'You confirm it with your passkey.',
  ask: 'Ask for approval',
  asked: 'It was asked for. Somebody else has to approve it',
  gone: 'What you filled in is gone. Fill it in again',
  list: 'Changes of the register',
  empty: 'No change has been asked for yet.',
  organisation: 'Organisation',
  state: 'State',
  when: 'Asked for',
  why: 'Why',
  by: 'Asked for by',
  you: 'You',
  from: (organisation: string): string => `Somebody at ${organisation}`,
  until: 'Last day of what is new',
  decided: 'Decided',
  decidedWords: (when: string, organisation: string): string => `${when}, by ${organisation}`,
  backToRegistry: 'Back to the register',
  approve: 'Approve it',
  approved: 'It is in the register',
  turnDown: 'Turn it down',
  takeBack: 'Take it back',
  turnedDown: 'It was turned down',
  mine: 'You asked for it, so somebody else has to approve it.',
  notYours: 'The keeper of the register has to approve it.',
  problems: {
    second_person_required: 'You asked for it, so somebody else has to approve it',
    keeper_required: 'The keeper of the register has to approve it',
  } as Readonly<Record<string, string>>,
  outOfDate: 'The register has changed since this was asked for. Turn it down, and ask again',
  next: 'Older',
} as const;
