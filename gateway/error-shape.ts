/** The one shape of an error that a client of the graph sees: a message, a path and a code; nothing from inside. */
import type { GraphQLFormattedError } from 'graphql';

import { PUBLIC_CODES, REQUEST_ERRORS } from '../runtime/graphql-error-codes.ts';
import type { PublicErrorCode } from '../runtime/graphql-error.ts';
import { SUBGRAPHS } from './context.ts';

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
  const { code, source, retryable, retryAfter } = error.extensions ?? {};
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
      ...(known === 'TOO_MANY_REQUESTS' && typeof retryAfter === 'number' ? { retryAfter } : {}),
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
  Object.hasOwn(PUBLIC_CODES, code);

/** Any other code reads as an error nobody foresaw. */
function codeOf(code: unknown): GatewayErrorCode {
  if (typeof code !== 'string') return 'INTERNAL_SERVER_ERROR';
  if (Object.hasOwn(REQUEST_ERRORS, code)) return code as keyof typeof REQUEST_ERRORS;
  return Object.hasOwn(PUBLIC_CODES, code) ? (code as PublicErrorCode) : 'INTERNAL_SERVER_ERROR';
}

function constantError(code: GatewayErrorCode): GraphQLFormattedError {
  const retryable = code === 'SERVICE_UNAVAILABLE' ? { retryable: true } : {};
  if (isPublic(code)) return { message: PUBLIC_CODES[code], extensions: { code, ...retryable } };
  return { message: REQUEST_ERRORS[code], extensions: { code } };
}

const detail = ({ message }: GraphQLFormattedError): string =>
  message.replace(/\s*Did you mean .*$/s, '').slice(0, LONGEST_MESSAGE);
