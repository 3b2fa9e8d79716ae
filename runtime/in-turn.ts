/** Work that goes on a few at a time, so that a crowd waits for its turn and not for each other's connections. */

/** Too many wait already. Retrying later may work. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
  readonly code = 'unavailable';
}

/**
 * Makes a function that runs work when it is its turn: first come, first served.
 *
 * @param atOnce how much goes on at a time
 * @param mostWaiting how much may wait
 * @returns rejects with {@link TooManyWaiting} when that many wait already, and otherwise as the work does
 */
export function inTurn(
  atOnce: number,
  mostWaiting: number,
): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  const turn = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (waiting.length >= mostWaiting) throw new TooManyWaiting('too many wait already');
    // Whoever ends hands its place on.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return async (work) => {
    await turn();
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
