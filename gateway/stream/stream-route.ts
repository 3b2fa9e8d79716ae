/**
 * `POST /graphql/stream`: subscriptions as server-sent events (graphql-sse, distinct connections mode).
 *
 * A change names a kind and an id; what it has become is asked for like any other query of the caller, with the rules, the
 * limits and the access log. A token that ends, or is taken back, ends its streams.
 */
import type { ApolloServer } from '@apollo/server';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Logger } from '../../runtime/log.ts';
import { Overloaded } from '../../runtime/load.ts';
import { requestIdFrom } from '../../runtime/request-id.ts';
import { COME_BACK_SECONDS } from '../../runtime/route-work.ts';
import { SOURCE_BACK_SECONDS } from '../../runtime/unavailable.ts';
import type { AccessTokenClaims } from '../../standards/access-token.ts';
import { admit, type Admission, chargeFor } from '../admit.ts';
import { answerKnown, type HttpAnswer } from '../answer-known.ts';
import type { AuthenticationRules } from '../authenticate.ts';
import type { AuthorizingGateway } from '../authorization/authorizing-gateway.ts';
import type { GatewayContext } from '../context.ts';
import { type Deadline, startDeadline, whileOpen } from '../deadline.ts';
import { errorBody, type GatewayErrorCode } from '../error-shape.ts';
import { isJsonObject, type JsonObject } from '../execution/own-properties.ts';
import { operationFault, variablesTooDeep } from '../operation-limits.ts';
import { askedDocument, documentFields } from '../trusted-documents/asked-document.ts';
import type { ChooseDocument } from '../trusted-documents/choose-document.ts';
import { type EventStream, startEventStream, type StreamAnswer } from './event-stream.ts';
import type { OpenStreams } from './open-streams.ts';
import { type StreamedQuery, streamedQuery } from './streamed-query.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';

/** What the route needs. */
export interface StreamRouteOptions {
  readonly server: ApolloServer<GatewayContext>;
  readonly known: AuthorizingGateway['known'];
  readonly authentication: AuthenticationRules;
  readonly rates: RateLimiter;
  readonly documents: ChooseDocument;
  readonly streams: OpenStreams;
  /** Told of each that opens: the subscription's field. */
  readonly opened: (coordinate: string) => void;
  /** Where proofs of possession are for. */
  readonly url: string;
  readonly open: boolean;
  readonly log: Logger;
}

/** Largest request, in bytes. */
const BODY_LIMIT = 100 * 1024;

const requestBody = z.object({
  ...documentFields,
  operationName: z.string().nullish(),
  variables: z.custom<JsonObject>(isJsonObject).nullish(),
});

type Asker = Extract<Admission, { kind: 'caller' }>;

