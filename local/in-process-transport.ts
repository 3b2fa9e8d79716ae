/** The gateway's way to a subgraph, or to identity, in the same process: the part's own routes, without a socket between. */
import type { SubgraphTransport } from '../gateway/subgraphs/transport.ts';
import { CALLER_HEADER } from '../runtime/caller-statement.ts';
import { type Composed, createHttpServer } from '../runtime/http-server.ts';
import type { Logger } from '../runtime/log.ts';
import { REMAINING_HEADER } from '../runtime/request-deadline.ts';
import { REQUEST_ID_HEADER } from '../runtime/request-id.ts';
import { traceHeaders } from '../runtime/trace-context.ts';

/** Opens the private routes of a composed part to the gateway, and to nobody else. */
export async function inProcessTransport(
  name: string,
  { privateRoutes, checks }: Composed,
  log: Logger,
): Promise<SubgraphTransport> {
  const app = await createHttpServer({
    name,
    log: log.child({ process: name }),
    routes: privateRoutes === undefined ? [] : [privateRoutes],
    checks,
    draining: () => false,
  });
  return async ({ path, body, statement, requestId, deadline: { signal, remaining } }) => {
    // The signal closes the connection, as it were: the part sees that and stops.
    const answer = await app.inject({
      method: 'POST',
      url: path,
      payload: body,
      signal,
      headers: {
        'content-type': 'application/json',
        ...traceHeaders(),
        [CALLER_HEADER]: statement,
        [REQUEST_ID_HEADER]: requestId,
        [REMAINING_HEADER]: String(remaining()),
      },
    });
    return { status: answer.statusCode, body: answer.body };
  };
}
