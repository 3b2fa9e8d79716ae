/** How the gateway says that it and what is behind it are doing. */
import { z } from 'zod';

import { withPatience } from '../../runtime/config.ts';
import type { AskGraphHealth } from '../domain/graph.ts';

/** How long asking may take, in milliseconds: a check of the gateway's own may take two seconds. */
const DEADLINE_MS = 4_000;

const readiness = z.object({
  parts: z.record(z.string().max(100), z.enum(['up', 'down'])),
});

/**
 * Asks.
 *
 * @param url the graph
 * @returns `undefined` when nothing answers
 */
export const graphHealthAt =
  (url: string): AskGraphHealth =>
  async () => {
    try {
      const response = await fetch(new URL('/readyz', url), {
        redirect: 'error',
        signal: AbortSignal.timeout(withPatience(DEADLINE_MS)),
      });
      // Not ready is an answer, too.
      const { parts } = readiness.parse(await response.json());
      return Object.entries(parts).map(([name, state]) => ({ name, isUp: state === 'up' }));
    } catch {
      return undefined;
    }
  };
