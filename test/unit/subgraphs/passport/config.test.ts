import { randomBytes } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { publicHalf } from '../../../../runtime/jwk-settings.ts';
import { readPassportConfig } from '../../../../subgraphs/passport/config.ts';
import { retentionDays } from '../../../../subgraphs/passport/domain/retention.ts';
import { newPrivateJwk } from './passport-bench.ts';

const env = {
  NODE_ENV: 'test',
  PASSPORT_PUBLIC_URL: 'https://passport.example',
  PASSPORT_DATABASE_URL: 'postgres://127.0.0.1/lanyard',
  PASSPORT_REDIS_URL: 'redis://127.0.0.1',
  PASSPORT_CALLER_KEYS: JSON.stringify({ keys: [publicHalf(newPrivateJwk('gateway'))] }),
  PASSPORT_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
  PASSPORT_GRAPH_URL: 'http://127.0.0.1:4000/graphql',
  PASSPORT_GRAPH_RESOURCE: 'http://127.0.0.1:4000/graphql',
  PASSPORT_ISSUER: 'https://identity.example',
  PASSPORT_TOKEN_URL: 'https://identity.example/oauth/token',
  PASSPORT_OFFERS_URL: 'https://identity.example/openid4vci/offers',
  PASSPORT_CLIENT_KEY: JSON.stringify(newPrivateJwk('passport')),
};
const token = {
  PASSPORT_KEY_STORE: 'pkcs11',
  PASSPORT_PKCS11_MODULE: '/usr/lib/softhsm/libsofthsm2.so',
  PASSPORT_PKCS11_TOKEN: 'lanyard',
  PASSPORT_PKCS11_PIN: '1234',
};

describe('where issuers’ keys are kept', () => {
  it('is the database, encrypted, unless told', () => {
    expect(readPassportConfig(env).PASSPORT_KEY_STORE).toBe('sealed');
  });

  it('is a PKCS #11 token when module, token and PIN are given', () => {
    expect(readPassportConfig({ ...env, ...token })).toMatchObject(token);
  });

  it.each([
    ['PASSPORT_PKCS11_MODULE', undefined, 'is missing'],
    ['PASSPORT_PKCS11_TOKEN', undefined, 'is missing'],
    ['PASSPORT_PKCS11_PIN', undefined, 'is missing'],
    ['PASSPORT_PKCS11_MODULE', 'libsofthsm2.so', 'is not an absolute path'],
    ['PASSPORT_KEY_STORE', 'sealed', 'is for PASSPORT_KEY_STORE=pkcs11 only'],
    ['PASSPORT_KEY_STORE', 'cloud', 'must be one of sealed, pkcs11'],
  ])('is an error when %s is %p', (name, value, message) => {
    const wrong = { ...env, ...token, [name]: value };
    expect(() => readPassportConfig(wrong)).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe('how long disclosed claims are kept', () => {
  it('is said by purpose', () => {
    const set = { ...env, PASSPORT_RETENTION_DAYS: '{"ROTATION":14,"AUDIT":0}' };
    const { PASSPORT_RETENTION_DAYS: retention = {} } = readPassportConfig(set);
    expect(
      ['ROTATION', 'AUDIT', 'PRE_EMPLOYMENT', 'toString'].map((purpose) =>
        retentionDays(purpose, retention),
      ),
    ).toEqual([14, 0, 30, 30]);
  });

  it.each([
    '30',
    '{"ROTATION":-1}',
    '{"ROTATION":1.5}',
    '{"ROTATION":401}',
    '{"ROTATE":30}',
    '{"ROTATION":null}',
  ])('is an error as %s', (value) => {
    expect(() => readPassportConfig({ ...env, PASSPORT_RETENTION_DAYS: value })).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});
