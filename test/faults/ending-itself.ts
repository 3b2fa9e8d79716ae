/** A process that ends itself, hard, at a chosen step: before or after any call of a port or statement to the database. */
import type { Kysely, KyselyPlugin } from 'kysely';

import type { Database } from '../../runtime/database.ts';

/** Counts steps, and ends the process at the one that was chosen. */
export interface Ending {
  /** Counts from 1 from now on and ends at this step; 0 counts nothing. */
  readonly endAt: (step: number) => void;
  /** The same database, with every statement counted. */
  readonly counted: (database: Database) => Database;
  /** The same port, with every call counted. */
  readonly wrap: <Port extends object>(name: string, port: Port) => Port;
}

/** Creates a counter that has not begun. */
export function createEnding(): Ending {
  let step = 0;
  let last = 0;
  const passStep = (): void => {
    if (last === 0) return;
    step += 1;
    if (step === last) process.kill(process.pid, 'SIGKILL');
  };
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      passStep();
      return node;
    },
    transformResult: ({ result }) => {
      passStep();
      return Promise.resolve(result);
    },
  };
  return {
    endAt: (chosen) => {
      step = 0;
      last = chosen;
    },
    counted: (database) => ({
      ...database,
      schema: <Tables>(name: string): Kysely<Tables> =>
        database.schema<Tables>(name).withPlugin(counting),
    }),
    wrap: (_name, port) =>
      new Proxy(port, {
        get(target, name, receiver): unknown {
          const member: unknown = Reflect.get(target, name, receiver);
          if (typeof member !== 'function') return member;
          return async (...args: unknown[]): Promise<unknown> => {
            passStep();
            const answer: unknown = await (Reflect.apply(member, target, args) as Promise<unknown>);
            passStep();
            return answer;
          };
        },
      }),
  };
}
