/** Which people and accounts have a certain key in common, by rows of two lists. */
import { numberKeys } from './linkage/block-index.ts';

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
  /** Those of which a key is of nobody else. */
  readonly alone: readonly number[];
}

/** Pairs of rows by the ids of their records. An account without a row in the table has an empty one. */
export const namedRows = (
  pairs: readonly number[],
  {
    people,
    accounts,
  }: Readonly<Record<'people' | 'accounts', { readonly ids: readonly string[] }>>,
): {
  readonly length: number;
  readonly at: (place: number) => readonly [person: string, account: string] | undefined;
} => ({
  length: pairs.length,
  at(place) {
    const pair = pairs[place];
    if (pair === undefined) return undefined;
    return [
      people.ids[Math.floor(pair / ACCOUNT_ROWS)] ?? '',
      accounts.ids[pair % ACCOUNT_ROWS] ?? '',
    ];
  },
});

/** Joins the keys of people and of accounts. A pair is told once for each key. */
export function joinKeys(people: KeyColumn, accounts: KeyColumn): JoinedKeys {
  const right = accounts.read();
  const left = people.read();
  const places = numberKeys(right.keys);
  /** By place of a key: the last account that has it, and by entry the one before. */
  const heads = new Int32Array(places.count).fill(-1);
  const next = new Int32Array(right.keys.length);
  for (let at = 0; at < right.keys.length; at += 1) {
    const place = places.ofEntry[at] as number;
    next[at] = heads[place] as number;
    heads[place] = at;
  }
  const placesOfLeft = new Int32Array(left.keys.length);
  const holders = new Int32Array(places.count);
  let count = 0;
  for (let at = 0; at < left.keys.length; at += 1) {
    const place = places.placeOf(left.keys[at] as number);
    placesOfLeft[at] = place;
    if (place < 0) continue;
    holders[place] = (holders[place] as number) + 1;
    for (let link = heads[place] as number; link >= 0; link = next[link] as number) count += 1;
  }
  const pairs = new Float64Array(count);
  const alone = new Set<number>();
  let found = 0;
  for (let at = 0; at < left.keys.length; at += 1) {
    const place = placesOfLeft[at] as number;
    if (place < 0) continue;
    const head = heads[place] as number;
    for (let link = head; link >= 0; link = next[link] as number) {
      const pair = (left.rows[at] as number) * ACCOUNT_ROWS + (right.rows[link] as number);
      pairs[found] = pair;
      found += 1;
      if (holders[place] === 1 && next[head] === -1) alone.add(pair);
    }
  }
  return { pairs, alone: [...alone] };
}
