/** Tells whether the content of a row is the same as before. */
import { hash } from 'node:crypto';

/**
 * The digest of values that hold no `~`, which separates the columns of the file that they come from: 132 bits of SHA-256 in
 * base64url, 22 characters. `null` is the empty column.
 */
export const contentDigest = (content: object): string =>
  hash('sha256', Object.values(content).join('~'), 'base64url').slice(0, 22);
