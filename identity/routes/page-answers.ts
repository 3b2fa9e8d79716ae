/** What the pages for people have in common: how they are sent, what they may load, how errors look. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';

import { isUnavailable } from '../../runtime/unavailable.ts';
import type { Pages } from './pages.ts';

/** Largest form, in bytes: a new passkey is about 2,000. */
export const FORM_LIMIT = 16_384;

/** What a browser made of a passkey question: JSON in a field of the form. */
export const passkeyAnswer = z
  .string()
  .max(FORM_LIMIT)
  .optional()
  .transform((text): unknown => {
    try {
      return text === undefined ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  });

/** Sends a page. */
export const showPage = (reply: FastifyReply, status: number, html: string): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').send(html);

/** Answers whose sign-in is no longer there. */
export const signInEnded =
  (pages: Pages) =>
  (reply: FastifyReply): FastifyReply =>
    showPage(
      reply,
      400,
      pages.problem(
        'This sign-in has ended',
        'It took too long, or it was opened in another window. Go back to the service you came from and start again.',
      ),
    );

/** The policy of a page with a form that may lead on to `origin`. Its one script is a file of ours. */
export const formPolicy = (origin = ''): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; ` +
  `form-action 'self'${origin === '' ? '' : ` ${origin}`}; frame-ancestors 'none'`;

/** Pages are not kept by browsers, and errors look the same everywhere. */
export function answerErrors(
  app: FastifyInstance,
  pages: Pages,
  ended: (reply: FastifyReply) => FastifyReply,
): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'same-origin');
    done(null, payload);
  });
  app.setErrorHandler((error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
    if (typeof status === 'number' && status < 500) return ended(reply);
    request.log.error({ err: error, requestId: request.id }, 'a page for people failed');
    return isUnavailable(error)
      ? showPage(
          reply,
          503,
          pages.problem(
            'You cannot sign in at the moment',
            'NHSmail or the staff record does not answer. Your password is not the problem. Try again in a few minutes, or go back and sign in with a passkey.',
          ),
        )
      : showPage(reply, 500, pages.problem('Something went wrong', 'Try again in a few minutes.'));
  });
}

/** Says when to try again. */
export const tooMany = (minutes: number): string =>
  `There were too many attempts. Try again in ${minutes === 1 ? '1 minute' : `${String(minutes)} minutes`}`;
