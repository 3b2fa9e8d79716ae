/** The page on which a person approves one transaction with a passkey: what is shown is what is signed. */
import formbody from '@fastify/formbody';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { approvalOptions, isApproved } from '../domain/approve-transaction.ts';
import type { PasskeyParts } from '../domain/passkeys.ts';
import { transactionWords } from '../domain/transaction-words.ts';
import { APPROVE_PATH, type Approvals, type PendingApproval } from './approvals.ts';
import type { RawExchange } from './interactions.ts';
import { answerErrors, FORM_LIMIT, formPolicy, passkeyAnswer, showPage } from './page-answers.ts';
import type { FieldError, Pages } from './pages.ts';

/** What the page is made from. */
export interface ApproveRoutesOptions {
  readonly issuer: string;
  readonly pages: Pages;
  readonly approvals: Approvals;
  readonly passkeys: PasskeyParts;
  /** Approvals need no passkey: for trying out with invented people. */
  readonly withoutProof: boolean;
}

const form = z.object({
  step: z.enum(['approve', 'cancel', 'demonstration']),
  passkey: passkeyAnswer,
});

type PageRequest = FastifyRequest<{ Params: { uid: string } }>;

/** Creates the routes. */
export function approveRoutes(options: ApproveRoutesOptions): FastifyPluginAsync {
  const { issuer, pages, approvals, passkeys } = options;

  const ended = (reply: FastifyReply): FastifyReply =>
    showPage(
      reply,
      400,
      pages.problem(
        'This has ended',
        'It took too long, or it was opened in another window. Go back to the service you came from and start again.',
      ),
    );

  const show = async (
    reply: FastifyReply,
    pending: PendingApproval,
    errors: readonly FieldError[] = [],
  ): Promise<FastifyReply> => {
    const { uid, transaction, clientName } = pending;
    const words = transactionWords(transaction);
    if (words === undefined) return ended(reply);
    const passkeyOptions = await approvalOptions(pending, passkeys);
    return showPage(
      reply,
      errors.length > 0 ? 401 : 200,
      pages.approve({
        action: `${APPROVE_PATH}/${uid}`,
        errors,
        clientName,
        heading: words.heading,
        lines: words.lines,
        options: passkeyOptions,
        withoutProof: options.withoutProof,
      }),
    );
  };

  return async (app) => {
    await app.register(formbody, { bodyLimit: FORM_LIMIT });
    answerErrors(app, pages, ended);

    const pendingOf = async (
      { params }: PageRequest,
      exchange: RawExchange,
      reply: FastifyReply,
    ): Promise<PendingApproval | undefined> => {
      const pending = await approvals.find(exchange);
      if (pending?.uid !== params.uid) return undefined;
      // Browsers apply form-action to the redirects that follow a form, and those end at the application.
      reply.header('content-security-policy', formPolicy(pending.returnOrigin));
      return pending;
    };

    app.get(`${APPROVE_PATH}/:uid`, async (request: PageRequest, reply) => {
      const exchange = { req: request.raw, res: reply.raw };
      const pending = await pendingOf(request, exchange, reply);
      return pending === undefined ? ended(reply) : show(reply, pending);
    });

    app.post(`${APPROVE_PATH}/:uid`, async (request: PageRequest, reply) => {
      const { origin } = request.headers;
      if (origin !== undefined && origin !== issuer) return ended(reply);
      const exchange = { req: request.raw, res: reply.raw };
      const pending = await pendingOf(request, exchange, reply);
      const given = form.safeParse(request.body ?? {});
      if (pending === undefined || !given.success) return ended(reply);
      if (given.data.step === 'cancel') {
        return reply.redirect(await approvals.refused(exchange), 303);
      }
      const tryingOut = options.withoutProof && given.data.step === 'demonstration';
      return tryingOut || (await isApproved(given.data.passkey, pending, passkeys))
        ? reply.redirect(await approvals.approved(exchange, pending), 303)
        : show(reply, pending, [
            { field: 'passkey', text: 'This passkey could not be used. Try again' },
          ]);
    });
  };
}
