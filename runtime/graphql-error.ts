/** What a GraphQL client may see of an error: a stable code, no internals. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { PUBLIC_CODES } from './graphql-error-codes.ts';
import { isUnavailable } from './unavailable.ts';

/** A code that a GraphQL client may see. Any other error reads `INTERNAL_SERVER_ERROR`. */
export type PublicErrorCode = keyof typeof PUBLIC_CODES;

/** An error whose code and message are meant for the client. */
export function publicError(
  code: PublicErrorCode,
  extensions: Readonly<Record<string, unknown>> = {},
  message: string = PUBLIC_CODES[code],
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

const isPublic = (code: unknown): code is PublicErrorCode =>
  typeof code === 'string' && Object.hasOwn(PUBLIC_CODES, code);

/**
 * Shapes one error of a subgraph's answer.
 *
 * @param source the subgraph, named so that a client can tell whose fields are missing
 * @param unforeseen told of every error that the client will not see
 */
export function subgraphError(
  error: GraphQLError,
  source: string,
  unforeseen: (error: unknown) => void,
): GraphQLFormattedError {
  const path = error.path === undefined ? {} : { path: error.path };
  const code = error.extensions['code'];
  if (isPublic(code)) {
    return { message: error.message, ...path, extensions: { ...error.extensions, code, source } };
  }
  const unavailable = isUnavailable(error.originalError);
  // Without a path no field was reached: the operation or its variables do not fit the schema.
  if (!unavailable && error.path === undefined) {
    return { message: 'Invalid operation', extensions: { code: 'INVALID_VALUE', source } };
  }
  unforeseen(error.originalError ?? error);
  const shown: PublicErrorCode | 'INTERNAL_SERVER_ERROR' = unavailable
    ? 'SERVICE_UNAVAILABLE'
    : 'INTERNAL_SERVER_ERROR';
  return {
    message: unavailable ? PUBLIC_CODES.SERVICE_UNAVAILABLE : 'Something went wrong.',
    ...path,
    extensions: { code: shown, source, ...(unavailable ? { retryable: true } : {}) },
  };
}
