/** Staff records that have been read once and are kept, so that what is measured is the server and not the database. */
import type { StaffRecords } from '../../subgraphs/esr/domain/ports.ts';

/** Keeps every answer of a store for ever, and gives it after a turn of the promise queue. */
export function keptRecords(records: StaffRecords): StaffRecords {
  const kept = new Map<string, Promise<unknown>>();
  return Object.fromEntries(
    Object.entries(records).map(([name, read]) => [
      name,
      (...given: readonly unknown[]) => {
        const key = `${name} ${JSON.stringify(given)}`;
        let answer = kept.get(key);
        if (answer === undefined) {
          answer = (read as (...given: readonly unknown[]) => Promise<unknown>)(...given);
          kept.set(key, answer);
        }
        return answer;
      },
    ]),
  ) as unknown as StaffRecords;
}
