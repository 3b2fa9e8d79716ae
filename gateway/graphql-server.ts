/** Apollo Server as this graph runs it: closed unless opened on purpose. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';

import type { Logger } from '../runtime/log.ts';
import { approvalChallenge } from '../standards/transaction.ts';
import { APPROVAL_LACKING_STATUS, lacksApproval } from './answer-known.ts';
import type { authorizingGateway } from './authorization/authorizing-gateway.ts';
import type { GatewayContext } from './context.ts';
import { shapeError, withRequestId } from './error-shape.ts';
import { LIMITS } from './operation-limits.ts';

/** Media type of answers to clients that name it. */
export const GRAPHQL_RESPONSE = 'application/graphql-response+json; charset=utf-8';

/** Errors of one operation that are looked for and shown before the rest is left. */
const MAX_VALIDATION_ERRORS = 5;

/** Creates the server and starts it. */
export async function startGraphqlServer(options: {
  readonly gateway: ReturnType<typeof authorizingGateway>;
  readonly log: Logger;
  /** Whether clients may see the schema: introspection, and the words of the validator. */
  readonly open: boolean;
}): Promise<ApolloServer<GatewayContext>> {
  const { gateway, log, open } = options;
  const server = new ApolloServer<GatewayContext>({
    gateway,
    nodeEnv: 'production',
    introspection: open,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: LIMITS.selections,
    parseOptions: { maxLexicalTokens: LIMITS.tokens },
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    formatError: (error) => shapeError(error, open),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: string) => {
        log.warn({ library: message.slice(0, 200) }, 'the server library warns');
      },
      error: (message: string) => {
        log.error({ library: message.slice(0, 200) }, 'the server library failed');
      },
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      answerShape(open),
    ],
  });
  await server.start();
  return server;
}

/** Gives every error the request's id, and a refused document one error only. */
function answerShape(open: boolean): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ response, contextValue: { requestId } }) {
          if (response.body.kind !== 'single') return Promise.resolve();
          const { singleResult } = response.body;
          const errors = singleResult.errors ?? [];
          if (errors.length === 0) return Promise.resolve();
          if (lacksApproval(errors)) {
            response.http.headers.set('www-authenticate', approvalChallenge());
            if (singleResult.data === null) response.http.status = APPROVAL_LACKING_STATUS;
          }
          const refused = errors[0]?.extensions?.['code'] === 'GRAPHQL_VALIDATION_FAILED';
          const shown = refused && !open ? errors.slice(0, 1) : errors;
          singleResult.errors = shown.map((error) => withRequestId(error, requestId));
          return Promise.resolve();
        },
      }),
  };
}
