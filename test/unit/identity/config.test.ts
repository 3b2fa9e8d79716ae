import { describe, expect, it } from '@jest/globals';

import { readIdentityConfig } from '../../../identity/config.ts';
import { newKey } from './harness.ts';

const key = newKey('k1');

const env = (change: Record<string, string | undefined> = {}): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  IDENTITY_ISSUER: 'https://id.example',
  IDENTITY_DATABASE_URL: 'postgres://x',
  IDENTITY_REDIS_URL: 'redis://x',
  IDENTITY_LDAP_URL: 'ldaps://ldap.example',
  IDENTITY_LDAP_BASE_DN: 'ou=people',
  IDENTITY_LDAP_BIND_DN: 'cn=lanyard',
  IDENTITY_LDAP_BIND_PASSWORD: 'secret',
  IDENTITY_SIGNING_KEY: JSON.stringify(key.private),
  IDENTITY_SECRET: 'A'.repeat(43),
  IDENTITY_CALLER_KEYS: JSON.stringify({ keys: [key.public] }),
  IDENTITY_GRAPH_URL: 'http://gateway:4000/graphql',
  IDENTITY_GRAPH_RESOURCE: 'https://graph.example/graphql',
  IDENTITY_CLIENT_KEY: JSON.stringify(key.private),
  IDENTITY_SERVICE_CLIENTS: JSON.stringify({
    'lanyard-identity': { jwk: key.public },
    'lanyard-passport': { jwk: key.public },
    'lanyard-nhsmail': { jwk: key.public },
  }),
  IDENTITY_CREDENTIAL_TYPES_URL: 'https://passport.example',
  ...change,
});

describe('the settings of identity', () => {
  it('are read', () => {
    expect(readIdentityConfig(env())).toMatchObject({
      IDENTITY_PORT: 4001,
      IDENTITY_ISSUER: 'https://id.example',
    });
  });

  it('are read for attested keys, certificates and the GOV.UK Wallet', () => {
    const govuk = {
      clientId: 'NHS_PASSPORT',
      authorizationServer: 'https://token.account.gov.uk',
      jwks: { keys: [key.public] },
      walletUrl: 'https://mobile.account.gov.uk/wallet/add',
      refreshUrl: 'https://passport.example/renew',
    };
    const required = { identity: { key_storage: ['iso_18045_high'] } };
    const settings = readIdentityConfig(
      env({
        IDENTITY_KEY_ATTESTERS: JSON.stringify({ keys: [key.public] }),
        IDENTITY_KEY_ATTESTATIONS_REQUIRED: JSON.stringify(required),
        IDENTITY_SIGNING_CERTIFICATES: '["AAAA"]',
        IDENTITY_GOVUK: JSON.stringify(govuk),
      }),
    );
    expect(settings).toMatchObject({
      IDENTITY_KEY_ATTESTERS: { anchors: [], keys: [key.public] },
      IDENTITY_KEY_ATTESTATIONS_REQUIRED: required,
      IDENTITY_SIGNING_CERTIFICATES: ['AAAA'],
      IDENTITY_GOVUK: govuk,
    });
  });

  it.each([
    ['IDENTITY_KEY_ATTESTERS', '{"anchor":[]}'],
    ['IDENTITY_KEY_ATTESTATIONS_REQUIRED', '{"identity":{"storage":["high"]}}'],
    ['IDENTITY_KEY_ATTESTATIONS_REQUIRED', '{"identity":{"key_storage":[]}}'],
    ['IDENTITY_SIGNING_CERTIFICATES', '[]'],
    ['IDENTITY_SIGNING_CERTIFICATES', '["not base64"]'],
    ['IDENTITY_GOVUK', '{}'],
    ['IDENTITY_ISSUER', 'http://id.example'],
    ['IDENTITY_ISSUER', 'https://id.example/'],
    ['IDENTITY_ISSUER', 'https://id.example/path'],
    ['IDENTITY_GRAPH_RESOURCE', 'http://graph.example/graphql'],
    ['IDENTITY_CREDENTIAL_TYPES_URL', 'http://passport.example'],
    ['IDENTITY_CREDENTIAL_TYPES_URL', 'https://passport.example/'],
    ['IDENTITY_SECRET', 'short'],
    ['IDENTITY_SIGNING_KEY', JSON.stringify(key.public)],
    ['IDENTITY_SERVICE_CLIENTS', '{}'],
    ['IDENTITY_LDAP_URL', 'https://ldap.example'],
    ['IDENTITY_REDIS_URL', undefined],
    ['IDENTITY_WALLET_ATTESTATION', 'required'],
    ['IDENTITY_WALLET_ATTESTERS', '["no certificate"]'],
    ['IDENTITY_REDIS', 'a name that does not exist'],
  ])('are refused with %s = %s', (name, value) => {
    expect(() => readIdentityConfig(env({ [name]: value }))).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });

  it('never quote a value', () => {
    const bad = env({ IDENTITY_SIGNING_KEY: `{"d":"${key.private.d}"}` });
    expect(() => readIdentityConfig(bad)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(key.private.d) }),
    );
  });
});
