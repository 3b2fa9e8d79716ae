/** Words of the keys with which an organisation signs. */

const number = new Intl.NumberFormat('en-GB');
const credentials = (count: number): string =>
  count === 1 ? '1 credential' : `${number.format(count)} credentials`;

/** The keys. */
export const KEYS = {
  title: 'Signing keys',
  back: 'Back to passports',
  lede: 'Your trust signs passports, status lists and requests with these keys. Each is replaced by itself once a year.',
  empty:
    'Your trust has not signed anything yet. The first key is made when the first passport is.',
  list: 'Keys',
  key: 'Key',
  use: 'Signs',
  state: 'State',
  keeper: 'Kept in',
  ends: 'Ends',
  depend: 'Depend on it',
  rotate: 'Rotate now',
  rotateText:
    'A new key is published at once. It takes over in about ten minutes, when everybody who checks passports has it. The old key goes on being trusted for what it signed. You confirm it with your passkey.',
  whichUse: 'Which key do you want to replace?',
  useMissing: 'Select which key to replace',
  rotated: (when: string): string => `The new key is published. It takes over ${when}`,
} as const;

/** One key. */
export const KEY = {
  caption: 'Signing key',
  back: 'Back to signing keys',
  state: 'State',
  said: {
    WAITING: 'Everybody can see it already. It begins to sign when the time below has come.',
    ACTIVE: 'It signs.',
    CHECKING_ONLY: 'It signs no more. What it signed is still trusted.',
    OFF: 'It is not published any more. Nothing that it signed is trusted by others.',
  } as Readonly<Record<string, string>>,
  id: 'Key id',
  use: 'Signs',
  keeper: 'Kept in',
  made: 'Made',
  signsFrom: 'Signs from',
  certificate: 'Certificate ends',
  ends: 'Trusted until',
  turnedOff: 'Turned off',
  signed: 'Signed so far',
  depend: 'In force, and depend on it',
  turnOff: 'Turn this key off',
  breaks: (count: number): string =>
    count === 0
      ? 'Nothing that is in force depends on it.'
      : count === 1
        ? '1 credential still uses it. No other trust will believe it afterwards. Its holder needs a new one.'
        : `${credentials(count)} still use it. No other trust will believe them afterwards. Their holders need new ones.`,
  takesOver: 'Another key takes over at once, before everybody who checks passports has seen it.',
  cannotUndo: 'You cannot undo this. You confirm it with your passkey.',
  number: (count: number): string => `Type ${String(count)} to say that you know how many`,
  numberMissing: (count: number): string =>
    `Type ${String(count)}, the number of credentials that depend on this key`,
  more: 'More credentials depend on it by now. Read the number again',
  turnedOffNow: 'The key was turned off',
} as const;
