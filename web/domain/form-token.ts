/**
 * Tokens in forms, bound to a session: a page of another site cannot know one. Each is masked with bytes of its own, so that
 * compressed pages tell nothing about it.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const BYTES = 32;

const bare = (key: Buffer, sessionId: string): Buffer =>
  createHmac('sha256', key).update(sessionId).digest();

const mix = (one: Buffer, other: Buffer): Buffer =>
  Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));

/** A token for a form of this session, base64url. */
export function formToken(key: Buffer, sessionId: string): string {
  const mask = randomBytes(BYTES);
  return Buffer.concat([mask, mix(mask, bare(key, sessionId))]).toString('base64url');
}

/** Whether a token is of this session. */
export function isFormToken(key: Buffer, sessionId: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const bytes = Buffer.from(given, 'base64url');
  if (bytes.length !== 2 * BYTES) return false;
  const token = mix(bytes.subarray(0, BYTES), bytes.subarray(BYTES));
  return timingSafeEqual(token, bare(key, sessionId));
}
