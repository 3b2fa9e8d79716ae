/** Rate limits whose refusals are counted when anybody counts. */
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import type { GatewayMetrics } from './metrics.ts';

/** Counts what a limiter refuses, by the quota that had nothing left. */
export function countedLimits(
  rates: RateLimiter,
  metrics: Pick<GatewayMetrics, 'limited'> | undefined,
): RateLimiter {
  if (metrics === undefined) return rates;
  return {
    take: async (who, units) => {
      const allowance = await rates.take(who, units);
      const [tightest] = allowance.standings;
      if (!allowance.granted && tightest !== undefined) metrics.limited(tightest.quota.name);
      return allowance;
    },
  };
}
