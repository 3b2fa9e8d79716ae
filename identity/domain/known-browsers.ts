/**
 * Browsers in which a person has signed in before. Each has an allowance of its own for passwords that do not fit, so
 * that guesses from elsewhere lock nobody out. The proof is a cookie; nothing is stored.
 */
import { randomBytes } from 'node:crypto';

import { mac, sameText } from './derive.ts';

/** How long a browser is known, in seconds: half a year. */
export const KNOWN_BROWSER_SECONDS = 15_552_000;
/** A browser on a ward is shared; past this many people the one longest ago is forgotten. */
const MAX_PEOPLE = 12;
const NONCE_BYTES = 9;
const SEAL_BYTES = 16;

/** The name of this browser for this account; `undefined` when the person has not signed in here. */
export function knownBrowser(
  cookie: string | undefined,
  mail: string,
  { key, now }: { readonly key: Buffer; readonly now: Date },
): string | undefined {
  for (const entry of entriesOf(cookie)) {
    const [nonce = '', end = '', given = ''] = entry.split('.');
    const matches = sameText(given, sealOf(key, mail, nonce, end));
    if (matches && Number.parseInt(end, 36) * 1000 > now.getTime()) return nonce;
  }
  return undefined;
}

/** The cookie's new value once a person has signed in here. */
export function withKnownBrowser(
  cookie: string | undefined,
  mail: string,
  { key, now }: { readonly key: Buffer; readonly now: Date },
): string {
  const others = entriesOf(cookie).filter(
    (entry) => knownBrowser(entry, mail, { key, now }) === undefined,
  );
  const nonce =
    knownBrowser(cookie, mail, { key, now }) ?? randomBytes(NONCE_BYTES).toString('base64url');
  const end = Math.floor(now.getTime() / 1000 + KNOWN_BROWSER_SECONDS).toString(36);
  const entry = [nonce, end, sealOf(key, mail, nonce, end)].join('.');
  return [entry, ...others].slice(0, MAX_PEOPLE).join('~');
}

const entriesOf = (cookie = ''): readonly string[] =>
  cookie
    .split('~')
    .filter((entry) => /^[\w-]{12}\.[0-9a-z]{1,10}\.[\w-]{22}$/.test(entry))
    .slice(0, MAX_PEOPLE);

const sealOf = (key: Buffer, mail: string, nonce: string, end: string): string =>
  mac(key, mail.trim().toLowerCase(), nonce, end).subarray(0, SEAL_BYTES).toString('base64url');