/** Makes the route. */
export function streamRoute(options: StreamRouteOptions): FastifyPluginAsync {
  const { server, known, authentication, rates, streams, open, log } = options;

  /** Runs the query the way that any other goes. */
  const run = async (
    { text, operationName }: StreamedQuery,
    {
      variables,
      asker,
      trusted,
      deadline,
      reply,
    }: {
      readonly variables: JsonObject;
      readonly asker: Asker;
      readonly trusted: string | undefined;
      readonly deadline: Deadline;
      readonly reply: FastifyReply;
    },
  ): Promise<HttpAnswer> => {
    const requestId = requestIdFrom(undefined);
    const context: GatewayContext = {
      requestId,
      people: new Set(),
      deadline,
      caller: { ...asker.caller, requestId },
      charge: chargeFor(asker.caller, rates, reply),
      ...(trusted === undefined ? {} : { trusted }),
    };
    const operation = known(text, operationName);
    if (operation !== undefined) return answerKnown(operation, variables, context, { open, log });
    const { http, body } = await server.executeOperation(
      {
        query: text,
        variables: { ...variables },
        ...(operationName === undefined ? {} : { operationName }),
      },
      { contextValue: context },
    );
    if (body.kind !== 'single') throw new Error('an answer in parts');
    return { status: http.status ?? 200, body: JSON.stringify(body.singleResult) };
  };

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      app.getDefaultJsonParser('error', 'error'),
    );
    app.setErrorHandler((error: unknown, request, reply) => {
      const status =
        error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
      if (status >= 400 && status < 500) return refuse(request, reply, status, 'BAD_REQUEST');
      if (error instanceof Overloaded) return busy(request, reply);
      request.log.error({ err: error, requestId: request.id }, 'request failed');
      return refuse(request, reply, 500, 'INTERNAL_SERVER_ERROR');
    });
    // A server waits for its requests before it stops, and a stream does not end by itself.
    app.addHook('preClose', (done) => {
      streams.endAll();
      done();
    });

    // Not counted among the requests under way: it hardly ever does anything.
    app.post('/graphql/stream', { config: { work: 'any' } }, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      if (app.load?.sheds('search') === true) return busy(request, reply);
      const body = requestBody.safeParse(request.body);
      if (!body.success || variablesTooDeep(body.data.variables))
        return refuse(request, reply, 400, 'BAD_REQUEST');
      const variables = body.data.variables ?? {};
      // Of the way in and the first answer; each later answer has its own.
      const opening = startDeadline(reply.raw);
      const who = await admit(request, reply, {
        authentication,
        rates,
        deadline: opening,
        target: { method: 'POST', url: options.url },
        takesPurpose: true,
      });
      if (who.kind !== 'caller') return turnAway(request, reply, who);
      const { caller } = who;
      const choose = (deadline: Deadline) =>
        options.documents(askedDocument(body.data), caller.clientId, request.id, deadline);
      const document = await choose(opening);
      if (document.kind === 'refused') {
        const status = document.code === 'SERVICE_UNAVAILABLE' ? 503 : 400;
        return refuse(request, reply, status, document.code);
      }
      const asked = streamedQuery(document.text, body.data.operationName ?? undefined, variables);
      if (asked === 'not-graphql') return refuse(request, reply, 400, 'GRAPHQL_PARSE_FAILED');
      if (asked === 'no-stream' || operationFault(asked.text) !== undefined)
        return refuse(request, reply, 400, 'GRAPHQL_VALIDATION_FAILED');
      const [, token = ''] = (request.headers.authorization ?? '').split(/ +/);
      const claims = await authentication.verifyToken(token);

      let stream: EventStream | undefined;
      const missed = { change: false, end: false };
      const remove = streams.add({
        change: asked.change,
        holder: `${caller.clientId} ${caller.subject}`,
        told: () => {
          if (stream === undefined) missed.change = true;
          else stream.told();
        },
        end: () => {
          if (stream === undefined) missed.end = true;
          else stream.end();
        },
      });
      if (remove === undefined) {
        reply.header('retry-after', String(COME_BACK_SECONDS));
        const more = { retryAfter: COME_BACK_SECONDS };
        return refuse(request, reply, 429, 'TOO_MANY_REQUESTS', more);
      }
      const answer = (deadline: Deadline) =>
        run(asked, { variables, asker: who, trusted: document.trusted, deadline, reply });
      try {
        const first = await answer(opening);
        if (reply.raw.destroyed) {
          remove();
          reply.hijack();
          return await reply;
        }
        if (known(asked.text, asked.operationName) !== undefined) void document.keep?.();
        if (first.status !== 200) {
          remove();
          if (first.status === 503) reply.header('retry-after', String(SOURCE_BACK_SECONDS));
          if (first.challenge !== undefined) reply.header('www-authenticate', first.challenge);
          return await reply
            .code(first.status)
            .header('content-type', 'application/json; charset=utf-8')
            .send(first.body);
        }
        options.opened(asked.coordinate);
        reply.hijack();
        reply.raw.writeHead(200, {
          ...(reply.getHeaders() as Record<string, string>),
          'content-type': 'text/event-stream; charset=utf-8',
          // Nothing follows a stream on its connection: kept, it would hold up a server that stops.
          connection: 'close',
          // Proxies that buffer would hold it back.
          'x-accel-buffering': 'no',
        });
        stream = startEventStream(reply.raw, streamed(first, asked), {
          answer: () =>
            whileOpen(reply.raw, async (deadline) => {
              // A client's operation may have been taken back meanwhile.
              const still = await choose(deadline);
              if (still.kind === 'refused' && still.code === 'SERVICE_UNAVAILABLE')
                return undefined;
              if (still.kind === 'refused') {
                return { body: errorBody(still.code, request.id), isLast: true };
              }
              // Later, when there is less to do.
              if (app.load?.sheds('search') === true) return undefined;
              const { granted } = await rates.take(caller, 1);
              if (!granted) return undefined;
              const next = await answer(deadline);
              return next.status === 429 ? undefined : streamed(next, asked);
            }),
          fault: () => faultOf(claims, authentication, request.id),
          ended: remove,
          failed: (error) => {
            log.error({ err: error, requestId: request.id }, 'a stream failed');
            return errorBody('INTERNAL_SERVER_ERROR', request.id);
          },
        });
        if (missed.end) stream.end();
        if (missed.change) stream.told();
        return await reply;
      } catch (error) {
        remove();
        throw error;
      }
    });
    await Promise.resolve();
  };
}

