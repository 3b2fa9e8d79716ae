/** This device's keys, as proofs of holding them need them. */
import { publicEcJwk } from '../../../standards/jwk-thumbprint.ts';
import type { HolderKey } from '../../../standards/openid4vci/key-proof.ts';
import { type DeviceKey, type MadeKey, signerOf } from './device-key.ts';

/** A key as proofs need it. */
export async function holderKeyOf(key: DeviceKey): Promise<HolderKey> {
  const publicJwk = publicEcJwk.parse(await publicMembers(key.publicKey));
  return { signer: signerOf(key), publicJwk };
}

/** Browsers add what a key may be used for, which proofs do not carry. */
async function publicMembers(key: MadeKey) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key);
  return { kty, crv, x, y };
}
