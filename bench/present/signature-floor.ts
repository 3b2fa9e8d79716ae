/**
 * The least that a checked presentation can cost: the request is signed, and of each of six credentials the issuer's signature
 * and the holder's are verified. What encrypts the answer, and what states the callers, comes on top of it.
 */
import { generateKeyPairSync, sign, verify } from 'node:crypto';

import { measureRates } from '../credentials/rates.ts';
import { median } from '../percentile.ts';
import { TYPES } from './wallets.ts';

/** Processor time, in milliseconds, with signatures as tokens have them and as node:crypto is fastest with. */
export async function signatureFloor(): Promise<{
  readonly rawMs: number;
  readonly derMs: number;
}> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const message = Buffer.alloc(400, 'a');
  const job = (form: { readonly dsaEncoding: 'ieee-p1363' | 'der' }) => {
    const signature = sign('sha256', message, { key: privateKey, ...form });
    return () => {
      sign('sha256', message, { key: privateKey, ...form });
      for (let verified = 0; verified < 2 * TYPES.length; verified += 1) {
        if (!verify('sha256', message, { key: publicKey, ...form }, signature)) {
          throw new Error('the signature does not hold');
        }
      }
    };
  };
  const rates = await measureRates(
    { raw: job({ dsaEncoding: 'ieee-p1363' }), der: job({ dsaEncoding: 'der' }) },
    { rounds: 7, sliceMs: 200 },
  );
  return { rawMs: 1_000 / median(rates.raw), derMs: 1_000 / median(rates.der) };
}
