/** Bounds how much one address can have kept here without having shown who it is. */
import type { FastifyReply, FastifyRequest } from 'fastify';

import { clientAddress } from '../../runtime/client-address.ts';
import type { AttemptCounter } from '../domain/ports.ts';

/** The paths that keep something for whoever comes: a sign-in for ten minutes, a pushed request for one. */
const KEEPING = new Set(['/oauth/authorize', '/oauth/par']);
/** Over how long is counted, in seconds. */
const WINDOW_SECONDS = 60;
/** Most requests from one address in that time. Whole hospitals share one, so the bound is wide. */
const MAX_REQUESTS = 1_200;

/** Creates the check that goes before every request. It answers those that are too many. */
export function boundByAddress({
  issuer,
  counter,
  now,
}: {
  readonly issuer: string;
  readonly counter: Pick<AttemptCounter, 'count'>;
  readonly now: () => Date;
}): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  return async (request, reply) => {
    const [path = ''] = request.url.split('?');
    if (!KEEPING.has(path) || request.method === 'OPTIONS') return undefined;
    const window = Math.floor(now().getTime() / 1000 / WINDOW_SECONDS);
    const name = `from:${clientAddress(request, issuer)}:${String(window)}`;
    if ((await counter.count(name, WINDOW_SECONDS)) <= MAX_REQUESTS) return undefined;
    return reply
      .code(429)
      .header('retry-after', String(WINDOW_SECONDS))
      .header('cache-control', 'no-store')
      .send({ error: 'temporarily_unavailable', error_description: 'too many requests' });
  };
}
