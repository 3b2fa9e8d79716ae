/** Work that goes on a few at a time, so that a crowd waits for its turn and not for each other's connections. */

/** Too many wait already. Retrying later may work. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
  readonly code = 'unavailable';
}

/** How much goes on, and how much waits. */
export interface TurnLimits {
  readonly atOnce: number;
  readonly mostWaiting: number;
  /** Of one holder. */
  readonly mostOfOne?: number;
}

/** Who waits. */
export interface Waiter {
  /** Whose place it is: see {@link TurnLimits.mostOfOne}. */
  readonly holder: string;
  /** Aborted when the work is not wanted any more. Work that has begun goes on. */
  readonly left: AbortSignal;
}

/** Does work when it is its turn. */
export type InTurn = <Result>(work: () => Promise<Result>, waiter?: Waiter) => Promise<Result>;

/**
 * Makes a function that runs work when it is its turn: first come, first served.
 *
 * @returns rejects with {@link TooManyWaiting} when too many wait already, with the signal's reason when the waiter left
 * before its turn, and otherwise as the work does
 */
export function inTurn({ atOnce, mostWaiting, mostOfOne = mostWaiting }: TurnLimits): InTurn {
  let free = atOnce;
  // In order of arrival; those who left are taken out.
  const waiting = new Map<() => void, Waiter | undefined>();
  const isFull = (waiter: Waiter | undefined): boolean => {
    if (waiting.size >= mostWaiting) return true;
    if (waiter === undefined) return false;
    const ofOne = [...waiting.values()].filter((one) => one?.holder === waiter.holder);
    return ofOne.length >= mostOfOne;
  };
  const turn = async (waiter: Waiter | undefined): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (isFull(waiter)) throw new TooManyWaiting('too many wait already');
    // Whoever ends hands its place on.
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        waiter?.left.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        waiting.delete(enter);
        reject(waiter?.left.reason as Error);
      };
      waiting.set(enter, waiter);
      waiter?.left.addEventListener('abort', leave, { once: true });
    });
  };
  return async (work, waiter) => {
    waiter?.left.throwIfAborted();
    await turn(waiter);
    try {
      return await work();
    } finally {
      const [next] = waiting.keys();
      if (next === undefined) free += 1;
      else {
        waiting.delete(next);
        next();
      }
    }
  };
}
