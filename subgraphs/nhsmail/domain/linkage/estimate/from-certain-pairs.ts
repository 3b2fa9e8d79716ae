import { compareCells, type CompiledRules, NOTHING } from '../compile-rules.ts';
import { cellAt, type LinkageTable } from '../linkage-table.ts';
import { expectedShares, type LevelShares, sharesOfMatches } from './levels.ts';

/** How often records of one person come to each level, counted on pairs that are known to be. */
export function sharesOfCertainPairs(
  rules: CompiledRules,
  {
    left,
    right,
    pairs,
  }: {
    readonly left: LinkageTable;
    readonly right: LinkageTable;
    readonly pairs: Iterable<readonly [left: string, right: string]>;
  },
): { readonly shares: readonly LevelShares[]; readonly pairs: number } {
  const leftRows = new Map(left.ids.map((id, row) => [id, row]));
  const rightRows = new Map(right.ids.map((id, row) => [id, row]));
  const counts = rules.fields.map(({ comparator }) => new Float64Array(comparator.levels.length));
  let counted = 0;
  for (const [leftId, rightId] of pairs) {
    const row = leftRows.get(leftId);
    const other = rightRows.get(rightId);
    if (row === undefined || other === undefined) continue;
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
