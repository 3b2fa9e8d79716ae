/**
 * `/scim/v2`: where organisations push their accounts. The gateway finds out who is calling, as for the graph; nhsmail answers.
 *
 * Source: RFC 7644, sections 2 (tokens), 3.1 (media type) and 3.12 (errors).
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Caller } from '../runtime/caller-statement.ts';
import { Overloaded } from '../runtime/load.ts';
import { COME_BACK_SECONDS } from '../runtime/route-work.ts';
import { SOURCE_BACK_SECONDS } from '../runtime/unavailable.ts';
import { errorMessage } from '../standards/scim/scim-error.ts';
import { admit } from './admit.ts';
import type { AuthenticationRules } from './authenticate.ts';
import { whileOpen } from './deadline.ts';
import type { RateLimiter } from './rate-limits/rate-limiter.ts';
import { type AskOptions, askSubgraph, SubgraphUnavailable } from './subgraphs/ask-subgraph.ts';

/** Where it is, below the public address. With the address before it, the audience of its tokens. */
export const SCIM_PATH = '/scim/v2';

/** What the route needs. */
export interface ScimRouteOptions {
  readonly nhsmail: AskOptions;
  /** The audience is this one's own, see `scimAudience`. */
  readonly authentication: AuthenticationRules;
  readonly rates: RateLimiter;
  /** Where clients find this process. */
  readonly publicUrl: string;
}

/** Largest request, in bytes. */
const BODY_LIMIT = 1_048_576;

const answer = z.object({
  status: z.number().int().min(200).max(599),
  etag: z.string().optional(),
  location: z.string().optional(),
  body: z.record(z.string(), z.unknown()).optional(),
});

/** The audience of this route's tokens. */
export const scimAudience = (publicUrl: string): string => `${publicUrl}${SCIM_PATH}`;

/** Makes the route. */
export function scimRoute(options: ScimRouteOptions): FastifyPluginAsync {
  const { nhsmail, publicUrl, authentication, rates } = options;
  const base = scimAudience(publicUrl);

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      ['application/scim+json', 'application/json'],
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_request, text, done) => {
        done(null, text);
      },
    );
    app.setErrorHandler((error: unknown, request, reply) => {
      const status =
        error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
      if (status >= 400 && status < 500) return refuse(reply, status, 'the request cannot be read');
      if (error instanceof Overloaded) return refuse(reply, 503, 'try again', COME_BACK_SECONDS);
      request.log.error({ err: error, requestId: request.id }, 'request failed');
      return refuse(reply, 500, 'something went wrong');
    });

    app.route<{ Params: { '*': string } }>({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: `${SCIM_PATH}/*`,
      exposeHeadRoute: false,
      // Before the body is read: strangers send none.
      onRequest: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const target = {
          method: request.method,
          url: `${publicUrl}${request.url.replace(/\?.*$/s, '')}`,
        };
        const who = await admit(request, reply, { authentication, rates, target });
        switch (who.kind) {
          case 'caller':
            callers.set(request, who.caller);
            return;
          case 'too-many':
            return refuse(reply, 429, 'too many requests');
          case 'unavailable':
            return refuse(reply, 503, 'try again');
          case 'bad-token':
            return refuse(reply.header('www-authenticate', who.challenge), 401, 'sign in');
          case 'anonymous':
          case 'bad-purpose':
          case 'purpose-refused':
            return refuse(reply.header('www-authenticate', 'Bearer'), 401, 'sign in');
        }
      },
      handler: async (request, reply) => {
        const caller = callers.get(request);
        if (caller === undefined) return refuse(reply, 401, 'sign in');
        const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
        const body = JSON.stringify({
          method: request.method,
          path: `/${request.params['*']}`,
          query: request.query,
          ifMatch,
          ifNoneMatch,
          body: typeof request.body === 'string' ? request.body : '',
          base,
        });
        try {
          const text = await whileOpen(reply.raw, (deadline) => {
            const ask = () => askSubgraph(nhsmail, caller, { path: '/scim', body, deadline }, 200);
            // A change that has begun runs to its end.
            return request.method === 'GET' ? ask() : deadline.uninterrupted(ask);
          });
          return await respond(reply, answer.parse(JSON.parse(text)));
        } catch (error) {
          if (!(error instanceof SubgraphUnavailable)) throw error;
          return refuse(reply, 503, 'try again');
        }
      },
    });
    await Promise.resolve();
  };
}

/** Who made each request that is being answered. */
const callers = new WeakMap<FastifyRequest, Caller>();

function respond(
  reply: FastifyReply,
  { status, etag, location, body }: z.infer<typeof answer>,
): FastifyReply {
  reply.code(status);
  if (etag !== undefined) reply.header('etag', etag);
  if (location !== undefined) reply.header('location', location);
  if (body === undefined) return reply.send();
  return reply
    .header('content-type', 'application/scim+json; charset=utf-8')
    .send(JSON.stringify(body));
}

function refuse(
  reply: FastifyReply,
  status: number,
  message: string,
  comeBackSeconds: number = SOURCE_BACK_SECONDS,
): FastifyReply {
  if (status === 503) reply.header('retry-after', String(comeBackSeconds));
  return respond(reply, { status, body: errorMessage({ status, scimType: undefined, message }) });
}
