/**
 * A digest that pins a document to what it was when the credential was issued.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 6; W3C Subresource Integrity, section 3.5.
 */
import { hash, timingSafeEqual } from 'node:crypto';

const expression = /^(?<alg>sha256|sha384|sha512)-(?<digest>[A-Za-z0-9+/]+={0,2})$/;
const lengths = { sha256: 32, sha384: 48, sha512: 64 } as const;
type IntegrityAlg = keyof typeof lengths;

interface Digest {
  readonly alg: IntegrityAlg;
  readonly bytes: Buffer;
}

/** Digests with the strongest algorithm named; `undefined` when any part is malformed. */
function readDigests(integrity: unknown): readonly Digest[] | undefined {
  if (typeof integrity !== 'string' || integrity.length > 1024) return undefined;
  const digests: Digest[] = [];
  for (const part of integrity.split(' ').filter(Boolean)) {
    const groups = expression.exec(part)?.groups;
    const alg = groups?.['alg'] as IntegrityAlg | undefined;
    if (alg === undefined) return undefined;
    const bytes = Buffer.from(groups?.['digest'] ?? '', 'base64');
    if (bytes.length !== lengths[alg]) return undefined;
    digests.push({ alg, bytes });
  }
  const strongest = Math.max(...digests.map(({ bytes }) => bytes.length));
  return digests.length === 0
    ? undefined
    : digests.filter(({ bytes }) => bytes.length === strongest);
}

/**
 * Makes the integrity value of a document.
 *
 * @param document the document's bytes, exactly as they are published
 * @returns `sha256-<base64>`
 */
export const integrityOf = (document: Uint8Array): string =>
  `sha256-${hash('sha256', document, 'base64')}`;

/** Tells whether a `...#integrity` claim is written as Subresource Integrity asks. */
export function isIntegrity(integrity: unknown): integrity is string {
  return readDigests(integrity) !== undefined;
}

/**
 * Tells whether a document is the one an integrity claim names.
 *
 * @param integrity such as `sha256-<base64>`; of several digests the strongest algorithm counts
 * @param document the document's bytes as they were published
 */
export function matchesIntegrity(integrity: string, document: Uint8Array): boolean {
  const digests = readDigests(integrity) ?? [];
  return digests.some(({ alg, bytes }) => timingSafeEqual(hash(alg, document, 'buffer'), bytes));
}
