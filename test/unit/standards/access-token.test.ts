import { describe, expect, it } from '@jest/globals';
import { type JWTVerifyGetKey } from 'jose';

import { type AccessTokenRules, verifyAccessToken } from '../../../standards/access-token.ts';
import { encodeBase64url } from '../../../standards/base64url.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import { testKey } from './keys.ts';

const key = testKey();
const now = new Date('2026-11-22T12:00:00Z');
const seconds = now.getTime() / 1000;
const keys: JWTVerifyGetKey = () => Promise.resolve(key.publicKey);
const rules: AccessTokenRules = {
  issuer: 'https://as.example',
  audience: 'https://api.example',
  keys,
  now,
};
const claims = {
  iss: 'https://as.example',
  aud: 'https://api.example',
  sub: 'person-1',
  client_id: 'app',
  jti: 'token-1',
  iat: seconds,
  exp: seconds + 300,
  scope: 'records:read  passports:issue',
  ods: 'RXX',
  name: 'Ada Example',
};
const sign = (payload: object = claims, header: Record<string, unknown> = {}): Promise<string> =>
  signCompactJws({ header: { typ: 'at+jwt', ...header }, payload }, key.signer);

describe('access token', () => {
  it('names a person', async () => {
    expect(await verifyAccessToken(await sign(), rules)).toEqual({
      subject: 'person-1',
      clientId: 'app',
      scopes: new Set(['records:read', 'passports:issue']),
      tokenId: 'token-1',
      expiresAt: new Date((seconds + 300) * 1000),
      issuedAt: now,
      odsCode: 'RXX',
      name: 'Ada Example',
      kind: 'person',
    });
  });

  it('knows a machine by its client_id', async () => {
    const token = await sign({ ...claims, sub: 'app', ods: undefined, name: undefined });
    const caller = await verifyAccessToken(token, rules);
    expect(caller.kind).toBe('machine');
    expect(Object.keys(caller)).not.toContain('odsCode');
  });

  it('tells how the person signed in, and what the token is bound to', async () => {
    const digest = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';
    const token = await sign({
      ...claims,
      acr: 'urn:lanyard:acr:passkey',
      amr: ['swk', 'user'],
      auth_time: seconds - 60,
      sid: 'session-1',
      cnf: { jkt: digest },
      txn: digest,
      purposes: ['PRE_EMPLOYMENT'],
    });
    expect(await verifyAccessToken(token, rules)).toMatchObject({
      authentication: {
        acr: 'urn:lanyard:acr:passkey',
        amr: ['swk', 'user'],
        at: new Date('2026-11-22T11:59:00Z'),
      },
      sessionId: 'session-1',
      confirmation: digest,
      transaction: digest,
      purposes: ['PRE_EMPLOYMENT'],
    });
  });

  it('says nothing of a sign-in without its moment', async () => {
    const caller = await verifyAccessToken(await sign({ ...claims, acr: 'any' }), rules);
    expect(Object.keys(caller)).not.toContain('authentication');
  });

  it.each([
    ['no typ', claims, { typ: undefined }],
    ['typ JWT', claims, { typ: 'JWT' }],
    ['an ID token', claims, { typ: 'id+jwt' }],
    ['crit', claims, { crit: ['b64'], b64: true }],
    ['jku', claims, { jku: 'https://evil.example' }],
    ['jwk', claims, { jwk: key.jwk }],
    ['another issuer', { ...claims, iss: 'https://as.example/' }, {}],
    ['another audience', { ...claims, aud: 'https://other.example' }, {}],
    ['a list of audiences', { ...claims, aud: ['https://api.example'] }, {}],
    ['two audiences', { ...claims, aud: ['https://api.example', 'https://other.example'] }, {}],
    ['no exp', { ...claims, exp: undefined }, {}],
    ['no iat', { ...claims, iat: undefined }, {}],
    ['no jti', { ...claims, jti: undefined }, {}],
    ['no sub', { ...claims, sub: undefined }, {}],
    ['empty sub', { ...claims, sub: '' }, {}],
    ['no client_id', { ...claims, client_id: undefined }, {}],
    ['exp in the past', { ...claims, exp: seconds - 6 }, {}],
    ['exp as text', { ...claims, exp: String(seconds + 60) }, {}],
    ['iat in the future', { ...claims, iat: seconds + 6 }, {}],
    ['nbf in the future', { ...claims, nbf: seconds + 6 }, {}],
    ['scope as a list', { ...claims, scope: ['a'] }, {}],
    ['amr as text', { ...claims, amr: 'pwd' }, {}],
    ['auth_time as text', { ...claims, auth_time: String(seconds) }, {}],
    ['a thumbprint that is none', { ...claims, cnf: { jkt: 'short' } }, {}],
    ['a binding of another kind', { ...claims, cnf: { 'x5t#S256': 'a'.repeat(43) } }, {}],
    ['no purpose at all', { ...claims, purposes: [] }, {}],
    ['a transaction that is no digest', { ...claims, txn: 'offer' }, {}],
  ])('refuses a token with %s', async (_name, payload, header) => {
    await expect(verifyAccessToken(await sign(payload, header), rules)).rejects.toThrow(
      expect.objectContaining({ code: 'access_token_invalid' }),
    );
  });

  it('refuses other spellings of a good token', async () => {
    const token = await sign();
    const [header = '', payload = '', signature = ''] = token.split('.');
    const none = encodeBase64url('{"alg":"none","typ":"at+jwt"}');
    for (const variant of [
      `${token}=`,
      `${token} `,
      `${header}=.${payload}.${signature}`,
      `${header}.${payload} .${signature}`,
      `${token}.`,
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      token.slice(0, -1),
      'x'.repeat(10_000),
      '',
    ]) {
      await expect(verifyAccessToken(variant, rules)).rejects.toThrow(
        expect.objectContaining({ code: 'access_token_invalid' }),
      );
    }
  });
});
