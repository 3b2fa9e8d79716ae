/** A subgraph reached over HTTP, with connections of its own so that one slow subgraph cannot starve the others. */
import { type Dispatcher, Pool } from 'undici';

import { CALLER_HEADER } from '../../runtime/caller-statement.ts';
import { withPatience } from '../../runtime/config.ts';
import { REMAINING_HEADER } from '../../runtime/request-deadline.ts';
import { REQUEST_ID_HEADER } from '../../runtime/request-id.ts';
import { traceHeaders } from '../../runtime/trace-context.ts';
import {
  ANSWER_LIMIT,
  NotConnected,
  type SubgraphTransport,
  type TransportAnswer,
} from './transport.ts';

/** A subgraph over HTTP. */
export interface HttpSubgraph {
  readonly send: SubgraphTransport;
  /** Rejects when the subgraph is not alive. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Connections to one subgraph. */
const CONNECTIONS = 50;
/** Longest wait for a connection, and for an answer about health, in milliseconds. */
const PATIENCE_MS = 2_000;

/** What Node and undici call a connection that cannot be had, or that has ended. */
const DISCONNECTED =
  /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|UND_ERR_SOCKET|UND_ERR_CONNECT_TIMEOUT)$/;

/** Opens connections to a subgraph when they are first needed. `url` is the subgraph's base address. */
export function httpSubgraph(url: string): HttpSubgraph {
  const { origin, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    // A slow answer would hold up those behind it on the same connection.
    pipelining: 1,
    // The deadline of a message ends it, and no timer of the connection's own.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 60_000,
    connect: { timeout: withPatience(PATIENCE_MS) },
    maxResponseSize: ANSWER_LIMIT,
  });
  return {
    send: ({ path, body, statement, requestId, repeatable, deadline: { signal, remaining } }) =>
      exchange(
        pool,
        {
          method: 'POST',
          path: `${base}${path}`,
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            ...traceHeaders(),
            [CALLER_HEADER]: statement,
            [REQUEST_ID_HEADER]: requestId,
            [REMAINING_HEADER]: String(remaining()),
          },
          body,
          idempotent: repeatable,
        },
        signal,
      ),
    async check() {
      const answer = await pool.request({
        method: 'GET',
        path: `${base}/livez`,
        signal: AbortSignal.timeout(withPatience(PATIENCE_MS)),
      });
      await answer.body.dump();
      if (answer.statusCode !== 200) throw new Error('the subgraph is not alive');
    },
    close: () => pool.destroy(),
  };
}

/** One request and its whole answer. The connection is closed when the signal comes first: the other side sees that. */
function exchange(
  pool: Pool,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<TransportAnswer> {
  return new Promise((resolve, reject) => {
    let running: Dispatcher.DispatchController | undefined;
    let status = 0;
    const parts: Buffer[] = [];
    const give = (): void => {
      // A request that waits for a connection is ended when it gets one.
      reject(signal.reason as Error);
      running?.abort(signal.reason as Error);
    };
    if (signal.aborted) {
      give();
      return;
    }
    signal.addEventListener('abort', give);
    pool.dispatch(request, {
      onRequestStart(controller) {
        running = controller;
        if (signal.aborted) controller.abort(signal.reason as Error);
      },
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, part) {
        parts.push(part);
      },
      onResponseEnd() {
        signal.removeEventListener('abort', give);
        const [only] = parts;
        const whole = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
        resolve({ status, body: whole.toString('utf8') });
      },
      onResponseError(_controller, error) {
        signal.removeEventListener('abort', give);
        reject(
          'code' in error && typeof error.code === 'string' && DISCONNECTED.test(error.code)
            ? new NotConnected('there is no connection', { cause: error })
            : error,
        );
      },
    });
  });
}
