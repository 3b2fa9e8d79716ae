/**
 * How often records of one person come to each level, learnt without being told who is who: expectation maximisation
 * (Dempster, Laird and Rubin 1977) over the pairs of one block after another, as Splink does it. What a block's pairs
 * have in common by its rule says nothing about them, so each field is learnt from the blocks that do not use it.
 */
import { type BlockJoin, blockJoinsOf } from '../block-join.ts';
import { compareCells, type CompiledRules, NOTHING } from '../compile-rules.ts';
import { cellAt, type LinkageTable } from '../linkage-table.ts';
import { expectedShares, type LevelShares, sharesOfMatches, UNKNOWN } from './levels.ts';

/** Most pairs of one block that are looked at. */
const MOST_PAIRS = 100_000;
const MOST_ROUNDS = 100;
/** Change from one round to the next that is no longer worth another. */
const SETTLED = 1e-5;
/** Share of pairs of one person that a block is first taken to have. */
const FIRST_GUESS = 0.2;

/** Pairs with the same levels in every field. */
interface Pattern {
  readonly levels: readonly number[];
  count: number;
}

/** Learns from the tables' blocks. */
export function sharesOfBlocks(
  rules: CompiledRules,
  options: {
    readonly left: LinkageTable;
    readonly right: LinkageTable;
    readonly refined: ReadonlySet<number>;
    readonly random: () => number;
    /** How often records of two people come to each level. */
    readonly u: readonly LevelShares[];
  },
): { readonly shares: readonly LevelShares[]; readonly pairs: number } {
  const expected = rules.fields.map(({ comparator }) => expectedShares(comparator));
  const counts = expected.map(({ length }) => new Float64Array(length));
  let pairs = 0;
  const joins = blockJoinsOf(options.left, options.right, options.refined);
  for (const [block, join] of joins.entries()) {
    const used = new Set(rules.blocks[block]?.map(({ field }) => field));
    const patterns = gatherPatterns(rules, { ...options, join });
    pairs += patterns.reduce((sum, { count }) => sum + count, 0);
    const learnt = maximise(patterns, { expected, u: options.u, used });
    for (const [place, count] of learnt.entries()) {
      if (used.has(place)) continue;
      const sum = counts[place] as Float64Array;
      for (const [level, share] of count.entries()) sum[level] = (sum[level] as number) + share;
    }
  }
  return {
    pairs,
    shares: counts.map((count, place) => sharesOfMatches(count, expected[place] as LevelShares)),
  };
}

/** The levels of a block's pairs: of all, or of those of rows drawn until there are enough. */
function gatherPatterns(
  rules: CompiledRules,
  {
    left,
    right,
    random,
    join: { blocksStart, blocks, rowsStart, rows },
  }: {
    readonly left: LinkageTable;
    readonly right: LinkageTable;
    readonly random: () => number;
    readonly join: BlockJoin;
  },
): readonly Pattern[] {
  const patterns = new Map<string, Pattern>();
  const lefts = left.ids.length;
  // A stride that has no divisor in common with the number of rows comes by every row once.
  const stride = coprime(Math.floor(lefts * 0.618), lefts);
  let row = Math.floor(random() * lefts);
  let pairs = 0;
  for (let turn = 0; turn < lefts && pairs < MOST_PAIRS; turn += 1) {
    row = (row + stride) % lefts;
    const met = new Set<number>();
    const last = blocksStart[row + 1] as number;
    for (let entry = blocksStart[row] as number; entry < last; entry += 1) {
      const block = blocks[entry] as number;
      const end = rowsStart[block + 1] as number;
      for (let at = rowsStart[block] as number; at < end; at += 1) {
        const other = rows[at] as number;
        if (met.has(other) || (left === right && other <= row)) continue;
        met.add(other);
        pairs += 1;
        const levels = rules.fields.map((field, place) => {
          const a = cellAt(left, row, place);
          const b = cellAt(right, other, place);
          return a === NOTHING || b === NOTHING ? UNKNOWN : compareCells(field, a, b);
        });
        const pattern = levels.join();
        const known = patterns.get(pattern);
        if (known === undefined) patterns.set(pattern, { levels, count: 1 });
        else known.count += 1;
      }
    }
  }
  return [...patterns.values()];
}

function coprime(from: number, to: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let stride = Math.max(1, from);
  while (to > 0 && divisor(stride, to) !== 1) stride += 1;
  return stride;
}

/** Expected numbers of pairs of one person, by field and level. */
function maximise(
  patterns: readonly Pattern[],
  {
    expected,
    u,
    used,
  }: {
    readonly expected: readonly LevelShares[];
    readonly u: readonly LevelShares[];
    readonly used: ReadonlySet<number>;
  },
): readonly Float64Array[] {
  const total = patterns.reduce((sum, { count }) => sum + count, 0);
  let m = expected;
  let share = FIRST_GUESS;
  let counts = expected.map(({ length }) => new Float64Array(length));
  for (let round = 0; round < MOST_ROUNDS && total > 0; round += 1) {
    counts = expected.map(({ length }) => new Float64Array(length));
    let matches = 0;
    for (const { levels, count } of patterns) {
      let odds = share / (1 - share);
      for (const [place, level] of levels.entries()) {
        if (level === UNKNOWN || used.has(place)) continue;
        odds *= (m[place]?.[level] as number) / (u[place]?.[level] as number);
      }
      const likely = (count * odds) / (1 + odds);
      matches += likely;
      for (const [place, level] of levels.entries()) {
        if (level === UNKNOWN) continue;
        const sums = counts[place] as Float64Array;
        sums[level] = (sums[level] as number) + likely;
      }
    }
    const next = counts.map((count, place) =>
      sharesOfMatches(count, expected[place] as LevelShares),
    );
    const nextShare = Math.min(0.999_999, Math.max(1e-9, matches / total));
    const change = Math.max(
      Math.abs(nextShare - share),
      ...next.map((levels, place) =>
        Math.max(...levels.map((value, level) => Math.abs(value - (m[place]?.[level] as number)))),
      ),
    );
    m = next;
    share = nextShare;
    if (change < SETTLED) break;
  }
  return counts;
}
