/** Codes with which a person may set up an authenticator when a password alone is not enough. */
import { hash, randomBytes } from 'node:crypto';

import type { SetupCodeStore } from './authenticator-ports.ts';

/** How long a code may be used, in seconds. */
export const SETUP_CODE_SECONDS = 86_400;

/** Letters and digits that are not taken for one another (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** Makes a code of 80 random bits, e.g. `7K3M-9QXA-02BT-ZZ5R`. Only its hash is kept. */
export async function issueSetupCode(
  about: { readonly mail: string; readonly createdBy: string; readonly recoveryId?: string },
  { setupCodes, now }: { readonly setupCodes: SetupCodeStore; readonly now: () => Date },
): Promise<string> {
  const code = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % 32] ?? '').join('');
  const expiresAt = new Date(now().getTime() + SETUP_CODE_SECONDS * 1000);
  await setupCodes.add({
    ...about,
    mail: about.mail.toLowerCase(),
    codeHash: hashOf(code),
    expiresAt,
  });
  return (code.match(/.{4}/g) ?? []).join('-');
}

/**
 * Uses a code up for the person it was made for. Spaces, hyphens and case do not matter.
 *
 * @returns `recovered` when the person's authenticators were removed with it
 */
export const spendSetupCode = (
  code: string,
  person: { readonly staffId: string; readonly mail: string },
  setupCodes: SetupCodeStore,
): Promise<'spent' | 'recovered' | 'refused'> => {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return plain.length === LENGTH
    ? setupCodes.spend(hashOf(plain), person)
    : Promise.resolve('refused');
};

const hashOf = (code: string): string => hash('sha256', code, 'base64url');
