/** `GET /metrics` on a port of its own, on an address that only operators reach. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { FastifyInstance } from 'fastify';

import { COME_BACK_SECONDS } from '../../runtime/route-work.ts';
import type { GatewayMetrics } from './metrics.ts';

/** Counts the answers of an application's routes that say that the client may ask no more now. */
export function countStatuses(
  app: FastifyInstance,
  { turnedAway }: Pick<GatewayMetrics, 'turnedAway'>,
): void {
  app.addHook('onResponse', (_request, reply, done) => {
    if (reply.statusCode === 429) turnedAway('rate_limit');
    if (reply.statusCode === 503) {
      // Who is let go for want of time is told to come back this soon, and nobody else is.
      const isShed = reply.getHeader('retry-after') === String(COME_BACK_SECONDS);
      turnedAway(isShed ? 'shed' : 'unavailable');
    }
    done();
  });
}

/** Serves the counts. */
export async function serveMetrics(
  metrics: Pick<GatewayMetrics, 'text' | 'contentType'>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
