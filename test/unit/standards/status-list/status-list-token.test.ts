import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { parseCompactJws, signCompactJws } from '../../../../standards/compact-jws.ts';
import { publicKeyFromJwk } from '../../../../standards/jwk-thumbprint.ts';
import {
  createStatusList,
  encodeStatusList,
  readStatus,
  withStatus,
} from '../../../../standards/status-list/status-list.ts';
import {
  signStatusListToken,
  verifyStatusListToken,
} from '../../../../standards/status-list/status-list-token.ts';
import { testKey } from '../keys.ts';

const vector = JSON.parse(
  readFileSync(new URL('../../../vectors/token-status-list-vectors.json', import.meta.url), 'utf8'),
) as { status_list_token_jwt: string; status_list_token_jwk: Record<string, string> };

const key = testKey('status-1', ['AAAA']);
const uri = 'https://status.example/lists/1';
const now = new Date('2026-11-22T12:00:00Z');
const seconds = now.getTime() / 1000;
const list = withStatus(createStatusList(2, 64), 9, 1);
const rules = { uri, key: key.publicKey, now };
const payload = {
  sub: uri,
  iat: seconds,
  exp: seconds + 900,
  ttl: 60,
  status_list: encodeStatusList(list),
};
const sign = (claims: object, header: Record<string, unknown> = {}): Promise<string> =>
  signCompactJws({ header: { typ: 'statuslist+jwt', ...header }, payload: claims }, key.signer);

describe('status list token', () => {
  it('reads the example in the draft', async () => {
    const verified = await verifyStatusListToken(vector.status_list_token_jwt, {
      uri: 'https://example.com/statuslists/1',
      key: publicKeyFromJwk(vector.status_list_token_jwk),
      now,
    });
    expect(verified.ttlSeconds).toBe(43_200);
    expect(verified.issuedAt).toEqual(new Date(1_686_920_170_000));
    expect([0, 1, 2, 3].map((index) => readStatus(verified.list, index))).toEqual([1, 0, 0, 1]);
  });

  it('reads back what it signed', async () => {
    const expiresAt = new Date((seconds + 900) * 1000);
    const content = { uri, list, issuedAt: now, expiresAt, ttlSeconds: 60, version: 7 };
    const token = await signStatusListToken(content, key.signer);
    expect(parseCompactJws(token).header).toEqual({
      alg: 'ES256',
      typ: 'statuslist+jwt',
      kid: 'status-1',
      x5c: ['AAAA'],
    });
    const verified = await verifyStatusListToken(token, {
      ...rules,
      key: (header) => {
        expect(header['kid']).toBe('status-1');
        return Promise.resolve(key.publicKey);
      },
    });
    expect(verified).toEqual({
      list: { bits: 2, bytes: Buffer.from(list.bytes) },
      issuedAt: now,
      expiresAt,
      ttlSeconds: 60,
      version: 7,
    });
  });

  it.each([
    ['typ JWT', payload, { typ: 'JWT' }, 'status_list_token_type_wrong'],
    ['no typ', payload, { typ: undefined }, 'status_list_token_type_wrong'],
    ['crit', payload, { crit: ['x'] }, 'status_list_token_invalid'],
    ['jwk', payload, { jwk: key.jwk }, 'status_list_token_invalid'],
    ['another sub', { ...payload, sub: `${uri}/` }, {}, 'status_list_token_subject_mismatch'],
    ['no sub', { ...payload, sub: undefined }, {}, 'status_list_token_invalid'],
    ['no iat', { ...payload, iat: undefined }, {}, 'status_list_token_invalid'],
    ['iat in the future', { ...payload, iat: seconds + 61 }, {}, 'status_list_token_invalid'],
    ['no exp', { ...payload, exp: undefined }, {}, 'status_list_token_invalid'],
    ['exp as text', { ...payload, exp: '9999999999' }, {}, 'status_list_token_invalid'],
    ['exp 60 seconds ago', { ...payload, exp: seconds - 60 }, {}, 'status_list_token_expired'],
    ['ttl 0', { ...payload, ttl: 0 }, {}, 'status_list_token_invalid'],
    [
      '3 bits',
      { ...payload, status_list: { ...payload.status_list, bits: 3 } },
      {},
      'status_list_token_invalid',
    ],
    [
      'broken lst',
      { ...payload, status_list: { bits: 2, lst: 'AAAA' } },
      {},
      'status_list_malformed',
    ],
    ['no list', { ...payload, status_list: undefined }, {}, 'status_list_token_invalid'],
  ])('refuses %s', async (_name, claims, header, expected) => {
    await expect(verifyStatusListToken(await sign(claims, header), rules)).rejects.toThrow(
      expect.objectContaining({ code: expected }),
    );
  });

  it('refuses another key and a changed token', async () => {
    const token = await sign(payload);
    const wrong = { ...rules, key: testKey().publicKey };
    await expect(verifyStatusListToken(token, wrong)).rejects.toThrow(
      expect.objectContaining({ code: 'status_list_token_signature_invalid' }),
    );
    await expect(verifyStatusListToken(`${token}=`, rules)).rejects.toThrow(
      expect.objectContaining({ code: 'status_list_token_invalid' }),
    );
  });

  it('takes a token within the clock skew', async () => {
    const token = await sign({ ...payload, exp: seconds - 59 });
    expect((await verifyStatusListToken(token, rules)).list.bits).toBe(2);
  });
});
