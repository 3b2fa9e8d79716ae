/** The way past Apollo Server for operations that it has parsed and validated before: the same answers, in less time. */
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';

import type { PublicErrorCode } from '../runtime/graphql-error.ts';
import type { Logger } from '../runtime/log.ts';
import { approvalChallenge } from '../standards/transaction.ts';
import type { KnownOperation, OperationResult } from './authorization/authorizing-gateway.ts';
import type { GatewayContext } from './context.ts';
import { shapeError, withRequestId } from './error-shape.ts';
import type { JsonObject } from './execution/own-properties.ts';

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** The header `www-authenticate`. */
  readonly challenge?: string;
}

const APPROVAL_LACKING: PublicErrorCode = 'INSUFFICIENT_USER_AUTHENTICATION';

/** The status of an answer without any data for want of an approval (RFC 9470, section 3). */
export const APPROVAL_LACKING_STATUS = 401;

/** Whether the person has to approve something. */
export const lacksApproval = (errors: readonly GraphQLFormattedError[]): boolean =>
  errors.some(({ extensions }) => extensions?.['code'] === APPROVAL_LACKING);

/** Answers a request for a known operation. */
export async function answerKnown(
  operation: KnownOperation,
  variables: JsonObject,
  context: GatewayContext,
  { open, log }: { readonly open: boolean; readonly log: Pick<Logger, 'error'> },
): Promise<HttpAnswer> {
  let result: OperationResult;
  let unrunStatus = 400;
  try {
    result = await operation.run(variables, context);
  } catch (error) {
    unrunStatus = 500;
    if (!(error instanceof GraphQLError)) {
      log.error({ err: error, requestId: context.requestId }, 'an operation failed');
    }
    result = { errors: [error instanceof GraphQLError ? error : new GraphQLError('unforeseen')] };
  }
  const { data, errors: found = [], extensions } = result;
  if (found.length === 0) return { status: 200, body: `${JSON.stringify({ data, extensions })}\n` };
  const errors = found.map((error) => shapeError(formatted(error), open));
  const body = JSON.stringify({
    errors: errors.map((error) => withRequestId(error, context.requestId)),
    data,
    extensions,
  });
  const status = statusOf(found) ?? (data === undefined ? unrunStatus : 200);
  if (!lacksApproval(errors)) return { status, body: `${body}\n` };
  return {
    status: data === null ? APPROVAL_LACKING_STATUS : status,
    body: `${body}\n`,
    challenge: approvalChallenge(),
  };
}

/** An error as it is before it is shaped. One about a variable has no code of its own. */
function formatted({ message, path, extensions, nodes }: GraphQLError): GraphQLFormattedError {
  const isVariable = nodes?.length === 1 && nodes[0]?.kind === Kind.VARIABLE_DEFINITION;
  const code = extensions['code'] ?? (isVariable ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR');
  return { message, ...(path === undefined ? {} : { path }), extensions: { ...extensions, code } };
}

/** The status that an error asks for; the last one that does has its way. */
function statusOf(errors: readonly GraphQLError[]): number | undefined {
  return errors.reduce<number | undefined>((status, { extensions }) => {
    const http = extensions['http'] as { readonly status?: unknown } | undefined;
    return typeof http?.status === 'number' ? http.status : status;
  }, undefined);
}
