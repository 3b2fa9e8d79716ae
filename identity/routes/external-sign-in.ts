/**
 * Signing in with a provider of others: out to it, back at an address of its own, and on with the sign-in that waits. The
 * last step needs that sign-in's cookie, so an answer is of use in the browser that asked for it alone.
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { ACR, isStrongEnough } from '../domain/authentication-strength.ts';
import type { ExternalOutcome, ExternalSignIn } from '../domain/external-sign-in.ts';
import type { Interactions } from './interactions.ts';
import { answerErrors, showPage, signInEnded } from './page-answers.ts';
import type { Pages } from './pages.ts';

/** What the routes are made from. */
export interface ExternalSignInOptions {
  readonly issuer: string;
  readonly pages: Pages;
  readonly interactions: Interactions;
  readonly externalSignIn: ExternalSignIn;
}

/** Longest query of a call back, in characters. */
const MAX_QUERY = 8_192;

const ticketQuery = z.object({ ticket: z.string().max(100) });
const ACRS = { 'two-factor': ACR.twoFactor, passkey: ACR.passkey } as const;

/** Where a provider sends people back to. */
export const externalCallback = (issuer: string, providerId: string): string =>
  `${issuer}/sign-in/callback/${providerId}`;

/** Where a person goes to sign in with a provider. */
export const externalStart = (uid: string, providerId: string): string =>
  `/sign-in/${uid}/with/${providerId}`;

/** Creates the routes. */
export function externalSignInRoutes(options: ExternalSignInOptions): FastifyPluginAsync {
  const { issuer, pages, interactions, externalSignIn } = options;

  const ended = signInEnded(pages);
  const PROBLEMS: Readonly<
    Record<Exclude<ExternalOutcome['kind'], 'signed-in' | 'refused'>, readonly [string, string]>
  > = {
    'not-strong-enough': [
      'You need to sign in more strongly',
      'The way you signed in there is not enough for this service. Start again and use your smartcard, security key or app.',
    ],
    'not-linked': [
      'We cannot find your staff record',
      'You have signed in, but that account is not linked to a staff record here, or you do not work for the NHS today. Sign in with your NHSmail address, or ask your HR department.',
    ],
  };
  const pendingOf = async (
    request: FastifyRequest<{ Params: { uid: string } }>,
    reply: FastifyReply,
  ) => {
    const exchange = { req: request.raw, res: reply.raw };
    const pending = await interactions.find(exchange);
    const waits = pending?.uid === request.params.uid && pending.step === 'sign-in';
    return waits ? { exchange, pending } : undefined;
  };

  return async (app) => {
    answerErrors(app, pages, ended);

    app.get<{ Params: { uid: string; provider: string } }>(
      externalStart(':uid', ':provider'),
      async (request, reply) => {
        const { uid, provider } = request.params;
        if ((await pendingOf(request, reply)) === undefined) return ended(reply);
        const address = await externalSignIn.begin(uid, provider);
        return address === undefined ? ended(reply) : reply.redirect(address, 303);
      },
    );

    app.get<{ Params: { provider: string } }>(
      '/sign-in/callback/:provider',
      async (request, reply) => {
        const callback = new URL(request.url, issuer);
        if (callback.search.length > MAX_QUERY) return ended(reply);
        const outcome = await externalSignIn.finish(request.params.provider, callback);
        if (outcome.kind === 'refused') return ended(reply);
        if (outcome.kind !== 'signed-in') {
          return showPage(reply, 403, pages.problem(...PROBLEMS[outcome.kind]));
        }
        const { uid, ticket } = outcome;
        return reply.redirect(`/sign-in/${uid}/continue?ticket=${ticket}`, 303);
      },
    );

    app.get<{ Params: { uid: string } }>('/sign-in/:uid/continue', async (request, reply) => {
      const found = await pendingOf(request, reply);
      const query = ticketQuery.safeParse(request.query);
      if (found === undefined || !query.success) return ended(reply);
      const { exchange, pending } = found;
      const person = await externalSignIn.redeem(pending.uid, query.data.ticket);
      if (person === undefined) return ended(reply);
      const authentication = { acr: ACRS[person.acr], amr: person.amr };
      const { wantedAcrs } = pending;
      if (wantedAcrs.length > 0 && !isStrongEnough(authentication.acr, wantedAcrs)) {
        return showPage(reply, 403, pages.problem(...PROBLEMS['not-strong-enough']));
      }
      const next = await interactions.signedIn(exchange, person.staffId, authentication);
      return reply.redirect(next, 303);
    });
    await Promise.resolve();
  };
}
