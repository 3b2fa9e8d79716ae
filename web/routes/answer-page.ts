/** How pages are sent: their security policy, their cache rules, and compressed. */
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import type { FastifyReply, FastifyRequest } from 'fastify';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Below this many characters compressing is not worth it. */
const WORTH_COMPRESSING = 1_000;

/** Origins that pages speak with, besides their own. */
export interface OutsideOrigins {
  /** Where forms may lead in the end. */
  readonly issuer: string;
  /** Where a wallet in the browser asks. */
  readonly wallet: readonly string[];
}

/** A nonce for one answer. */
export const newNonce = (): string => randomBytes(16).toString('base64url');

/** The content security policy of one answer. */
export const policyOf = (nonce: string, { issuer, wallet }: OutsideOrigins): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...new Set([issuer, ...wallet])].join(' ')}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    // Browsers apply it to the redirects that follow a form, and some lead over identity.
    `form-action ${["'self'", ...new Set([issuer, ...wallet])].join(' ')}`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lanyard',
  ].join('; ');

/** Sends a page. It is about somebody, so nobody keeps it. */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { readonly status: number; readonly html: string; readonly policy: string },
): Promise<FastifyReply> {
  reply.code(page.status).type('text/html; charset=utf-8').headers({
    'content-security-policy': page.policy,
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
    vary: 'accept-encoding',
  });
  const { encoding, body } = await compressed(request, page.html);
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  return reply.send(body);
}

/** Text in the best encoding that the browser takes. */
async function compressed(
  request: FastifyRequest,
  text: string,
): Promise<{ readonly encoding?: 'br' | 'gzip'; readonly body: string | Buffer }> {
  const takes = request.headers['accept-encoding'] ?? '';
  if (text.length < WORTH_COMPRESSING) return { body: text };
  if (/\bbr\b/.test(takes)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
    return { encoding: 'br', body: await brotli(text, { params }) };
  }
  if (/\bgzip\b/.test(takes)) return { encoding: 'gzip', body: await zip(text) };
  return { body: text };
}
