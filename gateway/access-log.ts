/** Every reading of a person's record is in that person's access log before the answer goes out. */
import { GraphQLError } from 'graphql';

import { publicError } from '../runtime/graphql-error.ts';
import type { GatewayContext } from './context.ts';
import { recordDeadline } from './deadline.ts';
import { type AskOptions, askSubgraph } from './subgraphs/ask-subgraph.ts';

/** Records what one operation read of people, other than their own record by `me`: that is named by no subgraph. */
export type RecordAccess = (context: GatewayContext, fields: readonly string[]) => Promise<void>;

/**
 * Creates the writer of the access log, which the passport subgraph keeps.
 *
 * The writer throws `SERVICE_UNAVAILABLE` when an entry cannot be written: then nothing that was read goes out.
 */
export function accessLog(passport: AskOptions): RecordAccess {
  return async ({ caller, people, deadline: operation }, fields) => {
    if (caller === undefined) return;
    if (people.size === 0) return;
    const body = JSON.stringify({ people: [...people], fields });
    try {
      const deadline = recordDeadline(operation);
      await askSubgraph(passport, caller, { path: '/access-log', body, deadline }, 204);
    } catch (cause) {
      const { message, extensions } = publicError('SERVICE_UNAVAILABLE', {
        source: passport.name,
        retryable: true,
        http: { status: 503 },
      });
      throw new GraphQLError(message, { extensions, originalError: cause as Error });
    }
  };
}
