/** When a token counts and for whom, to the second (RFC 7519, sections 2 and 4.1.3 to 4.1.6). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { encodeBase64url } from '../../standards/base64url.ts';
import { startClientAssertionDoor } from './client-assertion-door.ts';
import { type Door, doors, key, type Members, seconds, signFor } from './doors.ts';

// A process is started first, which takes its time on a busy machine.
const doorFor = (name: string): Door => {
  const door = doors.find((one) => one.name === name);
  if (door === undefined) throw new Error(`no door for ${name}`);
  return door;
};
const DAY = 86_400;
const far = { exp: seconds + 30 * DAY };

/** A claim, the seconds from now at which it still counts and no longer does, and the reason then. */
type Edge = readonly [
  door: string,
  claim: string,
  at: (offset: number) => Members,
  good: readonly number[],
  bad: readonly number[],
  reason: string,
];

const member =
  (name: string, others: Members = {}) =>
  (offset: number): Members => ({ ...others, [name]: seconds + offset });

const edges: readonly Edge[] = [
  [
    'credential',
    'exp',
    member('exp'),
    [DAY, 60, 1, 0, -1, -58, -59, -59.5],
    [-60, -61, -DAY, -seconds],
    'expired',
  ],
  [
    'credential',
    'nbf',
    member('nbf'),
    [-DAY, -1, 0, 1, 59, 60, -seconds],
    [60.5, 61, 62, DAY],
    'not_yet_valid',
  ],
  [
    'credential',
    'iat',
    member('iat', { nbf: undefined }),
    [-DAY, -1, 0, 1, 59, 60, -seconds],
    [60.5, 61, 62, DAY],
    'issued_in_future',
  ],
  [
    'key binding',
    'iat',
    member('iat'),
    [-300, -299, -1, 0, 1, 59, 60],
    [61, 62, DAY],
    'kb_iat_in_future',
  ],
  [
    'key binding',
    'iat in the past',
    member('iat'),
    [-300],
    [-300.5, -301, -302, -DAY, -10 * DAY],
    'kb_iat_too_old',
  ],
  [
    'status list token',
    'exp',
    member('exp', { iat: seconds - 2 * DAY }),
    [DAY, 60, 1, 0, -1, -58, -59],
    [-60, -61, -DAY],
    'status_list_token_expired',
  ],
  [
    'status list token',
    'iat',
    member('iat', far),
    [-DAY, -1, 0, 1, 59, 60],
    [61, 62, DAY],
    'status_list_token_invalid',
  ],
  [
    'access token',
    'exp',
    member('exp', { iat: seconds - 2 * DAY }),
    [DAY, 5, 1, 0, -1, -3, -4],
    [-5, -6, -DAY],
    'ERR_JWT_EXPIRED',
  ],
  [
    'access token',
    'iat',
    member('iat', far),
    [-DAY, -1, 0, 1, 4, 5],
    [5.5, 6, 7, DAY],
    'issued in the future',
  ],
  [
    'access token',
    'nbf',
    member('nbf'),
    [-DAY, -1, 0, 1, 4, 5],
    [6, 7, DAY],
    'ERR_JWT_CLAIM_VALIDATION_FAILED',
  ],
  [
    'caller statement',
    'exp',
    (offset) => ({ iat: seconds + offset - 30, exp: seconds + offset }),
    [30, 1, 0, -1, -4, 35],
    [-5, -6, -DAY],
    'expired',
  ],
  [
    'caller statement',
    'iat',
    (offset) => ({ iat: seconds + offset, exp: seconds + offset + 30 }),
    [-34, -1, 0, 1, 4, 5],
    [6, 7, DAY],
    'issued in the future',
  ],
  [
    'caller statement',
    'a life',
    (offset) => ({ iat: seconds, exp: seconds + offset }),
    [1, 29, 30],
    [31, 60, DAY],
    'lives too long',
  ],
  [
    'key proof',
    'iat',
    member('iat'),
    [-300, -299, -1, 0, 1, 299, 300],
    [-DAY, -302, -301, -300.5, 300.5, 301, 302, DAY],
    'iat must be within five minutes of now',
  ],
];

describe.each(edges)('a %s with %s', (name, _claim, at, good, bad, reason) => {
  const door = doorFor(name);
  const tried = async (offset: number) => door.refusal(await signFor(door, { claims: at(offset) }));

  it.each([...good].map((offset) => ({ offset })))(
    '$offset seconds from now counts',
    async ({ offset }) => {
      expect(await tried(offset)).toBeUndefined();
    },
  );

  it.each([...bad].map((offset) => ({ offset })))(
    '$offset seconds from now does not',
    async ({ offset }) => {
      expect(await tried(offset)).toBe(reason);
    },
  );
});

/** Things that are no time. */
const noTimes: readonly unknown[] = [
  String(seconds),
  String(seconds + DAY),
  '2026-11-22T12:00:00Z',
  'NaN',
  'Infinity',
  '0x7fffffff',
  '9'.repeat(400),
  '',
  null,
  true,
  false,
  [],
  [seconds],
  {},
  { valueOf: seconds },
];
/** Numbers that no clock shows: before 1970, or past what a date can hold. */
const noMoments = [-1, -seconds, -1e300, 1e300, 8.64e12 + 1, 2 ** 53, 1.7976931348623157e308];

