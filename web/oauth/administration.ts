/** Identity's administration API: roles, applications, ways to sign in again. */
import { z } from 'zod';

import { withPatience } from '../../runtime/config.ts';
import { RemoteUnavailable } from '../../runtime/machine-client.ts';
import { REQUEST_ID_HEADER } from '../../runtime/request-id.ts';
import { traceHeaders } from '../../runtime/trace-context.ts';
import { transactionShape } from '../../standards/transaction.ts';
import { ApprovalNeeded } from '../domain/graph.ts';
import type { Administration } from '../domain/ports.ts';

/** How long one call may take, in milliseconds. */
const DEADLINE_MS = 5_000;

const approvalAsked = z.looseObject({ transaction: transactionShape });

/**
 * Creates the client.
 *
 * @param identityUrl where this process reaches identity
 * @param resource the API as a resource: what tokens and approvals are for
 */
export const administrationAt =
  (identityUrl: string, resource: string): Administration =>
  async (token, requestId, { method, path, body }) => {
    let response: Response;
    try {
      response = await fetch(identityUrl + path, {
        method,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...traceHeaders(),
          [REQUEST_ID_HEADER]: requestId,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(withPatience(DEADLINE_MS)),
      });
    } catch (cause) {
      throw new RemoteUnavailable('identity does not answer', { cause });
    }
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.status >= 500) throw new RemoteUnavailable('identity does not answer');
    const asked = approvalAsked.safeParse(answer);
    if (response.status === 401 && asked.success) {
      throw new ApprovalNeeded(asked.data.transaction, resource);
    }
    return { status: response.status, body: answer };
  };
