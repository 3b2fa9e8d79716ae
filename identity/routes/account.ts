/** One's own account: how one signs in, and where one is signed in. */
import { randomBytes } from 'node:crypto';

import formbody from '@fastify/formbody';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { ACR, isStrongEnough } from '../domain/authentication-strength.ts';
import { FRESH_SECONDS, type OwnAuthenticators, type Owner } from '../domain/own-authenticators.ts';
import type { AccountStore } from '../domain/ports.ts';
import type { SessionEndings, SessionStore } from '../domain/session-ports.ts';
import type { BrowserSession, BrowserSessions } from './browser-sessions.ts';
import type { KnownBrowsers } from './known-browser-cookie.ts';
import { answerErrors, FORM_LIMIT, formPolicy, passkeyAnswer, showPage } from './page-answers.ts';
import type { FieldError, Pages } from './pages.ts';

/** What the pages are made from. */
export interface AccountRoutesOptions {
  readonly issuer: string;
  /** The client that the pages sign in as. */
  readonly clientId: string;
  readonly pages: Pages;
  readonly browserSessions: BrowserSessions;
  readonly accounts: Pick<AccountStore, 'find' | 'isClosed'>;
  readonly authenticators: OwnAuthenticators;
  readonly sessions: Pick<SessionStore, 'list'>;
  readonly endings: Pick<SessionEndings, 'endSessions'>;
  readonly knownBrowsers: Pick<KnownBrowsers, 'describe'>;
  readonly now: () => Date;
}

const form = z.object({
  step: z.enum([
    'new-passkey',
    'new-code',
    'remove-passkey',
    'remove-code',
    'end-session',
    'end-others',
  ]),
  id: z.string().max(2_000).default(''),
  name: z.string().trim().max(100).default(''),
  code: z.string().max(100).default(''),
  sealed: z.string().max(500).default(''),
  passkey: passkeyAnswer,
});

/** One request of somebody who has signed in. */
interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly session: BrowserSession;
  readonly owner: Owner;
}

const NOTICES = {
  'added-passkey': 'The passkey has been added.',
  'added-app': 'The authenticator app has been added.',
  removed: 'It has been removed.',
  ended: 'The session has ended.',
} as const;
const query = z.object({
  done: z.enum(['added-passkey', 'added-app', 'removed', 'ended']).optional().catch(undefined),
  iss: z.string().optional().catch(undefined),
});

