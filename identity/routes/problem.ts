/**
 * Errors of the administration API as problem details.
 *
 * Source: RFC 9457 (Problem Details for HTTP APIs), section 3.
 */
import type { FastifyReply } from 'fastify';

/** The problems, with their status and the only words used for each. Codes are never renamed. */
const PROBLEMS = {
  access_token_invalid: [401, 'The access token is missing or not valid.'],
  insufficient_user_authentication: [401, 'Confirm this with your passkey.'],
  scope_insufficient: [403, 'You are not allowed to do this.'],
  not_allowed: [403, 'You are not allowed to do this.'],
  input_invalid: [400, 'Something in the request is missing, unknown or wrong.'],
  not_found: [404, 'There is no such thing.'],
  conflict: [409, 'This cannot be done as things stand.'],
  too_large: [413, 'The request is too large.'],
  media_type_unsupported: [415, 'The request has to be JSON.'],
  too_many_requests: [429, 'Too many requests. Try again later.'],
  unavailable: [503, 'A source did not answer. Try again.'],
  internal_error: [500, 'Something went wrong.'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

/** The kind of a problem: it decides the status. */
export type ProblemKind = keyof typeof PROBLEMS;

/** A problem as it is answered. */
export interface Problem {
  readonly kind: ProblemKind;
  /** What exactly, when the kind alone does not say; a stable code. */
  readonly code?: string;
  /** Names of the members at fault, e.g. `jwks.keys.0`. */
  readonly fields?: readonly string[];
  /** Further members. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Answers with a problem. */
export function answerProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const [status, title] = PROBLEMS[problem.kind];
  const code = problem.code ?? problem.kind;
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        type: `urn:lanyard:problem:${code}`,
        title,
        status,
        code,
        ...(problem.fields === undefined ? {} : { fields: problem.fields }),
        ...problem.members,
      }),
    );
}
