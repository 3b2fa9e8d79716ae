/** Looking many things up in one question, though each caller asks for one. It is given up when nobody waits any more. */
import { allLeft } from './all-left.ts';
import { requestSignal, workFor } from './request-deadline.ts';

/** Most things in one question. */
const AT_ONCE = 500;

/**
 * Makes a function that finds one thing of one that finds many: what is asked for in the same moment is found together.
 *
 * @param findAll answers in the order of what it is asked for, `undefined` where there is nothing
 */
export function gather<Wanted, Found>(
  findAll: (wanted: readonly Wanted[]) => Promise<readonly (Found | undefined)[]>,
): (wanted: Wanted) => Promise<Found | undefined> {
  let waiting: Waiting<Wanted, Found>[] = [];
  const answer = async (asked: readonly Waiting<Wanted, Found>[]): Promise<void> => {
    try {
      const found = await findAll(asked.map(({ wanted }) => wanted));
      asked.forEach(({ resolve }, at) => {
        resolve(found[at]);
      });
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };
  return (wanted) =>
    new Promise((resolve, reject) => {
      waiting.push({ wanted, resolve, reject, signal: requestSignal() });
      if (waiting.length > 1) return;
      setImmediate(() => {
        const all = waiting;
        waiting = [];
        for (let from = 0; from < all.length; from += AT_ONCE) {
          const asked = all.slice(from, from + AT_ONCE);
          void workFor(allOf(asked), () => answer(asked));
        }
      });
    });
}

interface Waiting<Wanted, Found> {
  readonly wanted: Wanted;
  readonly resolve: (found: Found | undefined) => void;
  readonly reject: (error: unknown) => void;
  /** Of the request that waits. */
  readonly signal: AbortSignal | undefined;
}

/** Aborted when all their requests are over. `undefined` when somebody waits who is no request. */
function allOf(asked: readonly Pick<Waiting<unknown, unknown>, 'signal'>[]) {
  const signals = [...new Set(asked.map(({ signal }) => signal))];
  const live = signals.filter((signal) => signal?.aborted !== true);
  const waiting = allLeft();
  // Those that are over do not count, unless there are no others.
  for (const signal of live.length > 0 ? live : signals) {
    if (signal === undefined) return undefined;
    waiting.join(signal);
  }
  return waiting.left;
}