/** Creates the routes. */
export function accountRoutes(options: AccountRoutesOptions): FastifyPluginAsync {
  const { issuer, pages, authenticators, sessions, endings, now } = options;

  /** Signing in for these pages: a session and no code (`response_type=none`). */
  const signInAddress = (again: boolean, acr?: string): string => {
    const request = {
      client_id: options.clientId,
      response_type: 'none',
      redirect_uri: `${issuer}/account`,
      scope: 'openid',
      state: randomBytes(16).toString('base64url'),
      ...(again ? { prompt: 'login' } : {}),
      ...(acr === undefined ? {} : { acr_values: acr }),
    };
    return `/oauth/authorize?${new URLSearchParams(request).toString()}`;
  };
  const ended = (reply: FastifyReply): FastifyReply =>
    showPage(
      reply,
      400,
      pages.problem('You are not signed in', 'Open your account again to sign in.'),
    );
  /** How somebody has to have signed in to change how they sign in: with a passkey, once they have one. */
  const neededAcr = (passkeys: readonly unknown[]): string =>
    passkeys.length === 0 ? ACR.twoFactor : ACR.passkey;
  const isFresh = ({ session }: Visit, acr: string): boolean =>
    now().getTime() - session.signedInAt.getTime() <= FRESH_SECONDS * 1000 &&
    isStrongEnough(session.acr, [acr]);

  const visitOf = async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Visit | undefined> => {
    reply.header('content-security-policy', formPolicy());
    const session = await options.browserSessions.find({ req: request.raw, res: reply.raw });
    const account = session && (await options.accounts.find(session.staffId));
    if (session === undefined || account === undefined) return undefined;
    if (await options.accounts.isClosed(account.staffId)) return undefined;
    return { request, reply, session, owner: { account, sessionId: session.sessionId } };
  };

  const show = async (
    visit: Visit,
    { notice, errors = [] }: { notice?: string | undefined; errors?: readonly FieldError[] },
  ): Promise<FastifyReply> => {
    const { owner, request, reply, session } = visit;
    const { account } = owner;
    const [{ passkeys, codeApp }, open] = await Promise.all([
      authenticators.list(account.staffId),
      sessions.list(account.staffId),
    ]);
    const acr = neededAcr(passkeys);
    const fresh = isFresh(visit, acr);
    const count = passkeys.length + (codeApp === undefined ? 0 : 1);
    const html = pages.account({
      name: account.name,
      mail: account.mail,
      notice,
      errors,
      passkeys: passkeys.map((passkey) => ({
        id: passkey.credentialId,
        name: passkey.name,
        added: inWords(passkey.createdAt),
        used: passkey.lastUsedAt && inWords(passkey.lastUsedAt),
      })),
      codeApp: codeApp && { added: inWords(codeApp.createdAt) },
      canRemove: fresh && count > 1,
      isOnly: count === 1,
      adding: fresh
        ? {
            ...(await authenticators.adding(owner)),
            browser: options.knownBrowsers.describe(request),
          }
        : undefined,
      signInAgain: signInAddress(true, acr),
      sessions: open.map(({ sessionId, browser, startedAt, lastUsedAt }) => ({
        id: sessionId,
        browser,
        started: inWords(startedAt),
        used: inWords(lastUsedAt),
        current: sessionId === session.sessionId,
      })),
    });
    return showPage(reply, errors.length > 0 ? 400 : 200, html);
  };

  /** Carries out what was sent: the notice to show, or the error. */
  const act = async (
    { owner, session, request }: Visit,
    given: z.infer<typeof form>,
  ): Promise<keyof typeof NOTICES | FieldError> => {
    const { staffId } = owner.account;
    switch (given.step) {
      case 'new-passkey': {
        const name = given.name === '' ? options.knownBrowsers.describe(request) : given.name;
        return (await authenticators.addPasskey(owner, given.passkey, name))
          ? 'added-passkey'
          : { field: 'passkey', text: 'The passkey could not be added. Try again' };
      }
      case 'new-code':
        return (await authenticators.addCodeApp(owner, given.sealed, given.code))
          ? 'added-app'
          : { field: 'code', text: 'The code is wrong. Use the new key and try again' };
      case 'remove-passkey':
        return removal(await authenticators.removePasskey(owner, given.id));
      case 'remove-code':
        return removal(await authenticators.removeCodeApp(owner));
      case 'end-session':
        await endings.endSessions(staffId, { which: 'one', sessionId: given.id });
        return 'ended';
      case 'end-others':
        await endings.endSessions(staffId, { which: 'others', than: session.sessionId });
        return 'ended';
    }
  };

  return async (app) => {
    await app.register(formbody, { bodyLimit: FORM_LIMIT });
    answerErrors(app, pages, ended);

    app.get('/account', async (request, reply) => {
      const { done, iss } = query.parse(request.query);
      const visit = await visitOf(request, reply);
      if (visit !== undefined) return show(visit, { notice: done && NOTICES[done] });
      // Back from signing in without a session: going round again would not help.
      return iss === undefined ? reply.redirect(signInAddress(false), 303) : ended(reply);
    });

    app.post('/account', async (request, reply) => {
      const { origin } = request.headers;
      const visit = await visitOf(request, reply);
      const given = form.safeParse(request.body ?? {});
      if (origin !== issuer || visit === undefined || !given.success) return ended(reply);
      const ends = given.data.step === 'end-session' || given.data.step === 'end-others';
      if (!ends) {
        const acr = neededAcr((await authenticators.list(visit.owner.account.staffId)).passkeys);
        if (!isFresh(visit, acr)) return reply.redirect(signInAddress(true, acr), 303);
      }
      const outcome = await act(visit, given.data);
      return typeof outcome === 'string'
        ? reply.redirect(`/account?done=${outcome}`, 303)
        : show(visit, { errors: [outcome] });
    });
  };
}

function removal(outcome: 'removed' | 'last' | 'unknown'): 'removed' | FieldError {
  if (outcome !== 'last') return 'removed';
  return { field: 'authenticators', text: 'Add another way to sign in before you remove the last' };
}

const WORDS = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/London',
});
const inWords = (date: Date): string => WORDS.format(date);
