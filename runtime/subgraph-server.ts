/** The endpoint of a subgraph: answers the gateway, and nobody else, on any field. */
import type { KeyObject } from 'node:crypto';

import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { FastifyPluginAsync } from 'fastify';
import {
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { z } from 'zod';

import type { Caller } from './caller-statement.ts';
import type { Clock } from './clock.ts';
import { enforcePolicies, type RowsByType } from './enforce-policies.ts';
import { type ExecuteOperation, operationExecutor } from './execution/operation-executor.ts';
import { publicError, subgraphError } from './graphql-error.ts';
import type { Logger } from './log.ts';
import { statedRequest, takeStatedBodies, whileAwaited } from './stated-request.ts';

/** What one request to a subgraph has. */
export interface SubgraphRequest {
  readonly caller: Caller;
  /** Notes that a person's record goes out with this answer. The gateway writes the access log from it. */
  readonly disclose: (staffId: string) => void;
  readonly log: Logger;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** What makes a subgraph. */
export interface SubgraphOptions<Context extends { readonly caller: Caller }> {
  /** The subgraph's name: the audience of the gateway's statements. */
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: object;
  /** The gateway's public keys by `kid`. */
  readonly callerKeys: ReadonlyMap<string, KeyObject>;
  readonly now: Clock;
  readonly log: Logger;
  readonly context: (request: SubgraphRequest) => Context;
  /** What is known of the rows of types that `@policy` is on. */
  readonly rows?: RowsByType;
}

/** Largest request body that the gateway may send, in bytes. */
const BODY_LIMIT = 2 * 1024 * 1024;
/** Parsed and validated documents kept. Plans are few: one per operation of the gateway's clients. */
const DOCUMENTS_KEPT = 1_000;

/** Escapes of NUL and of half a surrogate pair: no database keeps such text, so nothing can be found by it. */
const NOT_TEXT = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

const requestBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** The route `POST /graphql` of a subgraph. */
export function subgraphRoutes<Context extends { readonly caller: Caller }>(
  options: SubgraphOptions<Context>,
): FastifyPluginAsync {
  const schema = buildSubgraphSchema({
    typeDefs: parse(options.sdl),
    resolvers: options.resolvers as GraphQLResolverMap<unknown>,
  });
  enforcePolicies(schema, options.rows ?? {});
  const documentOf = documentCache(schema);

  return async (app) => {
    takeStatedBodies(app, BODY_LIMIT);

    app.post('/graphql', async (request, reply) => {
      const stated = statedRequest(request, {
        audience: options.name,
        callerKeys: options.callerKeys,
        now: options.now,
      });
      if (stated === undefined) {
        return reply.code(401).send({
          errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }],
        });
      }
      const { caller, body } = stated;
      const log = options.log.child({ requestId: caller.requestId });
      const people = new Set<string>();
      const disclose = (staffId: string): unknown => people.add(staffId);
      const result = await whileAwaited(request, reply, (signal) =>
        answer(body, { caller, disclose, log, signal }),
      );
      const errors = result.errors?.map((error) =>
        subgraphError(error, options.name, (unforeseen) => {
          log.error({ err: unforeseen }, 'a field failed');
        }),
      );
      return reply.send({
        ...(result.data === undefined ? {} : { data: result.data }),
        ...(errors === undefined ? {} : { errors }),
        ...(people.size === 0 ? {} : { extensions: { people: [...people] } }),
      });
    });
    await Promise.resolve();
  };

  async function answer(body: Buffer, request: SubgraphRequest): Promise<ExecutionResult> {
    const text = body.toString('utf8');
    if (NOT_TEXT.test(text)) return { errors: [publicError('INVALID_VALUE')] };
    const { query, variables, operationName } = requestBody.parse(JSON.parse(text));
    const document = documentOf(query);
    if ('errors' in document) return { errors: document.errors };
    const execute = document.executorOf(operationName);
    if (execute === undefined) return { errors: [publicError('INVALID_VALUE')] };
    return execute({ context: options.context(request), variables: variables ?? {} });
  }
}

/** A document that can be executed. */
interface KnownDocument {
  /** `undefined` when there is no such operation, or a name is needed to choose one. */
  readonly executorOf: (operationName: string | null | undefined) => ExecuteOperation | undefined;
}

/** Parses, validates and plans each document once. */
function documentCache(schema: GraphQLSchema) {
  const kept = new Map<string, KnownDocument>();
  return (
    query: string,
  ): KnownDocument | { readonly errors: NonNullable<ExecutionResult['errors']> } => {
    const known = kept.get(query);
    if (known !== undefined) return known;
    const document = parse(query, { maxLexicalTokens: 20_000 });
    const errors = validate(schema, document, undefined, { maxErrors: 5 });
    if (errors.length > 0) return { errors };
    if (kept.size >= DOCUMENTS_KEPT) {
      const [oldest] = kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
    }
    const executable = knownDocument(schema, document);
    kept.set(query, executable);
    return executable;
  };
}

function knownDocument(schema: GraphQLSchema, document: DocumentNode): KnownDocument {
  const executors = new Map<object, ExecuteOperation>();
  return {
    executorOf: (operationName) => {
      const operation = getOperationAST(document, operationName);
      if (operation == null) return undefined;
      let executor = executors.get(operation);
      if (executor === undefined) {
        executor = operationExecutor(schema, document, operation);
        executors.set(operation, executor);
      }
      return executor;
    },
  };
}
