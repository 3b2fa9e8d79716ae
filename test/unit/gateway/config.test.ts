import { describe, expect, it } from '@jest/globals';

import { readGatewayConfig } from '../../../gateway/config.ts';
import { callerKey } from './test-graph.ts';

const good = {
  GATEWAY_PUBLIC_URL: 'https://graph.example',
  GATEWAY_ISSUER: 'https://identity.example',
  GATEWAY_JWKS_URL: 'http://identity:4001/oauth/jwks',
  GATEWAY_CALLER_KEY: JSON.stringify(callerKey.jwk),
  GATEWAY_ESR_URL: 'http://esr:4002',
  GATEWAY_NHSMAIL_URL: 'http://nhsmail:4003',
  GATEWAY_PASSPORT_URL: 'http://passport:4004',
};

describe('the settings', () => {
  it('are read with their defaults', () => {
    expect(readGatewayConfig(good)).toMatchObject({
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      GATEWAY_PORT: 4000,
      GATEWAY_CALLER_KEY: callerKey.jwk,
    });
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['GATEWAY_PUBLIC_URL', { GATEWAY_PUBLIC_URL: 'http://graph.example' }],
    ['GATEWAY_ISSUER', { GATEWAY_ISSUER: 'http://identity.example' }],
    ['GATEWAY_ISSUER', { GATEWAY_ISSUER: 'https://identity.example/' }],
    ['GATEWAY_ESR_URL', { GATEWAY_ESR_URL: 'ftp://esr' }],
    ['GATEWAY_CALLER_KEY', { GATEWAY_CALLER_KEY: '{"kty":"EC"}' }],
    ['GATEWAY_CALLER_KEY', { GATEWAY_CALLER_KEY: undefined }],
    ['GATEWAY_TYPO', { GATEWAY_TYPO: 'x' }],
  ])('name %s when it is wrong, without its value', (name, change) => {
    const env = { ...good, ...change };
    expect(() => readGatewayConfig(env)).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
    expect(() => readGatewayConfig(env)).toThrow(name);
    expect(() => readGatewayConfig(env)).not.toThrow(/graph\.example|"kty"/);
  });

  it('allow plain http on this machine', () => {
    expect(
      readGatewayConfig({ ...good, GATEWAY_PUBLIC_URL: 'http://127.0.0.1:4000' })
        .GATEWAY_PUBLIC_URL,
    ).toBe('http://127.0.0.1:4000');
  });
});
