import { keySink, rowKeys } from './block-keys.ts';
import { keyFilter, slotInFilter } from './key-hash.ts';
import type { LinkageTable } from './linkage-table.ts';

/** The keys of every row of a table, one row after another. */
export interface TableKeys {
  readonly keys: Float64Array;
  /** Where the keys of a row begin; the next one's begin is their end. */
  readonly start: Int32Array;
}

interface KeptKeys {
  readonly records: number;
  readonly refined: ReadonlySet<number>;
  readonly keys: TableKeys;
}

/** The last keys of a table: learning a model and finding pairs by it ask for the same. */
const kept = new WeakMap<LinkageTable, KeptKeys>();

/** The keys of a table, or those that were gathered before. */
export function keysOfTable(table: LinkageTable, refined: ReadonlySet<number>): TableKeys {
  const known = kept.get(table);
  if (known?.records === table.ids.length && isSame(known.refined, refined)) return known.keys;
  return keepKeys(table, refined, gatherKeys(table, refined));
}

/**
 * The keys of a table where more blocks are parted than before: only the rows that have a key of one of those are
 * gathered anew. Tells the keys of those rows, too.
 */
export function partKeys(
  table: LinkageTable,
  refined: ReadonlySet<number>,
  whole: TableKeys,
): { readonly keys: TableKeys; readonly anew: Float64Array } {
  const parted = rowsWith(whole, refined);
  const anew: KeyList = { keys: new Float64Array(1 << 12), count: 0 };
  const keys = gatherKeys(table, refined, { parted, whole, anew });
  return { keys, anew: anew.keys.subarray(0, anew.count) };
}

/** The keys of one blocking rule. */
export const keysOfBlock = (
  table: LinkageTable,
  refined: ReadonlySet<number>,
  block: number,
): TableKeys => gatherKeys(table, refined, { block });

/** Keeps the keys of a table for whoever asks next. */
export function keepKeys(
  table: LinkageTable,
  refined: ReadonlySet<number>,
  keys: TableKeys,
): TableKeys {
  kept.set(table, { records: table.ids.length, refined, keys });
  return keys;
}

/** Whether two sets of keys are the same. */
export const isSame = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  a === b || (a.size === b.size && [...a].every((key) => b.has(key)));

/** A growing list of keys. */
interface KeyList {
  keys: Float64Array;
  count: number;
}

function gatherKeys(
  table: LinkageTable,
  refined: ReadonlySet<number>,
  options: {
    readonly block?: number;
    /** What was gathered before, the rows that are to be gathered anew, and where their keys are told. */
    readonly whole?: TableKeys;
    readonly parted?: Uint8Array;
    readonly anew?: KeyList;
  } = {},
): TableKeys {
  const { whole, parted, anew, block } = options;
  const records = table.ids.length;
  const gather = rowKeys(table, refined);
  const sink = keySink();
  const start = new Int32Array(records + 1);
  const list: KeyList = {
    keys: new Float64Array(whole?.keys.length ?? Math.max(256, records * 4)),
    count: 0,
  };
  for (let row = 0; row < records; row += 1) {
    if (whole === undefined || parted?.[row] === 1) {
      gather({ row, block, sink });
      append(list, sink.keys, 0, sink.count);
      if (anew !== undefined) append(anew, sink.keys, 0, sink.count);
    } else {
      append(list, whole.keys, whole.start[row] as number, whole.start[row + 1] as number);
    }
    start[row + 1] = list.count;
  }
  return { keys: list.keys.subarray(0, list.count), start };
}

function append(list: KeyList, keys: Float64Array, begin: number, end: number): void {
  if (list.count + end - begin > list.keys.length) {
    const longer = new Float64Array(list.keys.length * 2 + end - begin);
    longer.set(list.keys.subarray(0, list.count));
    list.keys = longer;
  }
  const into = list.keys;
  let { count } = list;
  for (let at = begin; at < end; at += 1) {
    into[count] = keys[at] as number;
    count += 1;
  }
  list.count = count;
}

/** Marks the rows that have one of these keys. */
function rowsWith({ keys, start }: TableKeys, wanted: ReadonlySet<number>): Uint8Array {
  const filter = keyFilter(wanted);
  const marks = new Uint8Array(start.length);
  for (let row = 0, at = 0; row + 1 < start.length; row += 1) {
    for (const end = start[row + 1] as number; at < end; at += 1) {
      const key = keys[at] as number;
      if (filter[slotInFilter(key)] === 1 && wanted.has(key)) marks[row] = 1;
    }
  }
  return marks;
}
