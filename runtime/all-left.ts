/** Work that several wait for, and that nobody needs once the last of them has left. */

/** Those who wait. */
export interface Waiting {
  /** Aborted when everybody has left. Nobody can join then. */
  readonly left: AbortSignal;
  /** Another waits, until its signal is aborted. */
  readonly join: (signal: AbortSignal) => void;
}

/** Nobody waits yet. */
export function allLeft(): Waiting {
  const controller = new AbortController();
  let count = 0;
  return {
    left: controller.signal,
    join: (signal) => {
      count += 1;
      const leave = (): void => {
        count -= 1;
        if (count === 0) controller.abort(signal.reason);
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    },
  };
}
