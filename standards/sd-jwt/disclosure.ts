/**
 * One disclosure: a salt with the claim or array element it opens, and the digest that stands for it.
 *
 * Source: RFC 9901 (SD-JWT), sections 4.1.1 and 4.2.
 */
import { hash, randomFillSync } from 'node:crypto';

import { decodeBase64urlText, encodeBase64url } from '../base64url.ts';
import { StandardError } from '../standard-error.ts';
import { parseStrictJson } from '../strict-json.ts';

/** The hash functions of `_sd_alg` that are understood (section 4.1.1). */
export type SdAlg = 'sha-256' | 'sha-384' | 'sha-512';

/** The `_sd_alg` of a payload that names none (section 4.1.1). */
export const DEFAULT_SD_ALG: SdAlg = 'sha-256';

const nodeNames = { 'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512' } as const;

/** Tells whether a payload's `_sd_alg` is understood. */
export function isSdAlg(name: unknown): name is SdAlg {
  return typeof name === 'string' && Object.hasOwn(nodeNames, name);
}

/** Hashes ASCII text, as a disclosure or an SD-JWT travels, and gives base64url (section 4.2.3). */
export function sdHash(text: string, alg: SdAlg): string {
  return hash(nodeNames[alg], text, 'base64url');
}

/** What a disclosure says once it is decoded. */
export type DisclosureContent =
  | {
      /** Opens a member of an object (section 4.2.1). */
      readonly kind: 'member';
      /** The member's name. */
      readonly name: string;
      /** The member's value, which may hold digests of its own. */
      readonly value: unknown;
    }
  | {
      /** Opens an element of an array (section 4.2.2). */
      readonly kind: 'element';
      /** The element, which may hold digests of its own. */
      readonly value: unknown;
    };

/**
 * Decodes one disclosure.
 *
 * @param encoded the disclosure as it travels, base64url
 * @throws {StandardError} `disclosure_malformed` when it is not an array of a salt with a name and a
 * value, or of a salt with a value
 */
export function parseDisclosure(encoded: string): DisclosureContent {
  let parts: unknown;
  try {
    parts = parseStrictJson(decodeBase64urlText(encoded));
  } catch (cause) {
    throw new StandardError('disclosure_malformed', 'a disclosure is base64url JSON', { cause });
  }
  if (Array.isArray(parts) && typeof parts[0] === 'string') {
    const [, second, third] = parts as unknown[];
    if (parts.length === 2) return { kind: 'element', value: second };
    if (parts.length === 3 && typeof second === 'string') {
      return { kind: 'member', name: second, value: third };
    }
  }
  throw new StandardError('disclosure_malformed', 'a disclosure has a salt, a name and a value');
}

/** Encodes a disclosure for a member of an object, with a fresh salt. */
export function discloseMember(name: string, value: unknown): string {
  return encodeBase64url(`["${nextSalt()}",${JSON.stringify(name)},${JSON.stringify(value)}]`);
}

/** Encodes a disclosure for an element of an array, with a fresh salt. */
export function discloseElement(value: unknown): string {
  return encodeBase64url(`["${nextSalt()}",${JSON.stringify(value)}]`);
}

/** A digest that stands for nothing, so that the number of digests says little (section 4.2.5). */
export function decoyDigest(): string {
  return sdHash(nextSalt(), DEFAULT_SD_ALG);
}

/** Bytes in one salt: 128 bits (section 9.3). */
const SALT_BYTES = 16;

// One call for many salts: asking the system for 16 bytes at a time costs more than the hash.
const pool = Buffer.alloc(SALT_BYTES * 1024);
let used = pool.length;

function nextSalt(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const salt = pool.toString('base64url', used, used + SALT_BYTES);
  // A salt stays secret until its holder shows it, so it does not stay in memory here.
  pool.fill(0, used, used + SALT_BYTES);
  used += SALT_BYTES;
  return salt;
}
