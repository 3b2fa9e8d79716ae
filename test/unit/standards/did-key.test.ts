import { describe, expect, it } from '@jest/globals';

import { didKeyOf, publicJwkOfDidKey } from '../../../standards/did-key.ts';
import { testKey } from './keys.ts';

/** Of the method's own test vectors for P-256. */
const DID = 'did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169';
const NAME = DID.slice('did:key:'.length);
const jwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI',
  y: 'hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU',
} as const;

describe('did:key', () => {
  it.each([DID, `${DID}#${NAME}`])('%s is its key', (did) => {
    expect(publicJwkOfDidKey(did)).toEqual(jwk);
  });

  it('names a key', () => {
    expect(didKeyOf(jwk)).toBe(DID);
    for (let round = 0; round < 50; round += 1) {
      const { jwk: made } = testKey();
      expect(publicJwkOfDidKey(didKeyOf(made))).toEqual(made);
    }
  });

  it.each([
    ['another method', DID.replace('did:key', 'did:web')],
    ['another base', DID.replace(':z', ':u')],
    ['a letter that base58 has not', `${DID.slice(0, -1)}0`],
    ['a key of Ed25519', 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'],
    ['a point that is not on the curve', `${DID.slice(0, -1)}4`],
    ['too much', `${DID}1`],
    ['too little', DID.slice(0, -1)],
    ['another key behind the #', `${DID}#zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv`],
    ['two #', `${DID}#${NAME}#${NAME}`],
    ['nothing', ''],
  ])('is refused with %s', (_what, did) => {
    expect(publicJwkOfDidKey(did)).toBeUndefined();
  });
});
