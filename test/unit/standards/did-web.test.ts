import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import {
  didDocument,
  didDocumentUrl,
  didWebOf,
  findAssertionKey,
} from '../../../standards/did-web.ts';
import { publicJwkOf } from '../../../standards/jwk-thumbprint.ts';

describe('did:web', () => {
  // The examples of the method specification, section 3.2.
  it.each([
    ['did:web:w3c-ccg.github.io', 'https://w3c-ccg.github.io/.well-known/did.json'],
    ['did:web:w3c-ccg.github.io:user:alice', 'https://w3c-ccg.github.io/user/alice/did.json'],
    ['did:web:example.com%3A3000:user:alice', 'https://example.com:3000/user/alice/did.json'],
  ])('%s has its document at %s', (did, url) => {
    expect(didDocumentUrl(did)).toBe(url);
  });

  it.each([
    ['https://passport.example/trusts/RZ1', 'did:web:passport.example:trusts:RZ1'],
    ['https://passport.example:8443/p/trusts/RZ1', 'did:web:passport.example%3A8443:p:trusts:RZ1'],
    ['https://passport.example', 'did:web:passport.example'],
  ])('names %s', (url, did) => {
    expect(didWebOf(url)).toBe(did);
    const path = new URL(url).pathname === '/' ? '/.well-known' : '';
    expect(didDocumentUrl(did)).toBe(`${url}${path}/did.json`);
  });

  it.each([
    'did:key:z6Mk',
    'did:web:',
    'did:web:passport.example:',
    'did:web:passport.example::RZ1',
    'did:web:passport.example:..:RZ1',
    'did:web:passport.example:%2E%2E:RZ1',
    'did:web:passport.example:a%2Fb',
    'did:web:passport.example/trusts',
    'did:web:passport.example%3A8443%3A1',
    'did:web:user@passport.example',
    'did:web:passport.example%2F',
    'did:web:PASSPORT.example',
    'did:web:passport.example:trusts?x',
    'did:web:passport.example:trusts#key',
  ])('knows no document of %s', (did) => {
    expect(didDocumentUrl(did)).toBeUndefined();
  });
});

describe('a DID document', () => {
  const did = 'did:web:passport.example:trusts:RZ1';
  const jwk = publicJwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  const document = didDocument(did, [{ kid: 'key-1', jwk }]) as Record<string, unknown>;

  it('gives the key that may sign credentials, by its exact name', () => {
    expect(findAssertionKey(document, `${did}#key-1`)).toEqual(jwk);
    expect(findAssertionKey(document, `${did}#key-2`)).toBeUndefined();
  });

  it.each<[string, object]>([
    ['another identifier’s document', { id: 'did:web:passport.example:trusts:RZ2' }],
    ['a key for another purpose', { assertionMethod: [] }],
    ['no keys', { verificationMethod: undefined }],
    [
      'a key that another controls',
      {
        verificationMethod: [
          { id: `${did}#key-1`, type: 'JsonWebKey', controller: 'did:web:x', publicKeyJwk: jwk },
        ],
      },
    ],
    [
      'two keys of one name',
      {
        verificationMethod: [document['verificationMethod'], document['verificationMethod']].flat(),
      },
    ],
  ])('gives no key from %s', (_what, change) => {
    expect(findAssertionKey({ ...document, ...change }, `${did}#key-1`)).toBeUndefined();
  });
});
