/**
 * What wallets call: they fetch a request, and post an answer.
 *
 * Source: OpenID4VP 1.0, sections 5.10 and 8.2; RFC 9101 (JAR), section 5.2.3.
 */
import type { FastifyPluginAsync, FastifyReply } from 'fastify';

import { inTurn, TooManyWaiting } from '../../../runtime/in-turn.ts';
import { REQUEST_OBJECT_MEDIA_TYPE } from '../../../standards/openid4vp/request-object.ts';
import { readRequestUriPost } from '../../../standards/openid4vp/read-request-uri-post.ts';
import { MAX_RESPONSE_LENGTH } from '../../../standards/openid4vp/read-response.ts';
import { StandardError } from '../../../standards/standard-error.ts';
import type { PassportParts } from '../context.ts';
import { PRESENTATION_ID } from '../domain/identifiers.ts';
import { receiveAnswer } from '../domain/receive-answer.ts';
import { requestObject } from '../domain/request-object.ts';

/** What the routes need. */
export interface WalletRoutesOptions {
  readonly parts: PassportParts;
  /** The path of the public URL, without a slash at its end. */
  readonly base: string;
}

interface ById {
  readonly Params: { readonly id: string };
  readonly Body: string;
}

const FORM = 'application/x-www-form-urlencoded';

/** Wallets served at a time; a few keep the database and a core busy. */
const AT_ONCE = 8;
/** Wallets that wait for their turn, such as those of a whole rotation day. */
const MOST_WAITING = 5_000;

/** The routes for wallets. */
export function walletRoutes({ parts, base }: WalletRoutesOptions): FastifyPluginAsync {
  const turn = inTurn({ atOnce: AT_ONCE, mostWaiting: MOST_WAITING });
  /** A request goes out once. A wallet that asks again, or anybody after it, learns nothing. */
  const sendRequest = async (id: string, reply: FastifyReply, walletNonce?: string) => {
    const request = await turn(() => parts.presentations.fetch(id, parts.now()));
    if (request === undefined) return refuse(reply, 404, 'not_found');
    return reply
      .header('content-type', REQUEST_OBJECT_MEDIA_TYPE)
      .send(await requestObject(request, 'fetched', parts, walletNonce));
  };

  return (app) => {
    // Read as text: a parameter that comes twice has to be noticed.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => {
      done(null, body);
    });
    app.addHook('onRequest', (_request, reply, done) => {
      // Wallets may be web pages. Nothing here depends on who calls, so no cookie is read.
      reply.header('access-control-allow-origin', '*').header('cache-control', 'no-store');
      done();
    });

    app.setErrorHandler(async (error, _request, reply) => {
      if (!(error instanceof TooManyWaiting)) throw error;
      return refuse(reply.header('retry-after', '10'), 503, 'temporarily_unavailable');
    });

    app.get<ById>(`${base}/openid4vp/requests/:id(${PRESENTATION_ID})`, ({ params }, reply) =>
      sendRequest(params.id, reply),
    );
    app.post<ById>(
      `${base}/openid4vp/requests/:id(${PRESENTATION_ID})`,
      ({ params, body }, reply) => {
        try {
          const { walletNonce } = readRequestUriPost(body);
          return sendRequest(params.id, reply, walletNonce);
        } catch (error) {
          if (error instanceof StandardError) return refuse(reply, 400, 'invalid_request');
          throw error;
        }
      },
    );
    app.post<ById>(
      `${base}/openid4vp/responses/:id(${PRESENTATION_ID})`,
      { bodyLimit: MAX_RESPONSE_LENGTH },
      async ({ params, body }, reply) => {
        const received = await turn(() => receiveAnswer(params.id, body, parts));
        if (received.kind === 'rejected') return refuse(reply, 400, 'invalid_request');
        const { redirectUri } = received;
        return reply.send(redirectUri === undefined ? {} : { redirect_uri: redirectUri });
      },
    );
    return Promise.resolve();
  };
}

const refuse = (reply: FastifyReply, status: number, error: string): FastifyReply =>
  reply.code(status).send({ error });
