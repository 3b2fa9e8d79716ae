/** Many files, one after another: while one is applied, the next one of another organisation is read. */
import type { ImportProgress } from './import-file.ts';

/** What an import of one of several files says about where it is. */
export interface FileTurn {
  /** Waits until the files of this organisation before this one have been imported. Asked once, before anything is compared. */
  readonly ready: (odsCode: string) => Promise<void>;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** Imports at most this many at once: one is read, one is applied. */
const AT_ONCE = 2;

/**
 * Imports files in the order given.
 *
 * @param atOnce 1 when the database has one connection
 * @returns the outcomes in the order of the files
 * @throws what one of them threw, when those that had begun have ended; no other is begun
 */
export async function inTurns<Outcome>(
  paths: readonly string[],
  importOne: (path: string, turn: FileTurn) => Promise<Outcome>,
  atOnce = AT_ONCE,
): Promise<Outcome[]> {
  const outcomes: Promise<Outcome>[] = [];
  const lastOf = new Map<string, Promise<unknown>>();
  const seen = { failure: false };
  for (const path of paths) {
    if (outcomes.length >= atOnce)
      await Promise.allSettled(outcomes.slice(0, 1 - atOnce + outcomes.length));
    if (seen.failure) break;
    // The next one may begin when this one has been read.
    await new Promise<void>((next) => {
      const outcome: Promise<Outcome> = importOne(path, {
        ready: async (odsCode) => {
          const before = lastOf.get(odsCode);
          lastOf.set(odsCode, outcome);
          await before;
        },
        onProgress: ({ stage }) => {
          if (stage !== 'reading') next();
        },
      });
      outcomes.push(outcome);
      outcome.then(
        () => {
          next();
        },
        () => {
          seen.failure = true;
          next();
        },
      );
    });
  }
  await Promise.allSettled(outcomes);
  return Promise.all(outcomes);
}
