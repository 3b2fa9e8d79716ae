/** Counts attempts in the key-value store and, for the time it is away, in this process. */
import type { AttemptCounter } from '../domain/ports.ts';
import type { KeyValue } from '../../runtime/key-value.ts';

/** Creates the counter. `local` always counts too, so that losing the shared store opens nothing. */
export function attemptCounter(shared: KeyValue, local: KeyValue): AttemptCounter {
  return {
    count: async (key, windowSeconds) => {
      const here = await local.increment(key, windowSeconds);
      const everywhere = await shared.increment(key, windowSeconds).catch(() => 0);
      return Math.max(here, everywhere);
    },
    forget: async (key) => {
      await local.delete(key);
      await shared.delete(key).catch(() => undefined);
    },
  };
}
