import { generateKeyPairSync, type KeyObject } from 'node:crypto';

import { keyObjectSigner, type Signer } from '../../../standards/compact-jws.ts';
import { type PublicEcJwk, publicJwkOf } from '../../../standards/jwk-thumbprint.ts';

/** A fresh P-256 key in every form a test needs. */
export interface TestKey {
  readonly signer: Signer;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly jwk: PublicEcJwk;
}

export function testKey(kid = 'key-1', x5c?: readonly string[]): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = keyObjectSigner({ key: privateKey, kid, ...(x5c === undefined ? {} : { x5c }) });
  return { signer, publicKey, privateKey, jwk: publicJwkOf(publicKey) };
}
