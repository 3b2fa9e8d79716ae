/** Keys for what is measured. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';

import type { PrivateJwk } from '../runtime/jwk-settings.ts';

/** A new private key. */
export function newKey(kid: string): { readonly jwk: PrivateJwk; readonly privateKey: KeyObject } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { jwk: { kty: 'EC', crv: 'P-256', kid, x, y, d }, privateKey };
}
