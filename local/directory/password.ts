/** Passwords as directories keep them: `{SSHA}` and base64 of SHA-1(password, salt) followed by the salt. */
import { createHash, timingSafeEqual } from 'node:crypto';

const SHA1_BYTES = 20;

/** Whether this is the password. False for every other way of keeping one. */
export function isPassword(stored: string, password: string): boolean {
  const encoded = /^\{SSHA\}([A-Za-z0-9+/]+={0,2})$/i.exec(stored)?.[1];
  if (encoded === undefined || password === '') return false;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length <= SHA1_BYTES) return false;
  const digest = createHash('sha1')
    .update(password, 'utf8')
    .update(bytes.subarray(SHA1_BYTES))
    .digest();
  return timingSafeEqual(digest, bytes.subarray(0, SHA1_BYTES));
}