type Required = readonly [door: string, claim: string, reasons: readonly string[]];
const jose = ['ERR_JWT_CLAIM_VALIDATION_FAILED', 'ERR_JWT_CLAIM_INVALID'];
const required: readonly Required[] = [
  ['credential', 'exp', ['exp_malformed']],
  ['credential', 'nbf', ['nbf_malformed']],
  ['credential', 'iat', ['iat_malformed']],
  ['key binding', 'iat', ['kb_iat_missing']],
  ['status list token', 'exp', ['claims']],
  ['status list token', 'iat', ['claims']],
  ['access token', 'exp', ['claims', ...jose]],
  ['access token', 'iat', ['claims', ...jose]],
  ['access token', 'nbf', ['claims', ...jose]],
  ['caller statement', 'exp', ['claims']],
  ['caller statement', 'iat', ['claims']],
  ['key proof', 'iat', ['iat must be within five minutes of now']],
  ['key attestation', 'iat', ['key_attestation_invalid']],
  ['key attestation', 'exp', ['key_attestation_invalid']],
];
/** What a time past every window is called, where that is noticed first. */
const early = [
  'expired',
  'lives too long',
  'issued in the future',
  'ERR_JWT_EXPIRED',
  'status_list_token_expired',
  'key_attestation_expired',
];

describe.each(required)('a %s is refused with %s', (name, claim, reasons) => {
  const door = doorFor(name);
  const tried = async (value: unknown) =>
    door.refusal(await signFor(door, { claims: { [claim]: value } }));

  it.each(noTimes.map((value) => ({ value })))('$value', async ({ value }) => {
    expect(reasons).toContain(await tried(value));
  });

  it.each(noMoments.map((value) => ({ value })))('$value', async ({ value }) => {
    expect([...reasons, ...early]).toContain(await tried(value));
  });

  it('a number too large to hold', async () => {
    const claims = JSON.stringify({ ...door.claims(), [claim]: 0 }).replace(
      `"${claim}":0`,
      `"${claim}":1e999`,
    );
    const header = encodeBase64url(JSON.stringify({ ...door.header, alg: 'ES256' }));
    const input = `${header}.${encodeBase64url(claims)}`;
    const signature = await key.signer.sign(Buffer.from(input));
    expect(await door.refusal(`${input}.${encodeBase64url(signature)}`)).toBe('json_malformed');
  });
});

type Addressed = readonly [door: string, audience: string, reasons: readonly string[]];
const addressed: readonly Addressed[] = [
  ['access token', 'https://api.example', ['ERR_JWT_CLAIM_VALIDATION_FAILED', 'claims']],
  ['caller statement', 'passport', ['audience', 'claims']],
  ['key binding', 'verifier', ['kb_audience_wrong']],
  ['key proof', 'https://as.example', ['aud must be the credential issuer']],
  // Made for one audience, it counts nowhere else; here the verifier gave no name of its own.
  ['credential', 'verifier', ['audience_wrong']],
];

/** Audiences that only look like the right one. */
const otherAudiences = (right: string): readonly unknown[] => [
  [right],
  [right, 'https://other.example'],
  ['https://other.example', right],
  [right, right],
  [[right]],
  [],
  {},
  { [right]: true },
  { 0: right, length: 1 },
  '',
  ' ',
  null,
  true,
  0,
  'https://other.example',
  `${right}/`,
  `${right} `,
  ` ${right}`,
  `${right}\n`,
  `${right}\u0000`,
  `${right},https://other.example`,
  `${right} https://other.example`,
  `${right}#`,
  `${right}?`,
  `${right}.example`,
  right.slice(0, -1),
  right.toUpperCase(),
  right.replace(/[eop]/, (letter) => ({ e: '\u0435', o: '\u043e', p: '\u0440' })[letter] ?? ''),
  '*',
];

describe.each(addressed)('a %s for %s', (name, right, reasons) => {
  const door = doorFor(name);
  it.each(otherAudiences(right).map((aud) => ({ aud })))('is not for $aud', async ({ aud }) => {
    expect(reasons).toContain(await door.refusal(await signFor(door, { claims: { aud } })));
  });
});

describe('a client assertion', () => {
  let started: Awaited<ReturnType<typeof startClientAssertionDoor>>;
  beforeAll(async () => {
    started = await startClientAssertionDoor();
  });
  afterAll(() => started.stop());
  const tried = async (claims: (now: number) => Members) => {
    const now = Math.floor(Date.now() / 1000);
    return started.door.refusal(await signFor(started.door, { claims: claims(now) }));
  };

  it.each<[string, (now: number) => Members]>([
    ['ended yesterday', (now) => ({ iat: now - DAY - 60, exp: now - DAY })],
    ['ended a minute ago', (now) => ({ iat: now - 120, exp: now - 60 })],
    ['lives a second too long', (now) => ({ iat: now - 10, exp: now + 291 })],
    ['lives a day', (now) => ({ iat: now, exp: now + DAY })],
    ['starts tomorrow', (now) => ({ nbf: now + DAY })],
    ['was made tomorrow', (now) => ({ iat: now + DAY, exp: now + DAY + 60 })],
    ['has no end', () => ({ exp: undefined })],
    ['has no beginning', () => ({ iat: undefined })],
    ['has no name', () => ({ jti: undefined })],
    ...noTimes.map((exp): [string, () => Members] => [
      `ends at ${JSON.stringify(exp)}`,
      () => ({ exp }),
    ]),
    ...noTimes.map((iat): [string, () => Members] => [
      `begins at ${JSON.stringify(iat)}`,
      () => ({ iat }),
    ]),
  ])('is refused when it %s', async (_when, claims) => {
    expect(await tried(claims)).toBe('invalid_client');
  });

  it('is for the issuer alone, as text', async () => {
    const right = String(started.door.claims()['aud']);
    for (const aud of [...otherAudiences(right), `${right}/oauth/token`]) {
      expect(await tried(() => ({ aud }))).toBe('invalid_client');
    }
    expect(await tried(() => ({}))).toBeUndefined();
  });
});
