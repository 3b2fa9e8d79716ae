/** The browser session that takes one request up: a secret that this browser alone can send back. */
import type { FastifyReply, FastifyRequest } from 'fastify';

import { cookieOf } from '../../../runtime/cookie.ts';

const NAME = 'lanyard-present';
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** What this browser was given for the request; `undefined` when it was given nothing. */
export function sessionOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const value = cookieOf(headers.cookie, NAME);
  return value !== undefined && SECRET.test(value) ? value : undefined;
}

/**
 * Gives it to the browser, for the pages of one request.
 *
 * @param page the address of the request's page
 * @param secret 43 characters, base64url
 */
export function giveSession(reply: FastifyReply, page: string, secret: string): void {
  const { pathname, protocol } = new URL(page);
  const flags = `Path=${pathname}; Max-Age=900; HttpOnly; SameSite=Lax`;
  reply.header(
    'set-cookie',
    `${NAME}=${secret}; ${flags}${protocol === 'https:' ? '; Secure' : ''}`,
  );
}
