/** The least that a token can cost: the client's assertion is verified, the token is signed. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';

import { measureRates } from '../credentials/rates.ts';
import { median } from '../percentile.ts';

/** Processor time of one ES256 verification and one signature, in milliseconds. */
export async function signatureFloor(): Promise<number> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const message = Buffer.alloc(400, 'a');
  const form = { dsaEncoding: 'ieee-p1363' } as const;
  const signature = sign('sha256', message, { key: privateKey, ...form });
  const rates = await measureRates(
    {
      verifyAndSign: () => {
        if (!verify('sha256', message, { key: publicKey, ...form }, signature)) {
          throw new Error('the signature does not hold');
        }
        return sign('sha256', message, { key: privateKey, ...form });
      },
    },
    { rounds: 7, sliceMs: 200 },
  );
  return 1_000 / median(rates.verifyAndSign);
}
