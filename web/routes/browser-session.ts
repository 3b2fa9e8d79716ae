/** The session of a request: who it is, with an access token that is good. */
import { randomBytes } from 'node:crypto';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { cookieOf } from '../../runtime/cookie.ts';
import type { PendingVisit, Session, WaitingForm } from '../domain/session.ts';
import type { SessionStore, SignInService, VisitWish } from '../domain/ports.ts';

/** How long a visit to identity may take, in seconds. */
const VISIT_SECONDS = 600;
/**
 * After this long, in milliseconds, the next page leads over identity: it sees that the person is still there, and says when
 * they have signed out elsewhere.
 */
const SEEN_MS = 240_000;

/** A signed-in browser. */
export interface SignedInBrowser {
  /** The cookie's secret. */
  readonly secret: string;
  readonly session: Session;
}

/** Sessions of requests. */
export interface BrowserSessions {
  /** `undefined` when nobody has signed in. */
  find(request: FastifyRequest): Promise<SignedInBrowser | undefined>;
  /** A token for a resource; `undefined` when the person has to sign in again. */
  tokenFor(browser: SignedInBrowser, resource: string): Promise<string | undefined>;
  /** Whether the person is to be seen at identity before the next page. */
  isDue(browser: SignedInBrowser): boolean;
  /** Sends the browser to identity; it comes back to `returnTo`. */
  leave(
    request: FastifyRequest,
    reply: FastifyReply,
    returnTo: string,
    wish?: VisitWish & { readonly form?: WaitingForm },
  ): Promise<FastifyReply>;
  /** Takes a browser that comes back; `undefined` when it brings nothing that was waited for. */
  arrive(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<(Arrival & SignedInBrowser) | undefined>;
  /** Ends the session here. Returns where it ends at identity too. */
  end(request: FastifyRequest, reply: FastifyReply): Promise<string | undefined>;
}

/** A browser that has come back from identity. */
export interface Arrival {
  readonly returnTo: string;
  readonly form: WaitingForm | undefined;
  /** Carries the approval that it went for, when there was one. */
  readonly token: string;
  readonly refused: boolean;
}

/** What sessions are made from. */
export interface BrowserSessionParts {
  readonly origin: string;
  readonly graph: string;
  readonly store: SessionStore;
  readonly service: SignInService;
  readonly now: () => Date;
}

/** Creates them. */
export function browserSessions(parts: BrowserSessionParts): BrowserSessions {
  const { store, service, now } = parts;
  const isSecure = parts.origin.startsWith('https:');
  // Browsers take `__Host-` over https alone; plain http is for one machine.
  const cookieName = isSecure ? '__Host-lanyard_web' : 'lanyard_web';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const random = (): string => randomBytes(32).toString('base64url');
  const renewals = new Map<string, Promise<string | undefined>>();

  const secretOf = (request: FastifyRequest): string | undefined => {
    const secret = cookieOf(request.headers.cookie, cookieName);
    return secret !== undefined && /^[\w-]{43}$/.test(secret) ? secret : undefined;
  };
  const setCookie = (reply: FastifyReply, secret: string): void => {
    reply.header('set-cookie', `${cookieName}=${secret}; ${attributes}`);
  };

  const renew = async (
    { secret, session }: SignedInBrowser,
    resource: string,
  ): Promise<string | undefined> => {
    if (session.refreshToken === undefined) return undefined;
    const held = await service.renew(session.refreshToken, resource);
    if (held === undefined) return undefined;
    const latest = (await store.find(secret)) ?? session;
    await store.put(secret, { ...latest, tokens: { ...latest.tokens, [resource]: held } });
    return held.token;
  };

  return {
    find: async (request) => {
      const secret = secretOf(request);
      const session = secret === undefined ? undefined : await store.find(secret);
      if (secret === undefined || session === undefined) return undefined;
      // Every use starts its time anew.
      await store.put(secret, session);
      return { secret, session };
    },
    tokenFor: async (browser, resource) => {
      const held = browser.session.tokens[resource];
      if (held !== undefined && held.endsAt > now().getTime()) return held.token;
      const name = `${browser.session.id} ${resource}`;
      const renewal =
        renewals.get(name) ??
        renew(browser, resource).finally(() => {
          renewals.delete(name);
        });
      renewals.set(name, renewal);
      return renewal;
    },
    isDue: ({ session }) => session.seenAtIdentity + SEEN_MS < now().getTime(),
    leave: async (request, reply, returnTo, { form, ...wish } = {}) => {
      // Whoever has just ended a session begins with another secret.
      const known = reply.hasHeader('set-cookie') ? undefined : secretOf(request);
      const secret = known ?? random();
      if (known === undefined) setCookie(reply, secret);
      const pending: PendingVisit = {
        state: random(),
        nonce: random(),
        codeVerifier: random(),
        returnTo,
        ...(form === undefined ? {} : { form }),
      };
      await store.keep(secret, `visit:${pending.state}`, pending, VISIT_SECONDS);
      return reply.redirect(await service.begin(pending, wish), 303);
    },
    arrive: async (request, reply) => {
      const secret = secretOf(request);
      const url = new URL(request.url, parts.origin);
      const state = url.searchParams.get('state') ?? '';
      if (secret === undefined || !/^[\w-]{43}$/.test(state)) return undefined;
      const pending = (await store.take(secret, `visit:${state}`)) as PendingVisit | undefined;
      if (pending === undefined) return undefined;
      const { returnTo, form } = pending;
      const earlier = await store.find(secret);
      const resource = form?.resource ?? parts.graph;
      const arrived = await service.finish(url.search, pending, resource);
      if (arrived === undefined) {
        // Whoever turned an approval down has still signed in.
        return earlier === undefined
          ? undefined
          : { secret, session: earlier, returnTo, form, token: '', refused: true };
      }
      const { person, idToken, refreshToken, token } = arrived;
      const isSame =
        earlier?.person.staffId === person.staffId &&
        earlier.person.role === person.role &&
        earlier.person.odsCode === person.odsCode;
      // Another person, or another role, is another session: nothing of the old one is good in it.
      const nextSecret = isSame ? secret : random();
      const approved = form !== undefined;
      const session: Session = {
        id: isSame ? earlier.id : random(),
        person,
        tokens: {
          ...(isSame ? earlier.tokens : {}),
          // A token with an approval is for the operation that waits, and for nothing else.
          ...(approved ? {} : { [resource]: token }),
        },
        idToken,
        ...(refreshToken === undefined ? {} : { refreshToken }),
        seenAtIdentity: now().getTime(),
      };
      if (!isSame) {
        await store.remove(secret);
        setCookie(reply, nextSecret);
      }
      await store.put(nextSecret, session);
      return { secret: nextSecret, session, returnTo, form, token: token.token, refused: false };
    },
    end: async (request, reply) => {
      const secret = secretOf(request);
      if (secret === undefined) return undefined;
      const session = await store.find(secret);
      await store.remove(secret);
      reply.header('set-cookie', `${cookieName}=; ${attributes}; Max-Age=0`);
      return session === undefined ? undefined : service.signOutAddress(session.idToken);
    },
  };
}
