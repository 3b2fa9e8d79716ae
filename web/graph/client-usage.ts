/** What the gateway says of a client's use: today and the days before, how much it may ask, and what is left of that. */
import { z } from 'zod';

import { withPatience } from '../../runtime/config.ts';
import { REQUEST_ID_HEADER } from '../../runtime/request-id.ts';
import { traceHeaders } from '../../runtime/trace-context.ts';
import type { ReadClientUsage } from '../domain/ports.ts';

const shape = z.object({
  limits: z.object({ perSecond: z.number(), perDay: z.number() }),
  now: z
    .array(
      z.object({
        limit: z.number(),
        windowSeconds: z.number(),
        left: z.number(),
        resetSeconds: z.number(),
      }),
    )
    .max(2),
  days: z.array(z.object({ day: z.string(), requests: z.number(), refused: z.number() })).max(31),
});

/** How long one answer may take, in milliseconds. */
const DEADLINE_MS = 3_000;

/**
 * Creates what asks.
 *
 * @param graphUrl the graph as this process reaches it: the use of clients is beside it
 */
export const clientUsageAt =
  (graphUrl: string): ReadClientUsage =>
  async (token, requestId, clientId) => {
    try {
      const response = await fetch(new URL(`/usage/${encodeURIComponent(clientId)}`, graphUrl), {
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...traceHeaders(),
          [REQUEST_ID_HEADER]: requestId,
        },
        redirect: 'error',
        signal: AbortSignal.timeout(withPatience(DEADLINE_MS)),
      });
      return response.ok ? shape.parse(await response.json()) : undefined;
    } catch {
      return undefined;
    }
  };
