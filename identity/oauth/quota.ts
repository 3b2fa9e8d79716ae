/** How many tokens a client may ask for. Counted once it has proved who it is: nobody else can use its quota up. */
import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';

import type { AttemptCounter } from '../domain/ports.ts';
import { clientFacts } from './clients.ts';

/** What quotas are kept with. */
export interface QuotaParts {
  readonly counter: Pick<AttemptCounter, 'count'>;
  /** Requests in a minute of a client without a number of its own. */
  readonly tokensPerMinute: number;
  readonly now: () => Date;
}

const WINDOW_SECONDS = 60;

/**
 * Counts one request.
 *
 * @throws {errors.OIDCProviderError} 429 `too_many_requests`, with `Retry-After`
 */
export async function spendQuota(
  ctx: KoaContextWithOIDC,
  client: Client,
  { counter, tokensPerMinute, now }: QuotaParts,
): Promise<void> {
  const seconds = now().getTime() / 1000;
  const minute = Math.floor(seconds / WINDOW_SECONDS);
  const count = await counter.count(
    `tokens:${client.clientId}:${String(minute)}`,
    2 * WINDOW_SECONDS,
  );
  if (count <= (clientFacts(client).tokensPerMinute ?? tokensPerMinute)) return;
  ctx.set('retry-after', String(Math.ceil((minute + 1) * WINDOW_SECONDS - seconds)));
  throw new errors.OIDCProviderError(429, 'too_many_requests');
}
