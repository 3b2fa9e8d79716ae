/** Words of policies for employment checks. */

/** The list. */
export const POLICIES = {
  title: 'Policies for employment checks',
  back: 'Back to passports',
  lede: 'What your trust demands of those who start there, for everybody or for one staff group.',
  empty: 'Your trust has written no policy yet. What holds for everybody is in force.',
  list: 'Versions',
  group: 'For',
  everybody: 'Everybody without a policy of their own',
  version: 'Version',
  state: 'State',
  from: 'In force from',
  copiedFrom: 'Copied from',
  copyTitle: 'Share or copy policies',
  blueprint: 'Download the policies in force, signed',
  blueprintName: 'policies.jwt',
  noBlueprint: 'There is nothing to download yet: no policy of yours is in force',
  paste: 'Policies of another trust',
  pasteHint:
    'Paste what they downloaded. It becomes drafts, which change nothing until they are put in force.',
  pasteMissing: 'Paste the policies of another trust',
  pasteWrong: 'It is not a signed policy that can be copied, or it is too old',
  import: 'Copy as drafts',
  imported: (count: number): string =>
    count === 1 ? '1 draft was made' : `${String(count)} drafts were made`,
} as const;

/** One version. */
export const POLICY = {
  title: (group: string): string => group,
  caption: (version: number): string => `Policy, version ${String(version)}`,
  back: 'Back to policies',
  compared: 'What it says',
  what: 'What',
  now: 'In force now',
  here: 'This version',
  change: 'Change',
  changed: 'Changed',
  same: 'Same',
  dryRun: 'Who would newly fail',
  dryRunText:
    'What would come of it for people who presented something to your trust, were it in force.',
  looked: (count: number): string =>
    count === 1 ? '1 person was looked at.' : `${String(count)} people were looked at.`,
  nobodyFails: 'Nobody would newly fail.',
  person: 'Who',
  checks: 'Checks that would fail',
  needed: 'What would be missing',
  next: 'Look at more people',
  activate: 'Put it in force',
  activateText:
    'It takes the place of the version that is in force. You confirm it with your passkey.',
  activated: 'It is in force',
  draftTitle: 'Write the next version',
  draftText:
    'It begins with what this version says, and changes nothing until it is put in force. You confirm it with your passkey.',
  draft: 'Save as a draft',
  drafted: 'The draft was saved',
  number: (from: number, to: number): string =>
    `Enter a whole number from ${String(from)} to ${String(to)}`,
} as const;

/** What a policy says, line by line: by the name of the field in the form. */
export const POLICY_FIELDS = {
  minimumConfidence: 'Least confidence in an identity',
  onlineMaxAgeSeconds: 'Oldest status online, in seconds',
  offlineMaxAgeSeconds: 'Oldest status offline, in seconds',
  readRecord: 'Read the professional register',
  readWithinHours: 'Register read within, in hours',
  hcpcReadWithinHours: 'HCPC register read within, in hours',
  months: 'Employment history, in months',
  gapDays: 'Longest gap without an explanation, in days',
  level: 'Level of the DBS check',
  workforce: 'Workforce of the DBS check',
  years: 'A DBS certificate counts for, in years',
  portableInTraining: 'Another trust’s fresh DBS certificate counts for a doctor in training',
  exposureProneProcedures: 'Exposure prone procedures',
  notApplicable: 'Checks that are not asked for',
  requiredTypes: 'Credentials that have to be presented',
  training: 'Training',
} as const;

/** Values that are words. */
export const POLICY_VALUES = {
  yes: 'Yes',
  no: 'No',
  nothing: 'Nothing',
  any: 'Any',
  months: (count: number): string => `${String(count)} months`,
} as const;
