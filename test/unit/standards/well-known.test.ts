import { describe, expect, it } from '@jest/globals';

import {
  authorizationServerMetadataUrl,
  credentialIssuerMetadataUrl,
  tokenRequestForPreAuthorizedCode,
} from '../../../standards/openid4vci/client.ts';
import { jwtVcIssuerMetadataUrl } from '../../../standards/well-known.ts';

describe('well-known addresses', () => {
  it.each([
    ['https://example.com', 'https://example.com/.well-known/jwt-vc-issuer'],
    ['https://example.com/', 'https://example.com/.well-known/jwt-vc-issuer'],
    [
      'https://example.com/tenant/1234',
      'https://example.com/.well-known/jwt-vc-issuer/tenant/1234',
    ],
    ['https://example.com:8443/a/', 'https://example.com:8443/.well-known/jwt-vc-issuer/a'],
    ['http://127.0.0.1:4001/a', 'http://127.0.0.1:4001/.well-known/jwt-vc-issuer/a'],
  ])('stand between host and path of %s', (issuer, url) => {
    expect(jwtVcIssuerMetadataUrl(issuer)).toBe(url);
  });

  it('have the names the specifications give', () => {
    expect(credentialIssuerMetadataUrl('https://a.example/b')).toBe(
      'https://a.example/.well-known/openid-credential-issuer/b',
    );
    expect(authorizationServerMetadataUrl('https://a.example/b')).toBe(
      'https://a.example/.well-known/oauth-authorization-server/b',
    );
  });

  it.each([
    'http://example.com',
    'ftp://example.com',
    'https://user@example.com',
    'https://example.com?x',
    'https://example.com#x',
    'https://example.com\\@evil.example',
    'example.com',
    '',
    'http://localhost.evil.example',
  ])('refuse %j', (issuer) => {
    expect(() => jwtVcIssuerMetadataUrl(issuer)).toThrow(
      expect.objectContaining({ code: 'identifier_not_https' }),
    );
  });
});

describe('token request for a pre-authorized code', () => {
  it('has the names of OpenID4VCI 1.0, section 6.1', () => {
    const form = tokenRequestForPreAuthorizedCode({
      code: 'c',
      txCode: '1234',
      resource: 'https://i',
    });
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:pre-authorized_code',
      'pre-authorized_code': 'c',
      tx_code: '1234',
      resource: 'https://i',
    });
  });
});
