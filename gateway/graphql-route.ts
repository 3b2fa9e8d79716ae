/** `POST /graphql`: the only way in (GraphQL over HTTP). */
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

import { clientAddress } from '../runtime/client-address.ts';
import { Overloaded } from '../runtime/load.ts';
import { purposeOfUse } from '../runtime/purpose.ts';
import { COME_BACK_SECONDS } from '../runtime/route-work.ts';
import { SOURCE_BACK_SECONDS } from '../runtime/unavailable.ts';
import { admit, chargeFor } from './admit.ts';
import { answerKnown } from './answer-known.ts';
import type { AuthenticationRules } from './authenticate.ts';
import type { AuthorizingGateway } from './authorization/authorizing-gateway.ts';
import type { GatewayContext } from './context.ts';
import { startDeadline } from './deadline.ts';
import { errorBody, type GatewayErrorCode } from './error-shape.ts';
import { isJsonObject, type JsonObject } from './execution/own-properties.ts';
import { GRAPHQL_RESPONSE } from './graphql-server.ts';
import { type OperationFault, operationFault, variablesTooDeep } from './operation-limits.ts';
import { findScenario, SCENARIO_HEADER } from './scenario.ts';
import type { KnownWork } from './shedding/known-work.ts';
import { askedDocument, documentFields } from './trusted-documents/asked-document.ts';
import type { ChooseDocument } from './trusted-documents/choose-document.ts';

const UNKNOWN_PURPOSE = `The Lanyard-Purpose header takes one of ${purposeOfUse.options.join(', ')}.`;

const UNKNOWN_SCENARIO = 'There is no such Lanyard-Scenario here.';
const PURPOSE_REFUSED = 'This client is not registered for that purpose of use.';
import type { RateLimiter } from './rate-limits/rate-limiter.ts';

/** What the route needs. */
export interface GraphqlRouteOptions {
  readonly server: ApolloServer<GatewayContext>;
  /** Operations that the server has run before. */
  readonly known: AuthorizingGateway['known'];
  readonly authentication: AuthenticationRules;
  readonly rates: RateLimiter;
  readonly documents: ChooseDocument;
  readonly works: KnownWork;
  /** Whether clients may see the schema. */
  readonly open: boolean;
}

/** Largest request, in bytes. */
const BODY_LIMIT = 100 * 1024;
/** Operations whose text has been found good and is not looked at again. */
const CHECKED_KEPT = 1_000;
/** Longest such text, in characters. */
const LONGEST_KEPT = 10_000;

/** What clients say they take that is certain to include JSON. Anything else is for the server to understand. */
const USUAL_ACCEPT =
  /^(?: *(?:\*\/\*|application\/(?:\*|json|graphql-response\+json))(?: *; *(?:q=(?:1|0\.[1-9])|charset=utf-8))* *(?:,|$))+$/i;

const requestBody = z.object({
  ...documentFields,
  operationName: z.string().nullish(),
  variables: z.custom<JsonObject>(isJsonObject).nullish(),
});

/** Statuses of requests whose operation is not known, for every client. That of a hash is what its clients expect. */
const REFUSED_STATUS: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  PERSISTED_QUERY_NOT_FOUND: 200,
  SERVICE_UNAVAILABLE: 503,
};

