/** The key that the one answer to a request is encrypted to (HAIP 1.0, section 5: one for each request). */
import {
  decryptionKeyOf,
  type DecryptionKey,
} from '../../../standards/openid4vci/encrypted-message.ts';
import type { Sealer } from './ports/keys.ts';
import type { StoredPresentation } from './presentation-request.ts';

const context = (requestId: string): string => `presentation answer ${requestId}`;

/**
 * Seals the private key of a request.
 *
 * @param scalar 32 random bytes
 */
export const sealRequestKey = (scalar: Buffer, requestId: string, sealer: Sealer): string =>
  sealer.seal(scalar.toString('base64url'), context(requestId));

/**
 * Opens the key of a request.
 *
 * @returns `undefined` when there can be no answer any more
 */
export const requestKey = (
  { id, sealedKey }: Pick<StoredPresentation, 'id' | 'sealedKey'>,
  sealer: Sealer,
): DecryptionKey | undefined =>
  sealedKey === undefined
    ? undefined
    : decryptionKeyOf(Buffer.from(sealer.open(sealedKey, context(id)), 'base64url'));
