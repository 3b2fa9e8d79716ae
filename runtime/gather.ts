/** Looking many things up in one question, though each caller asks for one. */

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
      waiting.push({ wanted, resolve, reject });
      if (waiting.length > 1) return;
      setImmediate(() => {
        const all = waiting;
        waiting = [];
        for (let from = 0; from < all.length; from += AT_ONCE) {
          void answer(all.slice(from, from + AT_ONCE));
        }
      });
    });
}

interface Waiting<Wanted, Found> {
  readonly wanted: Wanted;
  readonly resolve: (found: Found | undefined) => void;
  readonly reject: (error: unknown) => void;
}
