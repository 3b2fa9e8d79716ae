/** The one shape of an error that a client of the graph sees: a message, a path and a code; nothing from inside. */
import type { GraphQLFormattedError } from 'graphql';

import { publicError, type PublicErrorCode } from '../runtime/graphql-error.ts';
import { SUBGRAPHS } from './context.ts';

/** Codes of errors about the request itself, with the only words used for each. */
const REQUEST_ERRORS = {
  BAD_REQUEST: 'The request is not a GraphQL request.',
  GRAPHQL_PARSE_FAILED: 'The operation is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The operation is not valid for this graph, or too large.',
  OPERATION_TOO_COMPLEX: 'The operation is too complex. Ask for less at a time.',
  COST_EXCEEDED: 'The operation costs more than it may. Ask for less at a time.',
  OPERATION_RESOLUTION_FAILURE: 'There is no such operation in the document.',
  // Clients of automatic persisted queries go by these words.
  PERSISTED_QUERY_NOT_FOUND: 'PersistedQueryNotFound',
  PERSISTED_QUERY_NOT_SUPPORTED: 'PersistedQueryNotSupported',
  TRUSTED_DOCUMENT_REQUIRED: 'This operation is not registered for this client.',
  NOT_FOUND: 'There is no such thing, or you may not see it.',
  LINK_EXPIRED: 'This link is no longer good. Ask for a new one.',
  INTERNAL_SERVER_ERROR: 'Something went wrong.',
} as const;

/** Codes of errors that mean what they say, with the words that subgraphs chose. */
const PUBLIC_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'INSUFFICIENT_USER_AUTHENTICATION',
  'PURPOSE_REQUIRED',
  'INVALID_VALUE',
  'SERVICE_UNAVAILABLE',
  'TOO_MANY_REQUESTS',
] as const satisfies readonly PublicErrorCode[];

/** A code that a client of the graph can see. */
export type GatewayErrorCode = PublicErrorCode | keyof typeof REQUEST_ERRORS;

/** Longest message passed on from a subgraph, in characters. */
const LONGEST_MESSAGE = 200;

/**
 * The body of an answer that is one error.
 *
 * @param more other words, or seconds after which another try may work
 */
export function errorBody(
  code: GatewayErrorCode,
  requestId: string,
  more: { readonly message?: string; readonly retryAfter?: number | undefined } = {},
): string {
  const { message, extensions } = constantError(code);
  const { retryAfter } = more;
  const error = {
    message: more.message ?? message,
    extensions: { ...extensions, ...(retryAfter === undefined ? {} : { retryAfter }) },
  };
  return JSON.stringify({ errors: [withRequestId(error, requestId)] });
}

/** An error with the request's id, which its log lines carry too. */
export function withRequestId(
  error: GraphQLFormattedError,
  requestId: string,
): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}

/**
 * Shapes an error, whoever made it.
 *
 * @param withDetail in development: the validator's own words, without its suggestions
 */
export function shapeError(
  error: GraphQLFormattedError,
  withDetail: boolean,
): GraphQLFormattedError {
  const { code, source, retryable } = error.extensions ?? {};
  const path = error.path === undefined ? {} : { path: error.path };
  if (code === 'BAD_USER_INPUT') {
    return withDetail
      ? { ...constantError('INVALID_VALUE'), message: detail(error) }
      : constantError('INVALID_VALUE');
  }
  if (code === 'GRAPHQL_VALIDATION_FAILED' || code === 'GRAPHQL_PARSE_FAILED') {
    return withDetail ? { ...constantError(code), message: detail(error) } : constantError(code);
  }
  const known = codeOf(code);
  const isFromSource = SUBGRAPHS.some((name) => name === source);
  const message = isPublic(known) ? error.message.slice(0, LONGEST_MESSAGE) : REQUEST_ERRORS[known];
  return {
    message,
    ...path,
    extensions: {
      code: known,
      ...(isFromSource ? { source } : {}),
      ...(known === 'INSUFFICIENT_USER_AUTHENTICATION' ? approvalAsked(error.extensions) : {}),
      ...(retryable === true ? { retryable: true } : {}),
    },
  };
}

/** What has to be approved, as this process has written it. */
const approvalAsked = ({
  acrValues,
  maxAge,
  transaction,
}: Readonly<Record<string, unknown>> = {}) => ({
  ...(acrValues === undefined ? {} : { acrValues }),
  ...(maxAge === undefined ? {} : { maxAge }),
  ...(transaction === undefined ? {} : { transaction }),
});

const isPublic = (code: GatewayErrorCode): code is PublicErrorCode =>
  PUBLIC_CODES.some((known) => known === code);

/** Any other code reads as an error nobody foresaw. */
function codeOf(code: unknown): GatewayErrorCode {
  if (typeof code !== 'string') return 'INTERNAL_SERVER_ERROR';
  if (Object.hasOwn(REQUEST_ERRORS, code)) return code as keyof typeof REQUEST_ERRORS;
  return PUBLIC_CODES.find((known) => known === code) ?? 'INTERNAL_SERVER_ERROR';
}

function constantError(code: GatewayErrorCode): GraphQLFormattedError {
  const retryable = code === 'SERVICE_UNAVAILABLE' ? { retryable: true } : {};
  if (isPublic(code))
    return { message: publicError(code).message, extensions: { code, ...retryable } };
  return { message: REQUEST_ERRORS[code], extensions: { code } };
}

const detail = ({ message }: GraphQLFormattedError): string =>
  message.replace(/\s*Did you mean .*$/s, '').slice(0, LONGEST_MESSAGE);
