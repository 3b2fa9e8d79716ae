/** Which people and accounts have a certain key in common, by rows of two lists. */
import { numberKeys } from './linkage/number-keys.ts';

/** Above any number of accounts: a pair of rows is one number below 2^53. */
export const ACCOUNT_ROWS = 2 ** 23;

/** Certain keys of one list, by row. */
export interface KeyColumn {
  readonly add: (key: number, row: number) => void;
  readonly read: () => { readonly keys: Float64Array; readonly rows: Int32Array };
}

/** An empty column. It grows. */
export function keyColumn(): KeyColumn {
  let keys = new Float64Array(1 << 16);
  let rows = new Int32Array(1 << 16);
  let count = 0;
  return {
    add(key, row) {
      if (count === keys.length) {
        const longerKeys = new Float64Array(count * 2);
        longerKeys.set(keys);
        keys = longerKeys;
        const longerRows = new Int32Array(count * 2);
        longerRows.set(rows);
        rows = longerRows;
      }
      keys[count] = key;
      rows[count] = row;
      count += 1;
    },
    read: () => ({ keys: keys.subarray(0, count), rows: rows.subarray(0, count) }),
  };
}

/** Pairs of rows: that of the person times {@link ACCOUNT_ROWS}, and that of the account. */
export interface JoinedKeys {
  /** Pairs with a key in common. */
  readonly pairs: Float64Array;
  /** Those of which a key is of nobody else, each once. */
  readonly alone: Float64Array;
}

/** Pairs of rows, each as two numbers. */
export const rowsOfPairs = (
  pairs: Float64Array,
): {
  readonly length: number;
  readonly at: (place: number) => readonly [person: number, account: number] | undefined;
} => ({
  length: pairs.length,
  at(place) {
    const pair = pairs[place];
    if (pair === undefined) return undefined;
    return [Math.floor(pair / ACCOUNT_ROWS), pair % ACCOUNT_ROWS];
  },
});

/** Joins the keys of people and of accounts, of which each has its rows in order. A pair is told once for each key. */
export function joinKeys(people: KeyColumn, accounts: KeyColumn): JoinedKeys {
  const right = accounts.read();
  const left = people.read();
  const numbered = numberKeys(left.keys, right.keys);
  /** By number of a key: the last account that has it, and by entry the one before. */
  const heads = new Int32Array(numbered.count).fill(-1);
  const next = new Int32Array(right.keys.length);
  for (let at = 0; at < right.keys.length; at += 1) {
    const number = numbered.right[at] as number;
    next[at] = heads[number] as number;
    heads[number] = at;
  }
  const holders = new Int32Array(numbered.count);
  let count = 0;
  for (const number of numbered.left) {
    if (number < 0) continue;
    holders[number] = (holders[number] as number) + 1;
    for (let link = heads[number] as number; link >= 0; link = next[link] as number) count += 1;
  }
  const pairs = new Float64Array(count);
  const alone = new Float64Array(count);
  let found = 0;
  let foundAlone = 0;
  for (let at = 0, row = -1, firstOfRow = 0; at < left.keys.length; at += 1) {
    const number = numbered.left[at] as number;
    if (number < 0) continue;
    if (left.rows[at] !== row) {
      row = left.rows[at] as number;
      firstOfRow = foundAlone;
    }
    const head = heads[number] as number;
    for (let link = head; link >= 0; link = next[link] as number) {
      const pair = row * ACCOUNT_ROWS + (right.rows[link] as number);
      pairs[found] = pair;
      found += 1;
      if (holders[number] !== 1 || next[head] !== -1) continue;
      if (alone.subarray(firstOfRow, foundAlone).includes(pair)) continue;
      alone[foundAlone] = pair;
      foundAlone += 1;
    }
  }
  return { pairs, alone: alone.slice(0, foundAlone) };
}
