/**
 * A token of one kind is no token of another, though one key signed them all (RFC 8725, sections 2.8 and 3.11). Each kind is
 * tried at each door twice: as it is, and with everything that the door asks for under the other kind's `typ`.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startClientAssertionDoor } from './client-assertion-door.ts';
import { type Door, doors, key, seconds, signFor } from './doors.ts';

// A process is started first, which takes its time on a busy machine.
type Kind = Pick<Door, 'name' | 'header' | 'claims'>;

const kind = (name: string, typ: string | undefined, claims: object): Kind => ({
  name,
  header: { typ, kid: key.signer.kid },
  claims: () => ({ iat: seconds, exp: seconds + 300, ...claims }),
});

const person = { iss: 'https://as.example', sub: 'person-1', client_id: 'app', jti: 'token-1' };

/** Kinds that have no door of their own here: of other systems, or still to come. */
const others: readonly Kind[] = [
  kind('ID token', 'JWT', { ...person, aud: 'https://api.example', nonce: 'nonce-1' }),
  kind('token without typ', undefined, { ...person, aud: 'https://api.example' }),
  kind('logout token', 'logout+jwt', { ...person, aud: 'https://api.example', events: {} }),
  kind('security event', 'secevent+jwt', { ...person, aud: 'https://api.example', events: {} }),
  kind('DPoP proof', 'dpop+jwt', { jti: 'proof-1', htm: 'POST', htu: 'https://api.example' }),
  kind('request object', 'oauth-authz-req+jwt', { ...person, aud: 'https://self-issued.me/v2' }),
  kind('wallet attestation', 'oauth-client-attestation+jwt', { ...person, cnf: { jwk: key.jwk } }),
  kind('verifiable credential', 'vc+jwt', { ...person, credentialSubject: { id: 'person-1' } }),
  kind('older credential', 'vc+sd-jwt', { ...person, vct: 'https://types.example/staff' }),
  kind('type metadata', 'vctm+jwt', { ...person, vct: 'https://types.example/staff' }),
  kind('entity statement', 'entity-statement+jwt', { ...person, jwks: { keys: [key.jwk] } }),
  kind('register of issuers', 'issuer-registry+jwt', { ...person, version: 1, issuers: [] }),
  kind('verification bundle', 'verification-bundle+jwt', { ...person, version: 1, types: [] }),
  kind('signed metadata', 'openidvci-issuer-metadata+jwt', { ...person }),
];

const kinds: readonly Kind[] = [...doors, ...others];

/** Spellings of a door's own `typ` that are not its `typ`. */
const misspelt = (typ: string): readonly unknown[] => [
  typ.toUpperCase(),
  `application/${typ}`,
  ` ${typ}`,
  `${typ} `,
  `${typ}\u0000`,
  `${typ};v=1`,
  typ.replace('+', ' '),
  typ.replace('+', '%2B'),
  typ.split('+')[0],
  [typ],
  { typ },
  '',
  null,
  true,
];

/** What a door says to a `typ` that is not its own. */
const reason = (door: Door, { header }: Kind): string =>
  header['typ'] === undefined && door.name === 'credential' ? 'typ_missing' : door.reasons.typ;

describe.each(doors)('the door for a $name', (door) => {
  it('opens for its own kind', async () => {
    expect(await door.refusal(await signFor(door))).toBeUndefined();
  });

  const strangers = kinds.filter(({ name }) => name !== door.name);

  it.each(strangers)('stays shut for a $name', async (other) => {
    // A header that brings a key is refused before its typ is read, where doors look at the header first.
    const expected = Object.hasOwn(other.header, 'jwk')
      ? [reason(door, other), door.reasons.header]
      : [reason(door, other)];
    expect(expected).toContain(await door.refusal(await signFor(other)));
  });

  it.each(strangers)('stays shut for its own claims as a $name', async (other) => {
    const token = await signFor(door, { header: { typ: other.header['typ'] } });
    expect(await door.refusal(token)).toBe(reason(door, other));
  });

  it('knows its typ in one spelling', async () => {
    const spellings = misspelt(String(door.header['typ']));
    const refusals = await Promise.all(
      spellings.map(async (typ) => door.refusal(await signFor(door, { header: { typ } }))),
    );
    const opened = spellings.filter((_typ, at) => refusals[at] === undefined);
    const reasons = new Set(refusals.filter((refusal) => refusal !== undefined));
    expect(reasons).toEqual(new Set([door.reasons.typ]));
    // RFC 9068, section 4 wants both spellings of the media type, which knows no case.
    const both = ['AT+JWT', 'application/at+jwt'];
    expect(opened).toEqual(door.name === 'access token' ? both : []);
  });
});

describe('the token endpoint', () => {
  let started: Awaited<ReturnType<typeof startClientAssertionDoor>>;
  beforeAll(async () => {
    started = await startClientAssertionDoor();
  });
  afterAll(() => started.stop());

  it.each(kinds)('takes no $name for a client assertion', async (other) => {
    expect(await started.door.refusal(await signFor(other))).toMatch(/^invalid_(client|request)$/);
  });

  // RFC 7523 gives an assertion no typ, so one without, or with the typ of any JWT, is an assertion.
  const typed = kinds.filter(({ header }) => !['JWT', undefined].includes(header['typ'] as string));
  it.each(typed)('takes no assertion that calls itself a $name', async ({ header }) => {
    const token = await signFor(started.door, { header: { typ: header['typ'] } });
    expect(await started.door.refusal(token)).toBe(started.door.reasons.typ);
  });

  it.each(doors)('gives nothing that the door for a $name takes', async (door) => {
    expect(await door.refusal(await signFor(started.door))).toBe(door.reasons.typ);
  });
});
