import { compareCells, type CompiledField, type CompiledRules, NOTHING } from '../compile-rules.ts';
import { cellAt, type LinkageTable } from '../linkage-table.ts';
import type { LevelShares } from './levels.ts';

/** Pairs that are drawn. */
const DRAWN = 200_000;
/** Pairs that are drawn for each record of a short list. */
const DRAWN_FOR_EACH = 40;

/**
 * How often records of two people come to each level: counted on pairs drawn at random, of which hardly any are of one
 * person. Full agreement is known better from the frequencies of the values.
 *
 * @param coincidence for each field, how often two people agree; `undefined` where it was not counted
 */
export function chanceAgreement(
  rules: CompiledRules,
  {
    left,
    right,
    random,
    coincidence,
  }: {
    readonly left: LinkageTable;
    readonly right: LinkageTable;
    readonly random: () => number;
    readonly coincidence: readonly (number | undefined)[];
  },
): readonly LevelShares[] {
  const width = rules.fields.length;
  const counts = rules.fields.map(({ comparator }) => new Float64Array(comparator.levels.length));
  const lefts = left.ids.length;
  const rights = right.ids.length;
  const draws =
    lefts === 0 || rights === 0 ? 0 : Math.min(DRAWN, DRAWN_FOR_EACH * (lefts + rights));
  for (let draw = 0; draw < draws; draw += 1) {
    const row = Math.floor(random() * lefts);
    const other = Math.floor(random() * rights);
    if (left === right && row === other) continue;
    for (let place = 0; place < width; place += 1) {
      const a = cellAt(left, row, place);
      const b = cellAt(right, other, place);
      if (a === NOTHING || b === NOTHING) continue;
      const count = counts[place] as Float64Array;
      const level = a === b ? 0 : compareCells(rules.fields[place] as CompiledField, a, b);
      count[level] = (count[level] as number) + 1;
    }
  }
  return counts.map((count, place) => {
    const total = count.reduce((sum, one) => sum + one, 0);
    const shares = count.map((one) => (one + 0.5) / (total + 1));
    shares[0] = coincidence[place] ?? (shares[0] as number);
    return shares;
  });
}