/** Makes the route. */
export function graphqlRoute(options: GraphqlRouteOptions): FastifyPluginAsync {
  const contexts = new WeakMap<FastifyRequest, GatewayContext>();
  const handler = fastifyApolloHandler(options.server, {
    context: (request) => {
      const context = contexts.get(request);
      if (context === undefined) throw new Error('a request without a context');
      return Promise.resolve(context);
    },
  });
  const faults = new LRUCache<string, OperationFault | 'none'>({
    max: CHECKED_KEPT,
  });

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      app.getDefaultJsonParser('error', 'error'),
    );
    app.setErrorHandler((error: unknown, request, reply) => {
      const status = requestErrorStatus(error);
      if (status !== undefined) return refuse(request, reply, status, 'BAD_REQUEST');
      if (error instanceof Overloaded) return busy(request, reply);
      request.log.error({ err: error, requestId: request.id }, 'request failed');
      return refuse(request, reply, 500, 'INTERNAL_SERVER_ERROR');
    });

    const faultOf = (query: string): OperationFault | undefined => {
      const known = faults.get(query);
      if (known !== undefined) return known === 'none' ? undefined : known;
      const fault = operationFault(query);
      if (query.length <= LONGEST_KEPT) faults.set(query, fault ?? 'none');
      return fault;
    };
    const learn = (query: string, { extensions }: z.infer<typeof requestBody>): void => {
      if (query.length > LONGEST_KEPT) return;
      options.works.learn(query);
      const hash = extensions?.persistedQuery?.sha256Hash;
      if (hash !== undefined) options.works.learnHash(hash, query);
    };
    // What nobody has asked before has yet to be planned: nothing is more work.
    const isShed = (query: string): boolean =>
      app.load?.sheds(options.works.of(query) ?? 'bulk') === true;

    app.post('/graphql', { config: { work: 'revoke' } }, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      // Before anything is done for it: whoever is let go must cost as little as can be.
      const sent = request.body;
      const isLetIn = options.works.letIn.has(request.raw);
      if (
        !isLetIn &&
        isJsonObject(sent) &&
        typeof sent['query'] === 'string' &&
        isShed(sent['query'])
      )
        return busy(request, reply);
      const deadline = startDeadline(reply.raw);
      const body = requestBody.safeParse(sent);
      if (!body.success || variablesTooDeep(body.data.variables))
        return refuse(request, reply, 400, 'BAD_REQUEST');
      const { query: given, operationName, variables } = body.data;
      const scenario = findScenario(request.headers[SCENARIO_HEADER], options.open);
      if (scenario === 'unknown')
        return refuse(request, reply, 400, 'INVALID_VALUE', { message: UNKNOWN_SCENARIO });
      const { authentication, rates } = options;
      const who = await admit(request, reply, {
        authentication,
        rates,
        deadline,
        takesPurpose: true,
      });
      switch (who.kind) {
        case 'bad-token':
          reply.header('www-authenticate', who.challenge);
          return refuse(request, reply, 401, 'UNAUTHENTICATED');
        case 'bad-purpose':
          return refuse(request, reply, 400, 'INVALID_VALUE', { message: UNKNOWN_PURPOSE });
        case 'purpose-refused':
          return refuse(request, reply, 403, 'FORBIDDEN', { message: PURPOSE_REFUSED });
        case 'too-many':
          return refuse(request, reply, 429, 'TOO_MANY_REQUESTS', { retryAfter: who.retryAfter });
        case 'unavailable':
          return refuse(request, reply, 503, 'SERVICE_UNAVAILABLE');
        case 'anonymous':
        case 'caller':
      }
      const asker =
        who.kind === 'caller'
          ? who.caller
          : { address: clientAddress(request, authentication.audience) };
      const context: GatewayContext = {
        requestId: request.id,
        people: new Set(),
        deadline,
        ...(scenario === undefined ? {} : { scenario }),
        charge: chargeFor(asker, rates, reply),
        ...(who.kind === 'caller' ? { caller: who.caller } : {}),
        ...(who.kind === 'caller' && who.approved !== undefined ? { approved: who.approved } : {}),
      };
      const document = await options.documents(
        askedDocument(body.data),
        context.caller?.clientId,
        request.id,
        deadline,
      );
      if (document.kind === 'refused') {
        const status = REFUSED_STATUS[document.code] ?? operationStatus(request, 400);
        return refuse(request, reply, status, document.code);
      }
      const query = document.text;
      if (document.trusted !== undefined) context.trusted = document.trusted;
      if (!isLetIn && given == null && isShed(query)) return busy(request, reply);
      const isPlain = USUAL_ACCEPT.test(request.headers.accept ?? '*/*');
      const known = isPlain ? options.known(query, operationName ?? undefined) : undefined;
      if (known !== undefined) {
        void document.keep?.();
        learn(query, body.data);
        const { open } = options;
        const answer = await answerKnown(known, variables ?? {}, context, { open, log: app.log });
        if (answer.challenge !== undefined) reply.header('www-authenticate', answer.challenge);
        return answerWith(request, reply, answer.status).send(answer.body);
      }
      const fault = faultOf(query);
      if (fault !== undefined) {
        const code = fault === 'not-graphql' ? 'GRAPHQL_PARSE_FAILED' : 'GRAPHQL_VALIDATION_FAILED';
        return refuse(request, reply, operationStatus(request, 400), code);
      }
      contexts.set(request, context);
      // The server is given the text, however it was named.
      request.body = {
        query,
        ...(operationName == null ? {} : { operationName }),
        ...(variables == null ? {} : { variables }),
      };
      const answer: unknown = await handler.call(app, request, reply);
      // Within the limits, and valid for the graph.
      if (options.known(query, operationName ?? undefined) !== undefined) {
        void document.keep?.();
        learn(query, body.data);
      }
      answerWith(request, reply, reply.statusCode);
      return answer;
    });
    const notAllowed = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      reply.header('allow', 'POST');
      return refuse(request, reply, 405, 'BAD_REQUEST');
    };
    app.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE'],
      url: '/graphql',
      // Before the body is looked at.
      onRequest: async (request, reply) => notAllowed(request, reply),
      handler: notAllowed,
    });
    await Promise.resolve();
  };
}

/** The status that the framework asks for when the request itself is at fault. */
function requestErrorStatus(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

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
    .header('content-type', mediaType(request))
    .send(errorBody(code, request.id, more));
}

/** Says how a request that is GraphQL has ended, and when to come back if a source was away. */
function answerWith(request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply {
  if (status === 503) reply.header('retry-after', String(SOURCE_BACK_SECONDS));
  return reply.code(operationStatus(request, status)).header('content-type', mediaType(request));
}

/** There is too much to do for this one. */
function busy(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const more = { retryAfter: COME_BACK_SECONDS };
  return refuse(request, reply, 503, 'SERVICE_UNAVAILABLE', more);
}

/** `application/json`, unless the client names the newer type. */
export const mediaType = (request: Pick<FastifyRequest, 'headers'>): string =>
  takesNewerType(request) ? GRAPHQL_RESPONSE : 'application/json; charset=utf-8';

/**
 * The status of an answer to a request that is GraphQL. Clients of `application/json` find an operation that is refused in the
 * body only: to them, any other status than 200 comes from something that knows no GraphQL (GraphQL over HTTP, section 6.4.1).
 */
const operationStatus = (request: FastifyRequest, status: number): number =>
  status === 400 && !takesNewerType(request) ? 200 : status;

const takesNewerType = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers.accept?.includes('application/graphql-response+json') === true;
