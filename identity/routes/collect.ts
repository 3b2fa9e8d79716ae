/** The page on which a person lets a wallet collect what they were offered. */
import formbody from '@fastify/formbody';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { CredentialTypes } from '../domain/credential-configurations.ts';
import type { RawExchange } from './interactions.ts';
import { showPage } from './page-answers.ts';
import type { Pages } from './pages.ts';

/** A wallet that waits for the person's answer. */
export interface PendingCollection {
  /** Its name, the last part of the page's address. */
  readonly uid: string;
  readonly walletName: string;
  /** What the wallet asks for. */
  readonly configurationIds: readonly string[];
  /** Whether the person was offered all of it, and can still collect it. */
  readonly offered: boolean;
  /** Where the person is sent back to: an origin, or the scheme of an app. */
  readonly returnTo: string;
}

/** Wallets that wait for a person's answer. Each answer gives the address to go on at. */
export interface WalletConsents {
  /** The one of this browser; `undefined` when there is none or it took too long. */
  find(exchange: RawExchange): Promise<PendingCollection | undefined>;
  /** Lets the wallet collect. It is denied when the offer has ended meanwhile. */
  allow(exchange: RawExchange): Promise<string>;
  deny(exchange: RawExchange): Promise<string>;
}

/** What the page is made from. */
export interface CollectRoutesOptions {
  readonly issuer: string;
  readonly pages: Pages;
  readonly types: CredentialTypes;
  readonly consents: WalletConsents;
}

const answerForm = z.object({ answer: z.enum(['allow', 'deny']) });

type PageRequest = FastifyRequest<{ Params: { uid: string } }>;

/** Creates the routes. */
export function collectRoutes(options: CollectRoutesOptions): FastifyPluginAsync {
  const { issuer, pages, types, consents } = options;
  const ended = (reply: FastifyReply): FastifyReply =>
    showPage(
      reply,
      400,
      pages.problem('This has ended', 'It took too long. Go back to your wallet and start again.'),
    );

  return async (app) => {
    await app.register(formbody, { bodyLimit: 1_024 });
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'no-store').header('referrer-policy', 'same-origin');
      done(null, payload);
    });
    const pendingOf = async (request: PageRequest, reply: FastifyReply) => {
      const exchange = { req: request.raw, res: reply.raw };
      const pending = await consents.find(exchange);
      return pending?.uid === request.params.uid ? { exchange, pending } : undefined;
    };

    app.get('/collect/:uid', async (request: PageRequest, reply) => {
      const found = await pendingOf(request, reply);
      if (found === undefined) return ended(reply);
      const { uid, walletName, configurationIds, offered, returnTo } = found.pending;
      reply.header(
        'content-security-policy',
        `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; ` +
          `form-action 'self' ${returnTo}; frame-ancestors 'none'`,
      );
      const names = configurationIds.map((id) => types[id]?.name ?? id);
      return showPage(
        reply,
        200,
        pages.collect({ action: `/collect/${uid}`, walletName, names, offered }),
      );
    });

    app.post('/collect/:uid', async (request: PageRequest, reply) => {
      const { origin } = request.headers;
      const form = answerForm.safeParse(request.body);
      if ((origin !== undefined && origin !== issuer) || !form.success) return ended(reply);
      const found = await pendingOf(request, reply);
      if (found === undefined) return ended(reply);
      const { exchange } = found;
      const next =
        form.data.answer === 'allow'
          ? await consents.allow(exchange)
          : await consents.deny(exchange);
      return reply.redirect(next, 303);
    });
  };
}
