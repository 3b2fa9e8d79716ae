/** Rate limits whose refusals are counted when anybody counts. */
import type { Allowance, RateLimiter } from '../rate-limits/rate-limiter.ts';
import type { GatewayMetrics } from './metrics.ts';

/** Counts what a limiter refuses, by the quota that had nothing left. */
export function countedLimits(
  rates: RateLimiter,
  metrics: Pick<GatewayMetrics, 'limited'> | undefined,
): RateLimiter {
  if (metrics === undefined) return rates;
  const count = ({ granted, standings: [tightest] }: Allowance): void => {
    if (!granted && tightest !== undefined) metrics.limited(tightest.quota.name);
  };
  return {
    take: async (who, units) => {
      const allowance = await rates.take(who, units);
      count(allowance);
      return allowance;
    },
    usedUp: (caller) => {
      const allowance = rates.usedUp(caller);
      if (allowance !== undefined) count(allowance);
      return allowance;
    },
  };
}
