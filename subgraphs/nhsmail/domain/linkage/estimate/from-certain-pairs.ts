import { compareCells, type CompiledRules, NOTHING } from '../compile-rules.ts';
import { cellAt, type LinkageTable } from '../linkage-table.ts';
import { expectedShares, type LevelShares, sharesOfMatches } from './levels.ts';

/** Pairs that are looked at: past so many, a share changes in its third digit at most. */
const MOST_PAIRS = 50_000;

/** Rows of records of one person, by place: an array, or what is made when it is asked for. */
export type CertainPairs = Pick<
  readonly (readonly [left: number, right: number])[],
  'length' | 'at'
>;

/** How often records of one person come to each level, counted on pairs that are known to be: all, or evenly spread ones. */
export function sharesOfCertainPairs(
  rules: CompiledRules,
  {
    left,
    right,
    pairs,
  }: {
    readonly left: LinkageTable;
    readonly right: LinkageTable;
    readonly pairs: CertainPairs;
  },
): { readonly shares: readonly LevelShares[]; readonly pairs: number } {
  const step = Math.max(1, pairs.length / MOST_PAIRS);
  const counts = rules.fields.map(({ comparator }) => new Float64Array(comparator.levels.length));
  let counted = 0;
  for (let at = 0; at < pairs.length; at += step) {
    const pair = pairs.at(Math.floor(at));
    if (pair === undefined) continue;
    const [row, other] = pair;
    if (row >= left.ids.length || other >= right.ids.length) continue;
    counted += 1;
    for (const [place, field] of rules.fields.entries()) {
      const a = cellAt(left, row, place);
      const b = cellAt(right, other, place);
      if (a === NOTHING || b === NOTHING) continue;
      const count = counts[place] as Float64Array;
      const level = compareCells(field, a, b);
      count[level] = (count[level] as number) + 1;
    }
  }
  return {
    pairs: counted,
    shares: counts.map((count, place) =>
      sharesOfMatches(
        count,
        expectedShares((rules.fields[place] as CompiledRules['fields'][number]).comparator),
      ),
    ),
  };
}
