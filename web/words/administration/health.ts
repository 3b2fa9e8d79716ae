/** Words of how the service is doing. */

const number = new Intl.NumberFormat('en-GB');

/** The page. */
export const HEALTH = {
  title: 'How the service is doing',
  back: 'Back to passports',
  caption: (when: string): string => `Looked at ${when}`,
  again: 'Look again',
  well: 'Everything that we looked at is working.',
  notWell: (count: number): string =>
    count === 1 ? '1 thing needs attention.' : `${String(count)} things need attention.`,
  unknown: 'Not known',
  partsTitle: 'Parts of the service',
  part: 'Part',
  state: 'State',
  parts: {
    gateway: 'Gateway',
    esr: 'Staff records (ESR)',
    nhsmail: 'Directory (NHSmail)',
    passport: 'Passports',
    identity: 'Signing in',
    'identity keys': 'Keys of signing in',
    'identity revocations': 'Access that was taken back',
    'identity database': 'Database of signing in',
    postgres: 'Database of records and passports',
    'nhsmail-database': 'Database of the directory',
    ldap: 'Directory server',
    'web sessions': 'Sessions of these pages',
  } as Readonly<Record<string, string>>,
  up: 'Working',
  down: 'Not answering',
  noParts: 'The gateway does not say how its parts are doing.',
  listsUnknown:
    'We cannot say right now how old the status lists are, or what waits to be pushed. Look again in a minute.',
  listsTitle: 'Age of the status lists',
  list: 'Status list',
  listName: (nth: number): string => `List ${String(nth)}`,
  age: 'Signed',
  ageWords: (seconds: number): string =>
    seconds < 60
      ? `${String(seconds)} seconds ago`
      : seconds < 7_200
        ? `${String(Math.round(seconds / 60))} minutes ago`
        : `${String(Math.round(seconds / 3_600))} hours ago`,
  expires: 'Counts until',
  version: 'Edition',
  listState: 'State',
  current: 'Current',
  old: 'Too old',
  held: 'Held back',
  noLists: 'Your trust has published no status list yet.',
  listChart: (bars: readonly string[]): string =>
    `Bar chart: how much of its time each status list has used. ${bars.join('. ')}.`,
  listBar: (name: string, percent: number): string => `${name}: ${String(percent)} of 100`,
  listBarName: (name: string, percent: number): string =>
    `${name}: ${String(percent)}% of its time used`,
  pushTitle: 'Waiting to be pushed',
  receiver: 'Receiver',
  waiting: 'Waiting',
  oldest: 'Oldest',
  nothingWaits: 'Nothing',
  failures: 'Failed attempts',
  pushStates: { working: 'Working', failing: 'Failing', parked: 'Not tried any more' },
  noReceivers: 'Nothing is pushed anywhere.',
  pushChart: (bars: readonly string[]): string =>
    `Bar chart: what waits for each receiver. ${bars.join('. ')}.`,
  pushBar: (name: string, waiting: number): string => `${name}: ${number.format(waiting)} waiting`,
  recordsTitle: 'Records',
  what: 'What',
  lastImport: 'Last import of staff records',
  lastMatch: 'Accounts and records last compared',
  never: 'Never',
  importWords: (when: string, state: string, failed: number): string =>
    failed === 0
      ? `${when}: ${state.toLowerCase()}`
      : `${when}: ${state.toLowerCase()}, ${number.format(failed)} rows left out`,
} as const;
