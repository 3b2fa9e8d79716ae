/**
 * The keys of this device. Their private halves are made by the browser so that no script can read them out: whoever takes
 * everything that is stored here has signed nothing yet.
 *
 * Source: Web Cryptography API (W3C), sections 14.3 (`extractable`) and 23 (ECDSA).
 */
import type { Signer } from '../../../standards/compact-jws.ts';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A key that Web Crypto has made. */
export type MadeKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A key pair as browsers store it. */
export type DeviceKey = Readonly<Record<'privateKey' | 'publicKey', MadeKey>>;

/** Makes a key. */
export const newDeviceKey = async (): Promise<DeviceKey> => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(P256, false, ['sign']);
  return { privateKey, publicKey };
};

/** What signs with a key. */
export const signerOf = ({ privateKey }: Pick<DeviceKey, 'privateKey'>): Signer => ({
  alg: 'ES256',
  // Holders' keys are told by themselves, not by a name.
  kid: '',
  sign: async (data) => {
    const signature = await crypto.subtle.sign(SHA256, privateKey, Uint8Array.from(data));
    return new Uint8Array(signature);
  },
});
