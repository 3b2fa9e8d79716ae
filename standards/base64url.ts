/**
 * base64url without padding, in its one canonical form.
 *
 * Source: RFC 4648, sections 3.5 and 5; RFC 7515, section 2.
 */
import { StandardError } from './standard-error.ts';

/** Encodes bytes, or the UTF-8 bytes of a string, as base64url without padding. */
export function encodeBase64url(bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return Buffer.from(bytes, 'utf8').toString('base64url');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/**
 * Decodes base64url and accepts one spelling for each byte string, so that a token has no variants.
 *
 * @throws {StandardError} `base64url_not_canonical` for padding, white space, other alphabets or
 * bits left over in the last character
 */
export function decodeBase64url(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  // Node skips what it does not know; encoding again shows whether anything was skipped.
  if (bytes.toString('base64url') !== text) {
    throw new StandardError('base64url_not_canonical', 'not canonical base64url');
  }
  return bytes;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes base64url that carries UTF-8 text.
 *
 * @throws {StandardError} `base64url_not_canonical`, also for bytes that are not UTF-8
 */
export function decodeBase64urlText(text: string): string {
  const bytes = decodeBase64url(text);
  const quick = bytes.toString('utf8');
  // Only text with a replacement character can have been bytes that are not UTF-8.
  if (!quick.includes('\uFFFD')) return quick;
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new StandardError('base64url_not_canonical', 'not UTF-8', { cause });
  }
}
