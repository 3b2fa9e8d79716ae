/**
 * The nonce that a wallet signs into its key proof: unpredictable, five minutes long, used once.
 *
 * Source: OpenID4VCI 1.0, section 7 and appendix F.4.
 */
import { randomBytes } from 'node:crypto';

import { mac, sameText } from './derive.ts';
import type { ModelStore } from './ports.ts';

/** How long a nonce may be used, in seconds. */
export const C_NONCE_SECONDS = 300;

const RANDOM_BYTES = 16;
const MAC_BYTES = 16;

/** Makes a nonce. Nothing is stored until it is used. */
export function createCNonce(key: Buffer, now: Date): string {
  const random = randomBytes(RANDOM_BYTES).toString('base64url');
  const end = String(Math.floor(now.getTime() / 1000) + C_NONCE_SECONDS);
  return [random, end, sealOf(key, random, end)].join('.');
}

/** Uses a nonce up. False when it is not one of ours, is too old, or was used before. */
export async function spendCNonce(
  nonce: string,
  { key, models, now }: { readonly key: Buffer; readonly models: ModelStore; readonly now: Date },
): Promise<boolean> {
  const [random = '', end = '', seal = '', ...more] = nonce.split('.');
  if (more.length > 0 || !sameText(seal, sealOf(key, random, end))) return false;
  const expiresAt = new Date(Number(end) * 1000);
  if (expiresAt.getTime() <= now.getTime()) return false;
  return models.add({ model: 'CNonce', id: nonce, payload: {}, expiresAt });
}

const sealOf = (key: Buffer, random: string, end: string): string =>
  mac(key, random, end).subarray(0, MAC_BYTES).toString('base64url');
