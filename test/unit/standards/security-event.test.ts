import { generateKeyPairSync } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';

import {
  keyObjectSigner,
  parseCompactJws,
  signCompactJws,
} from '../../../standards/compact-jws.ts';
import {
  CREDENTIAL_CHANGE,
  type SecurityEventClaims,
  signSecurityEvent,
  verifySecurityEvent,
} from '../../../standards/security-event.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = keyObjectSigner({ key: privateKey, kid: 'k1' });
const SAID: SecurityEventClaims = {
  iss: 'https://passport.example',
  iat: 1_793_000_000,
  jti: 'sig_1',
  aud: 'https://rz1.example/signals',
  toe: 1_792_999_999,
  sub_id: { format: 'opaque', id: 'stf_1' },
  events: {
    [CREDENTIAL_CHANGE]: { credential_type: 'verifiable-credential', change_type: 'revoke' },
  },
};
const EXPECTED = {
  issuer: SAID.iss,
  audience: SAID.aud,
  keys: new Map([['k1', publicKey]]),
};

describe('a security event token', () => {
  let token: string;
  beforeAll(async () => {
    token = await signSecurityEvent(SAID, signer);
  });

  it('says what it was given, under its own type', () => {
    expect(parseCompactJws(token).header).toEqual({ alg: 'ES256', typ: 'secevent+jwt', kid: 'k1' });
    expect(verifySecurityEvent(token, EXPECTED)).toEqual(SAID);
  });

  it.each<[string, Partial<typeof EXPECTED>]>([
    ['of another issuer', { issuer: 'https://other.example' }],
    ['for another receiver', { audience: 'https://rz2.example/signals' }],
    ['of a key that is not known', { keys: new Map() }],
  ])('is refused when it is %s', (_what, changes) => {
    expect(() => verifySecurityEvent(token, { ...EXPECTED, ...changes })).toThrow(
      expect.objectContaining({ code: 'security_event_invalid' }),
    );
  });

  it.each<[string, object, object]>([
    ['has another type', { typ: 'JWT' }, {}],
    ['has a subject, as access tokens do', {}, { sub: 'stf_1' }],
    ['expires', {}, { exp: 1_793_000_100 }],
    ['tells of two things', {}, { events: { a: {}, b: {} } }],
    ['tells of nothing', {}, { events: {} }],
    ['has several audiences', {}, { aud: [SAID.aud] }],
    ['names nobody', {}, { sub_id: undefined }],
  ])('is refused when it %s', async (_what, header, changes) => {
    const other = await signCompactJws(
      { header: { typ: 'secevent+jwt', ...header }, payload: { ...SAID, ...changes } },
      signer,
    );
    expect(() => verifySecurityEvent(other, EXPECTED)).toThrow(
      expect.objectContaining({ code: 'security_event_invalid' }),
    );
  });

  it('is refused when a character of its signature changed', () => {
    const at = token.lastIndexOf('.') + 10;
    const other = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    expect(() => verifySecurityEvent(other, EXPECTED)).toThrow(
      expect.objectContaining({ code: 'security_event_invalid' }),
    );
  });
});