/** Nothing follows once there is nothing to see, unless a source is only away for now. */
function streamed({ body }: HttpAnswer, { responseKey }: StreamedQuery): StreamAnswer {
  const { data, errors = [] } = streamedBody.parse(JSON.parse(body));
  const isAway = errors.some(({ extensions }) => extensions?.code === 'SERVICE_UNAVAILABLE');
  return { body: body.trimEnd(), isLast: data?.[responseKey] == null && !isAway };
}

const streamedBody = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }).optional() })).optional(),
});

/** Looked at before every answer and with every heartbeat. */
function faultOf(
  claims: AccessTokenClaims,
  { now, revocations }: AuthenticationRules,
  requestId: string,
): string | undefined {
  if (claims.expiresAt <= now()) return errorBody('UNAUTHENTICATED', requestId);
  switch (revocations.check(claims)) {
    case 'in-force':
      return undefined;
    case 'revoked':
      return errorBody('UNAUTHENTICATED', requestId);
    case 'unknown':
      return errorBody('SERVICE_UNAVAILABLE', requestId);
  }
}

function turnAway(
  request: FastifyRequest,
  reply: FastifyReply,
  who: Exclude<Admission, { kind: 'caller' }>,
): FastifyReply {
  switch (who.kind) {
    case 'anonymous':
      return refuse(request, reply.header('www-authenticate', 'Bearer'), 401, 'UNAUTHENTICATED');
    case 'bad-token':
      return refuse(
        request,
        reply.header('www-authenticate', who.challenge),
        401,
        'UNAUTHENTICATED',
      );
    case 'bad-purpose':
      return refuse(request, reply, 400, 'INVALID_VALUE');
    case 'purpose-refused':
      return refuse(request, reply, 403, 'FORBIDDEN');
    case 'too-many':
      return refuse(request, reply, 429, 'TOO_MANY_REQUESTS', { retryAfter: who.retryAfter });
    case 'unavailable':
      return refuse(request, reply, 503, 'SERVICE_UNAVAILABLE');
  }
}

const busy = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  refuse(request, reply, 503, 'SERVICE_UNAVAILABLE', { retryAfter: COME_BACK_SECONDS });

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: GatewayErrorCode,
  more: Parameters<typeof errorBody>[2] = {},
): FastifyReply {
  if (status === 503) reply.header('retry-after', String(more.retryAfter ?? SOURCE_BACK_SECONDS));
  return reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(errorBody(code, request.id, more));
}
