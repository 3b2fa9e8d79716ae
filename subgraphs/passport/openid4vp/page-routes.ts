/**
 * What browsers call: the page behind the short link, and the way back from the wallet.
 *
 * Source: OpenID4VP 1.0, sections 8.2 and 14.3 (response code); HAIP 1.0, section 5.1.
 */
import type { FastifyPluginAsync, FastifyReply } from 'fastify';

import type { PassportParts } from '../context.ts';
import { disclosures } from '../domain/conclude-answer.ts';
import { newNonce, PRESENTATION_ID, secretHash } from '../domain/identifiers.ts';
import { presentationState, type StoredPresentation } from '../domain/presentation-request.ts';
import { askedInWords, purposeInWords } from '../domain/request-in-words.ts';
import { walletUri } from '../domain/wallet-uri.ts';
import { createPages, type PresentPage, type Stage } from './pages.ts';
import { giveSession, sessionOf } from './session-cookie.ts';

/** What the routes need. */
export interface PageRoutesOptions {
  readonly parts: Pick<PassportParts, 'presentations' | 'addresses' | 'now'>;
  /** The path of the public URL, without a slash at its end. */
  readonly base: string;
  /** Where the wallet in the browser is, without a slash at its end; nowhere when missing. */
  readonly walletUrl: string | undefined;
}

/** The page of the wallet in the browser that answers requests. */
const ANSWERING = '/passport/share/answer';

interface ById {
  readonly Params: { readonly id: string };
}

/** The routes for browsers. */
export function pageRoutes({ parts, base, walletUrl }: PageRoutesOptions): FastifyPluginAsync {
  const { addresses, now, presentations } = parts;
  const { render, stylesheet } = createPages(base);
  const send = (reply: FastifyReply, status: number, page: PresentPage): FastifyReply => {
    const policy = reply.getHeader('content-security-policy');
    if (walletUrl !== undefined && typeof policy === 'string') {
      // Browsers apply it to the redirects that follow a form, and one leads to the wallet.
      const ours = policy.replace(
        "form-action 'self'",
        `form-action 'self' ${new URL(walletUrl).origin}`,
      );
      reply.header('content-security-policy', ours);
    }
    return (
      reply
        .code(status)
        .header('content-type', 'text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        // The way back has a code in its address. With `no-referrer`, browsers would not say where the form comes from.
        .header('referrer-policy', 'same-origin')
        .send(render(page))
    );
  };
  /** The request in the wallet of the browser: the same parameters that open any other. */
  const inBrowser = (request: StoredPresentation): string | undefined =>
    walletUrl === undefined
      ? undefined
      : `${walletUrl}${ANSWERING}?${new URL(walletUri(request, addresses)).searchParams.toString()}`;

  return (app) => {
    app.get(stylesheet.path, (_request, reply) =>
      reply
        .header('content-type', 'text/css; charset=utf-8')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(stylesheet.css),
    );

    app.get<ById>(`${base}/present/:id(${PRESENTATION_ID})`, async (request, reply) => {
      const found = await presentations.find(request.params.id);
      if (found === undefined) return send(reply, 404, { stage: 'unknown' });
      const session = sessionOf(request);
      const mine =
        session !== undefined && (await presentations.isStartedBy(found.id, secretHash(session)));
      const page = pageOf(found, stageOf(found, mine, now()), addresses);
      return send(reply, 200, {
        ...page,
        inBrowser: inBrowser(found),
        history: walletUrl && `${walletUrl}/passport/history/${found.id}`,
      });
    });

    // A form without fields. Nothing of its body is read.
    app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) => {
      done(null);
    });
    app.post<ById & { readonly Querystring: { readonly wallet?: unknown } }>(
      `${base}/present/:id(${PRESENTATION_ID})/start`,
      async (request, reply) => {
        const { id } = request.params;
        const { origin } = request.headers;
        const page = addresses.presentationPage(id);
        // Another site's form must not take a request up in somebody's browser.
        if (origin !== undefined && origin !== new URL(page).origin) {
          return send(reply, 403, { stage: 'unknown' });
        }
        const session = sessionOf(request) ?? newNonce();
        if (await presentations.start(id, secretHash(session), now())) {
          giveSession(reply, page, session);
          const found =
            request.query.wallet === 'browser' ? await presentations.find(id) : undefined;
          const wallet = found && inBrowser(found);
          if (wallet !== undefined) return reply.code(303).header('location', wallet).send();
        }
        return reply.code(303).header('location', page).send();
      },
    );

    app.get<ById & { readonly Querystring: { readonly response_code?: unknown } }>(
      `${base}/present/:id(${PRESENTATION_ID})/return`,
      async (request, reply) => {
        const { response_code: code } = request.query;
        const session = sessionOf(request);
        const released =
          typeof code === 'string' && session !== undefined
            ? await presentations.release(
                {
                  responseCodeHash: secretHash(code),
                  sessionHash: secretHash(session),
                  now: now(),
                },
                (answered) => disclosures(answered, now()),
              )
            : undefined;
        if (released === undefined) return send(reply, 400, { stage: 'other-browser' });
        return reply.code(303).header('location', addresses.presentationPage(released.id)).send();
      },
    );
    return Promise.resolve();
  };
}

/** @param mine whether this browser took the request up */
function stageOf(request: StoredPresentation, mine: boolean, now: Date): Stage {
  const state = presentationState(request, now);
  // What became of it is for the browser that took it up.
  if (request.startedAt !== undefined && !mine) return 'elsewhere';
  if (state === 'ANSWERED') return request.result?.outcome === 'INVALID' ? 'not-taken' : 'shared';
  if (state === 'REFUSED') return 'not-shared';
  if (state === 'EXPIRED') return 'expired';
  if (state !== 'WAITING') return 'in-wallet';
  if (!request.sameDevice) return 'scan';
  return mine ? 'open-wallet' : 'start';
}

function pageOf(
  request: StoredPresentation,
  stage: Stage,
  addresses: PassportParts['addresses'],
): PresentPage {
  const self = addresses.presentationPage(request.id);
  const page = { stage, verifier: request.odsCode, self };
  if (stage !== 'start' && stage !== 'open-wallet' && stage !== 'scan') return page;
  return {
    ...page,
    purpose: purposeInWords(request.purpose),
    asked: askedInWords(request.query, addresses),
    ...(stage === 'start'
      ? { action: `${self}/start` }
      : { walletUri: walletUri(request, addresses) }),
  };
}
