/** `GET /usage/{clientId}`: what a client asked for, how much it may, and how much of that is left. For its own organisation only. */
import type { FastifyPluginAsync } from 'fastify';

import { SOURCE_BACK_SECONDS } from '../runtime/unavailable.ts';
import { admit } from './admit.ts';
import type { AuthenticationRules } from './authenticate.ts';
import { errorBody } from './error-shape.ts';
import type { ClientUsage } from './rate-limits/client-usage.ts';
import type { LimitsNow, RateLimiter } from './rate-limits/rate-limiter.ts';
import { type RateLimitSettings, systemAmounts } from './rate-limits/settings.ts';

/** What the route needs. */
export interface UsageRouteOptions {
  readonly authentication: AuthenticationRules;
  readonly rates: RateLimiter;
  readonly usage: Pick<ClientUsage, 'read'>;
  readonly limits: RateLimitSettings | undefined;
  readonly now: Pick<LimitsNow, 'ofSystem'>;
  /** Where clients find this process. */
  readonly publicUrl: string;
}

/** Held by those who administer an organisation's systems. */
const SCOPE = 'signal:manage';

/** Makes the route. */
export const usageRoute =
  ({
    authentication,
    rates,
    usage,
    limits,
    now,
    publicUrl,
  }: UsageRouteOptions): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Params: { clientId: string } }>(
      '/usage/:clientId',
      { exposeHeadRoute: false, config: { work: 'search' } },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const target = { method: 'GET', url: `${publicUrl}${request.url.replace(/\?.*$/s, '')}` };
        const who = await admit(request, reply, { authentication, rates, target });
        if (who.kind === 'unavailable') {
          reply.header('retry-after', String(SOURCE_BACK_SECONDS));
          return reply.code(503).send(errorBody('SERVICE_UNAVAILABLE', request.id));
        }
        if (who.kind === 'too-many') {
          const { retryAfter } = who;
          return reply.code(429).send(errorBody('TOO_MANY_REQUESTS', request.id, { retryAfter }));
        }
        if (who.kind !== 'caller') {
          reply.header('www-authenticate', who.kind === 'bad-token' ? who.challenge : 'Bearer');
          return reply.code(401).send(errorBody('UNAUTHENTICATED', request.id));
        }
        const { caller } = who;
        const { clientId } = request.params;
        const isOwn =
          caller.kind === 'machine' ? caller.clientId === clientId : caller.scopes.has(SCOPE);
        if (caller.odsCode === undefined || !isOwn) {
          return reply.code(403).send(errorBody('FORBIDDEN', request.id));
        }
        const days = await usage.read(caller.odsCode, clientId);
        // Limits are counted by client alone, days for each organisation: who asked today is a client of theirs.
        const [today] = days;
        const isTheirs = today !== undefined && today.requests + today.refused > 0;
        const standings = isTheirs ? await now.ofSystem(clientId) : [];
        return reply.send({
          limits: systemAmounts(limits, clientId),
          now: standings.map(({ quota, left, resetSeconds }) => ({
            limit: quota.units,
            windowSeconds: quota.windowSeconds,
            left,
            resetSeconds,
          })),
          days,
        });
      },
    );
    await Promise.resolve();
  };
