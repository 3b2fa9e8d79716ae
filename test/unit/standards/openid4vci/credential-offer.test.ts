import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import {
  offerLinkByReference,
  parseCredentialOffer,
  parseOfferLink,
} from '../../../../standards/openid4vci/credential-offer.ts';

const { files } = JSON.parse(
  readFileSync(new URL('../../../vectors/openid4vci-1.0-examples.json', import.meta.url), 'utf8'),
) as { files: Record<string, unknown> };
const examples = Object.entries(files).filter(([name]) => /^credential_offer_.*json$/.test(name));
const invalid: unknown = expect.objectContaining({ code: 'credential_offer_invalid' });

describe('credential offer', () => {
  it.each(examples)('reads the example %s', (_name, example) => {
    expect(parseCredentialOffer(JSON.stringify(example))).toEqual(example);
  });

  it.each([
    ['no issuer', { credential_configuration_ids: ['a'] }],
    [
      'an issuer that is no address',
      { credential_issuer: 'x', credential_configuration_ids: ['a'] },
    ],
    [
      'nothing offered',
      { credential_issuer: 'https://i.example', credential_configuration_ids: [] },
    ],
    [
      'the same thing twice',
      { credential_issuer: 'https://i.example', credential_configuration_ids: ['a', 'a'] },
    ],
    [
      'a grant without its code',
      {
        credential_issuer: 'https://i.example',
        credential_configuration_ids: ['a'],
        grants: { 'urn:ietf:params:oauth:grant-type:pre-authorized_code': {} },
      },
    ],
  ])('refuses %s', (_name, offer) => {
    expect(() => parseCredentialOffer(JSON.stringify(offer))).toThrow(invalid);
  });

  it('travels in a link, by reference or whole', () => {
    const uri = 'https://i.example/offers/1?x=y&z';
    expect(parseOfferLink(offerLinkByReference(uri))).toEqual({ kind: 'by-reference', uri });
    const offer = { credential_issuer: 'https://i.example', credential_configuration_ids: ['a'] };
    const whole = `haip-vci://?credential_offer=${encodeURIComponent(JSON.stringify(offer))}`;
    expect(parseOfferLink(whole)).toEqual({ kind: 'by-value', offer });
  });

  it.each([
    'openid-credential-offer://',
    'openid-credential-offer://?credential_offer_uri=http://i.example/1',
    'openid-credential-offer://?credential_offer_uri=file:///etc/passwd',
    'openid-credential-offer://?credential_offer_uri=https://a.example&credential_offer_uri=https://b.example',
    'openid-credential-offer://?credential_offer=%7B%7D&credential_offer_uri=https://b.example',
    'not a link',
  ])('refuses the link %s', (link) => {
    expect(() => parseOfferLink(link)).toThrow(invalid);
  });
});
