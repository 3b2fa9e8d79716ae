import { type CompiledRules, NOTHING } from '../compile-rules.ts';
import type { LinkageTable } from '../linkage-table.ts';

/** Most values of a field whose share is kept. Rarer ones count as the rarest kept. */
const MOST_KEPT = 200_000;

/** How common the values of a field are. */
export interface ValueFrequencies {
  /** Shares of values that some list has more than once. */
  readonly shares: Readonly<Record<string, number>>;
  /** The share that any other value is taken to have. */
  readonly rarest: number;
  /** How often two records that are not of one person agree. */
  readonly coincidence: number;
}

/**
 * Counts the values of a field in both tables. Records of one list are different people, so what coincides inside a
 * list coincides by chance. A value seen once may be the only one or one of many that were not drawn: its share is
 * what Good and Turing give it.
 */
export function countFrequencies(
  rules: CompiledRules,
  place: number,
  tables: readonly LinkageTable[],
): ValueFrequencies {
  const width = rules.fields.length;
  const shared = rules.fields[place]?.shared ?? [];
  const pooled = new Map<string, { count: number; most: number }>();
  let values = 0;
  let pairs = 0;
  let coinciding = 0;
  let once = 0;
  let twice = 0;
  for (const { ids, cells } of tables) {
    const byNumber = new Int32Array(shared.length);
    for (let row = 0; row < ids.length; row += 1) {
      const number = cells[row * width + place] as number;
      byNumber[number] = (byNumber[number] as number) + 1;
    }
    const counts = new Map<string, number>();
    let known = 0;
    for (let number = 0; number < byNumber.length; number += 1) {
      const count = byNumber[number] as number;
      const cell = shared[number] ?? NOTHING;
      if (count === 0 || cell === NOTHING) continue;
      for (const { text } of cell.values) counts.set(text, (counts.get(text) ?? 0) + count);
      known += count;
    }
    values += known;
    pairs += known * (known - 1);
    for (const [text, count] of counts) {
      coinciding += count * (count - 1);
      if (count === 1) once += 1;
      if (count === 2) twice += 1;
      const together = pooled.get(text);
      if (together === undefined) pooled.set(text, { count, most: count });
      else {
        together.count += count;
        together.most = Math.max(together.most, count);
      }
    }
  }
  if (values === 0) return { shares: {}, rarest: 1, coincidence: 1 };
  const common = [...pooled]
    .filter(([, { most }]) => most > 1)
    .toSorted(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
    .slice(0, MOST_KEPT);
  const turing = Math.min(1, (2 * twice + 1) / (once + 1));
  return {
    shares: Object.fromEntries(common.map(([text, { count }]) => [text, count / values])),
    rarest: turing / values,
    coincidence: (coinciding + 0.5) / (pairs + 1),
  };
}
