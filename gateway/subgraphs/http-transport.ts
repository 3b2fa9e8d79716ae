/** A subgraph reached over HTTP, with connections of its own so that one slow subgraph cannot starve the others. */
import { Pool } from 'undici';

import { CALLER_HEADER } from '../../runtime/caller-statement.ts';
import { withPatience } from '../../runtime/config.ts';
import { REQUEST_ID_HEADER } from '../../runtime/request-id.ts';
import { ANSWER_LIMIT, type SubgraphTransport } from './transport.ts';

/** A subgraph over HTTP. */
export interface HttpSubgraph {
  readonly send: SubgraphTransport;
  /** Rejects when the subgraph is not alive. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Connections to one subgraph. */
const CONNECTIONS = 50;
/** Longest wait for a connection, for the head of an answer, and between two parts of its body, in milliseconds. */
const PATIENCE_MS = 2_500;

/** Opens connections to a subgraph when they are first needed. `url` is the subgraph's base address. */
export function httpSubgraph(url: string): HttpSubgraph {
  const { origin, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    headersTimeout: withPatience(PATIENCE_MS),
    bodyTimeout: withPatience(PATIENCE_MS),
    keepAliveTimeout: 60_000,
    connect: { timeout: withPatience(PATIENCE_MS) },
    maxResponseSize: ANSWER_LIMIT,
  });
  return {
    async send({ path, body, statement, requestId }) {
      const answer = await pool.request({
        method: 'POST',
        path: `${base}${path}`,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          [CALLER_HEADER]: statement,
          [REQUEST_ID_HEADER]: requestId,
        },
        body,
        signal: AbortSignal.timeout(withPatience(PATIENCE_MS)),
      });
      return { status: answer.statusCode, body: await answer.body.text() };
    },
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
