/** How many requests to one subgraph are under way at once, and how many may wait for their turn. */

/** Limited places. */
export interface Places {
  /**
   * Takes a place, waiting for one when it has to. True when there is one: then {@link Places.leave} is owed.
   * False at once when too many wait.
   *
   * @throws the signal's reason when it is aborted first
   */
  readonly take: (signal: AbortSignal) => Promise<boolean> | boolean;
  readonly leave: () => void;
}

/** Creates `limit` places with room for `waiting` more. */
export function createPlaces(limit: number, waiting: number): Places {
  let taken = 0;
  // In order of arrival; those who gave up are taken out.
  const queue = new Set<() => void>();
  return {
    take: (signal) => {
      if (taken < limit) {
        taken += 1;
        return true;
      }
      if (queue.size >= waiting) return false;
      return new Promise((resolve, reject) => {
        const enter = (): void => {
          signal.removeEventListener('abort', giveUp);
          resolve(true);
        };
        const giveUp = (): void => {
          queue.delete(enter);
          reject(signal.reason as Error);
        };
        if (signal.aborted) {
          giveUp();
          return;
        }
        queue.add(enter);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
    leave: () => {
      const [next] = queue;
      if (next === undefined) {
        taken -= 1;
        return;
      }
      queue.delete(next);
      next();
    },
  };
}
