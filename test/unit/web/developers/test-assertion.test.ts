import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { readPublicKeys } from '../../../../web/domain/developers/public-keys.ts';
import { testAssertion } from '../../../../web/domain/developers/test-assertion.ts';
import { FAULT_WORDS } from '../../../../web/words/developers/clients.ts';

const now = new Date('2026-11-26T12:00:00Z');
const seconds = now.getTime() / 1000;
const issuer = 'https://identity.example';
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

const keysOf = (key: KeyObject) => {
  const read = readPublicKeys(pem(key));
  if (read.kind !== 'keys') throw new Error('no keys');
  return read.keys;
};
const ecKeys = keysOf(ec.publicKey);

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const SIGNERS: Readonly<Record<string, (data: Buffer) => Buffer>> = {
  ES256: (data) => sign('sha256', data, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }),
  RS512: (data) => sign('sha512', data, rsa.privateKey),
  PS256: (data) =>
    sign('sha256', data, {
      key: rsa.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 32,
    }),
};
function assertion(claims: object = {}, header: object = {}, alg = 'ES256'): string {
  const good = {
    iss: 'rz1-rota',
    sub: 'rz1-rota',
    aud: issuer,
    iat: seconds,
    exp: seconds + 60,
    jti: '1',
  };
  const kid = alg === 'ES256' ? ecKeys[0]?.kid : undefined;
  const data = `${part({ alg, kid, ...header })}.${part({ ...good, ...claims })}`;
  return `${data}.${SIGNERS[alg]?.(Buffer.from(data)).toString('base64url') ?? ''}`;
}
/** All that is missing from no claims at all. */
const CHANGED = [
  'signature',
  'issuer_subject',
  'audience',
  'issued_at',
  'expiry_missing',
  'token_id',
];
const faultsOf = (text: string, more: object = {}) =>
  testAssertion(text, { keys: ecKeys, clientId: 'rz1-rota', issuer, now, ...more }).flatMap(
    ({ fault }) => fault ?? [],
  );

describe('the test of a key', () => {
  it.each(['ES256', 'RS512', 'PS256'])('finds nothing wrong with a good assertion: %s', (alg) => {
    const keys = alg === 'ES256' ? ecKeys : keysOf(rsa.publicKey);
    const results = testAssertion(assertion({}, {}, alg), { keys, algorithm: alg, issuer, now });
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(10).fill('right'));
  });

  it.each([
    ['a life of more than 5 minutes', assertion({ exp: seconds + 301 }), ['lives_too_long']],
    ['an end that has passed', assertion({ iat: seconds - 99, exp: seconds - 60 }), ['expired']],
    ['no end', assertion({ exp: undefined }), ['expiry_missing']],
    ['another audience', assertion({ aud: `${issuer}/oauth/token` }), ['audience']],
    ['two audiences', assertion({ aud: [issuer] }), ['audience']],
    ['an unknown key', assertion({}, { kid: 'other' }), ['key_unknown']],
    ['a changed claim', assertion().replace(/\.[^.]+\./, `.${part({})}.`), CHANGED],
    ['another client', assertion({ iss: 'x', sub: 'x' }), ['other_client']],
    ['another subject', assertion({ sub: 'x' }), ['issuer_subject']],
    ['no id', assertion({ jti: '' }), ['token_id']],
    ['a moment to come', assertion({ iat: seconds + 60 }), ['issued_at']],
    ['no signature', assertion().replace(/[^.]+$/, ''), ['signature']],
    ['no algorithm', assertion({}, { alg: 'none' }), ['algorithm']],
    ['another type', assertion({}, { typ: 'at+jwt' }), ['typ']],
    ['anything else', 'hello', ['malformed']],
    ['two at once', assertion({ aud: 'x', exp: seconds + 999 }), ['audience', 'lives_too_long']],
  ])('says which claim is wrong: %s', (_what, text, wanted) => {
    const faults = faultsOf(text);
    expect(faults).toEqual(wanted);
    for (const fault of faults) expect(FAULT_WORDS[fault]?.(issuer)).toBeDefined();
  });

  it('says it of a key that is registered for another algorithm', () => {
    expect(faultsOf(assertion(), { algorithm: 'RS512' })).toEqual(['algorithm']);
    expect(faultsOf(assertion({}, {}, 'RS512'))).toEqual(['algorithm']);
  });
});

describe('pasted keys', () => {
  it('are named by their thumbprint when they have no name (RFC 7638, section 3.1)', () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    expect(readPublicKeys(JSON.stringify({ kty: 'RSA', n, e: 'AQAB' }))).toMatchObject({
      keys: [{ kid: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' }],
    });
  });

  it.each([
    ['private', ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['private', JSON.stringify({ keys: [ec.privateKey.export({ format: 'jwk' })] })],
    ['unreadable', 'hello'],
    ['unreadable', '{"keys":[]}'],
    ['unreadable', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['unsuitable', JSON.stringify({ kty: 'oct' })],
    ['unsuitable', pem(generateKeyPairSync('ed25519').publicKey)],
  ])('are refused when they are %s', (fault, text) => {
    expect(readPublicKeys(text)).toEqual({ kind: 'fault', fault });
  });

  it('may be at an address', () => {
    expect(readPublicKeys(' https://keys.example/jwks ')).toMatchObject({ kind: 'address' });
  });
});
