/** Words of clients: registering one, and testing its key. */
import type { Check } from '../../domain/developers/test-assertion.ts';

/** What is wrong with pasted keys. */
export const KEY_FAULTS = {
  private:
    'That is a private key. Keep it to yourself, make a new one since this one was pasted, and paste the public half',
  unreadable: 'Paste a public key in PEM, a JWK, or a JWK Set, up to 10 keys',
  unsuitable: 'A key must be P-256 or RSA with at least 2,048 bits',
  address: 'Paste the keys: this page does not fetch them from an address',
} as const;

/** The list. */
export const CLIENTS = {
  title: 'Your organisation’s clients',
  empty: 'No system of your organisation is registered yet.',
  register: 'Register a client',
  name: 'Name',
  id: 'Client id',
  status: 'Status',
  active: 'Active',
  stopped: 'Stopped',
} as const;

/** The form. */
export const REGISTER = {
  title: 'Register a client',
  lede: 'A system of your organisation signs in with a key of its own. You confirm it with your passkey.',
  clientId: 'Client id',
  clientIdHint: '3 to 64 of a to z, 0 to 9 and -, for example rz1-rota. It cannot be changed.',
  clientIdWrong: 'Enter a client id of 3 to 64 of a to z, 0 to 9 and -',
  name: 'Name',
  nameHint: 'People see it where a record says who read it.',
  nameMissing: 'Enter a name of 100 characters or fewer',
  keys: 'Public key, or address of a JWK Set',
  keysHint: 'PEM, a JWK, a JWK Set, or an https address. Never the private key.',
  algorithm: 'How it signs',
  algorithmMissing: 'Select how it signs',
  algorithms: {
    ES256: 'ES256, with a P-256 key',
    PS256: 'PS256, with an RSA key',
    RS512: 'RS512, with an RSA key',
  },
  scopes: 'What it may do',
  scopesMissing: 'Select what it may do',
  make: 'How to make a key',
  makeText: 'On your own machine:',
  makeRsa:
    'openssl genrsa -out private.pem 3072\nopenssl rsa -in private.pem -pubout -out public.pem',
  makeEc:
    'openssl ecparam -name prime256v1 -genkey -noout -out private.pem\nopenssl ec -in private.pem -pubout -out public.pem',
  makeRsaName: 'For RS512 or PS256',
  makeEcName: 'For ES256',
  send: 'Register',
  done: (name: string): string => `${name} is registered`,
  refused: (field: string): string => `The server refused this: ${field}`,
} as const;

/** One client. */
export const CLIENT = {
  token: 'Token address',
  issuer: 'Audience of its assertions',
  kid: 'Key ids',
  keysAt: 'Its keys are at',
  algorithm: 'Signs with',
  scopes: 'May do',
  test: 'Test my key',
  usage: 'Use of the graph',
  limits: (perSecond: number, perDay: number): string =>
    `It may ask ${perSecond.toLocaleString('en-GB')} times a second, counted over ten seconds, and ${perDay.toLocaleString('en-GB')} times a day.`,
  now: 'What is left now',
  nowWhole: 'All of it: it has not asked today.',
  days: 'The last 7 days',
  nowHow: 'As of when this page was made. Looking takes nothing from it.',
  nowHead: [
    { text: 'Limit' },
    { text: 'Requests', format: 'numeric' },
    { text: 'Left', format: 'numeric' },
    { text: 'Whole again', format: 'numeric' },
  ],
  window: (seconds: number): string =>
    seconds === 86_400 ? 'A day' : `${seconds.toLocaleString('en-GB')} seconds`,
  inSeconds: (seconds: number): string => {
    if (seconds === 1) return 'In 1 second';
    if (seconds < 120) return `In ${String(seconds)} seconds`;
    const minutes = Math.ceil(seconds / 60);
    return minutes < 120
      ? `In ${String(minutes)} minutes`
      : `In ${String(Math.ceil(minutes / 60))} hours`;
  },
  usageHow:
    'A request counts as one, and as one more for each further thousand of its cost. Refused: 429 Too Many Requests. Days begin at midnight UTC.',
  usageUnknown: 'The figures cannot be had just now.',
  usageHead: [
    { text: 'Day' },
    { text: 'Requests', format: 'numeric' },
    { text: 'Refused', format: 'numeric' },
  ],
  log: 'Why its last requests for a token were refused',
  logEmpty: 'None was refused in the last 24 hours.',
  at: 'When',
  fault: 'Code',
  detail: 'What was wrong',
  stop: 'Stop this client',
  stopText: 'It cannot be started again. Its tokens are refused within 5 seconds.',
  stopConfirm: 'I want to stop it for good',
  stopMissing: 'Tick that you want to stop it for good',
  stoppedNotice: 'The client is stopped',
} as const;

/** The test of a key. */
export const TEST_KEY = {
  title: 'Test your key',
  lede: 'Paste an assertion that your system signed. It is held against the same rules as at the token address, and nothing is kept. It does not use up its jti.',
  keys: 'Public key',
  keysHint: 'PEM, a JWK or a JWK Set',
  registered: (name: string): string => `It is held against the registered keys of ${name}.`,
  elsewhere: 'The keys of this client are at an address. Paste the key that it serves.',
  assertion: 'Client assertion',
  assertionHint: '3 parts with dots between them',
  assertionMissing: 'Paste the assertion',
  send: 'Test my key',
  good: 'The assertion is good',
  goodText: 'The token address would take it.',
  bad: (count: number): string =>
    count === 1
      ? '1 thing is wrong with the assertion'
      : `${String(count)} things are wrong with the assertion`,
  result: 'What was looked at',
  check: 'What',
  outcome: 'Outcome',
  found: 'Found',
  outcomes: { right: 'Right', wrong: 'Wrong', unknown: 'Not looked at' },
} as const;

/** What each check looks at. */
export const CHECK_NAMES: Readonly<Record<Check, string>> = {
  form: 'Its form',
  typ: 'Header typ',
  algorithm: 'Header alg',
  kid: 'Header kid',
  signature: 'Signature',
  issuer: 'Claims iss and sub',
  audience: 'Claim aud',
  issued: 'Claim iat',
  expiry: 'Claim exp',
  id: 'Claim jti',
};

/** What is wrong, by its code, and what to do. */
export const FAULT_WORDS: Readonly<Record<string, (issuer: string) => string>> = {
  malformed: () =>
    'It is not a compact JWS: 3 parts in base64url without padding, each name in its JSON once, no jku, x5u or crit.',
  typ: () => 'It must be JWT or client-authentication+jwt, or be left out.',
  algorithm: () =>
    'It must be the algorithm that the client is registered with, and fit its key: ES256, PS256 or RS512.',
  key_unknown: () => 'No key has this name. Set kid to the key id that the registration shows.',
  signature: () =>
    'It does not hold for the key. Sign with the private half of the registered key; ES256 is 64 bytes, not DER.',
  issuer_subject: () => 'Both must be the client id.',
  other_client: () => 'They name another client than this one.',
  audience: (issuer) =>
    `It must be exactly ${issuer}, as one string: not the token address, not a list.`,
  issued_at: () => 'It must be a number of seconds since 1970 and not be in the future.',
  expiry_missing: () => 'It must be given, as a number of seconds since 1970.',
  expired: () => 'It has passed. Sign a new one for each request.',
  lives_too_long: () => 'It is more than 5 minutes after iat, or from now. Make it shorter.',
  token_id: () => 'It must be given: 1 to 255 characters, new for each assertion.',
};
