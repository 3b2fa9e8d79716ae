/**
 * What a client is told of its limits: `RateLimit-Policy` and `RateLimit` as in draft-ietf-httpapi-ratelimit-headers-10, and
 * `RateLimit-Limit`, `-Remaining` and `-Reset` as in the drafts up to 7, which clients know.
 */
import type { Allowance } from './rate-limiter.ts';
import type { Standing } from './shared-counts.ts';

/** Whatever takes headers. */
export interface TakesHeaders {
  readonly header: (name: string, value: string) => unknown;
}

/** Says where a caller stands, and when to come back if the request is refused. */
export function setRateLimitHeaders(reply: TakesHeaders, { granted, standings }: Allowance): void {
  const [tightest] = standings;
  if (tightest === undefined) return;
  const { quota, left, resetSeconds } = tightest;
  reply.header('ratelimit-policy', standings.map(policy).join(', '));
  reply.header('ratelimit', `"${quota.name}";r=${String(left)};t=${String(resetSeconds)}`);
  reply.header('ratelimit-limit', String(quota.units));
  reply.header('ratelimit-remaining', String(left));
  reply.header('ratelimit-reset', String(resetSeconds));
  if (!granted) reply.header('retry-after', String(resetSeconds));
}

const policy = ({ quota }: Standing): string =>
  `"${quota.name}";q=${String(quota.units)};w=${String(quota.windowSeconds)}`;
