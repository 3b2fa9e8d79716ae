import { keySink, rowKeys } from './block-keys.ts';
import { keyFilter, slotInFilter } from './key-hash.ts';
import type { LinkageTable } from './linkage-table.ts';

/** The keys that every row of a table has by one blocking rule, one row after another. */
export interface TableKeys {
  readonly keys: Float64Array;
  /** Where the keys of a row begin; the next one's begin is their end. */
  readonly start: Int32Array;
}

/** The keys of a table by one blocking rule. */
export function keysOfBlock(
  table: LinkageTable,
  refined: ReadonlySet<number>,
  block: number,
): TableKeys {
  const records = table.ids.length;
  const gather = rowKeys(table, refined, { block });
  const sink = keySink();
  const start = new Int32Array(records + 1);
  const list = growingKeys(records);
  for (let row = 0; row < records; row += 1) {
    gather(row, sink);
    list.add(sink.keys, sink.count);
    start[row + 1] = list.count();
  }
  return { keys: list.read(), start };
}

/** The keys of some rows of a table that come of parting a block so often, or oftener. */
export function partsOfBlock(
  table: LinkageTable,
  refined: ReadonlySet<number>,
  {
    block,
    times,
    rows,
  }: { readonly block: number; readonly times: number; readonly rows: Int32Array },
): Float64Array {
  const gather = rowKeys(table, refined, { block, parted: times });
  const sink = keySink();
  const list = growingKeys(rows.length);
  for (const row of rows) {
    gather(row, sink);
    list.add(sink.keys, sink.count);
  }
  return list.read();
}

/** The rows that have one of these keys. */
export function rowsWith(
  { keys, start }: TableKeys,
  wanted: ReadonlyMap<number, number>,
): Int32Array {
  const filter = keyFilter(wanted.keys());
  const rows = new Int32Array(start.length);
  let count = 0;
  for (let row = 0, at = 0; row + 1 < start.length; row += 1) {
    let isWanted = false;
    for (const end = start[row + 1] as number; at < end; at += 1) {
      const key = keys[at] as number;
      isWanted ||= filter[slotInFilter(key)] === 1 && wanted.has(key);
    }
    if (!isWanted) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.slice(0, count);
}

function growingKeys(expected: number) {
  let keys = new Float64Array(Math.max(256, Math.ceil(expected * 1.25)));
  let count = 0;
  return {
    add(more: Float64Array, length: number): void {
      if (count + length > keys.length) {
        const longer = new Float64Array(Math.ceil(keys.length * 1.5) + length);
        longer.set(keys.subarray(0, count));
        keys = longer;
      }
      for (let at = 0; at < length; at += 1) {
        keys[count] = more[at] as number;
        count += 1;
      }
    },
    count: () => count,
    read: () => keys.subarray(0, count),
  };
}
