/** The cookie of browsers in which people have signed in before. */
import type { FastifyReply, FastifyRequest } from 'fastify';

import { cookieOf } from '../../runtime/cookie.ts';
import { browserName } from '../domain/browser-name.ts';
import { KNOWN_BROWSER_SECONDS, knownBrowser, withKnownBrowser } from '../domain/known-browsers.ts';

/** Knows browsers again. */
export interface KnownBrowsers {
  /** The browser's name for an account; `undefined` when the person has not signed in here. */
  readonly nameOf: (request: FastifyRequest, mail: string) => string | undefined;
  /** Notes that a person has signed in here. */
  readonly remember: (request: FastifyRequest, reply: FastifyReply, mail: string) => void;
  /** What to call this browser in a list. */
  readonly describe: (request: FastifyRequest) => string;
}

/**
 * Creates the reading and writing of the cookie.
 *
 * @param cookie its name, and whether browsers send it over https alone
 */
export function knownBrowserCookie(
  cookie: { readonly name: string; readonly secure: boolean },
  { key, now }: { readonly key: Buffer; readonly now: () => Date },
): KnownBrowsers {
  const valueOf = (request: FastifyRequest): string | undefined =>
    cookieOf(request.headers.cookie, cookie.name);
  return {
    nameOf: (request, mail) => knownBrowser(valueOf(request), mail, { key, now: now() }),
    remember: (request, reply, mail) => {
      const value = withKnownBrowser(valueOf(request), mail, { key, now: now() });
      const flags = `Path=/; Max-Age=${String(KNOWN_BROWSER_SECONDS)}; HttpOnly; SameSite=Lax`;
      reply.header(
        'set-cookie',
        `${cookie.name}=${value}; ${flags}${cookie.secure ? '; Secure' : ''}`,
      );
    },
    describe: (request) => browserName(request.headers['user-agent']),
  };
}
