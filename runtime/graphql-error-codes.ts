/** Every code that `errors[].extensions.code` of the graph can have. None is ever renamed; pages for developers list them. */

/** Codes of errors that mean what they say, with the words that are used unless a part chose its own. */
export const PUBLIC_CODES = {
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'You are not allowed to do this.',
  INSUFFICIENT_USER_AUTHENTICATION: 'Confirm this with your passkey.',
  PURPOSE_REQUIRED: 'Say why you are reading this record: send the Lanyard-Purpose header.',
  INVALID_VALUE: 'A value is not allowed.',
  SERVICE_UNAVAILABLE: 'A source did not answer. Try again.',
  TOO_MANY_REQUESTS: 'Too many requests. Try again later.',
} as const;

/** Codes of errors about the request itself, with the only words used for each. */
export const REQUEST_ERRORS = {
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
