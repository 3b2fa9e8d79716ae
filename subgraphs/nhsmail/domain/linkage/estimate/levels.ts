import type { Comparator } from '../comparators/comparator.ts';
import type { CompiledField } from '../compile-rules.ts';
import type { LinkageModel } from '../model.ts';

/** How often each level is seen, by its place in the comparator's levels. */
export type LevelShares = Float64Array;

/** A field of which one side knows nothing, among places of levels. */
export const UNKNOWN = -1;

/** What is expected of records of one person before any were seen. */
const EXPECTED_AGREEMENT = 0.88;
const EXPECTED_DIFFERENCE = 0.04;
/** Records that this expectation counts as much as. */
const EXPECTATION_WEIGHT = 20;

/** What is expected of the levels among records of one person before any were seen. */
export function expectedShares({ levels }: Comparator): LevelShares {
  const between = Math.max(1, levels.length - 2);
  const rest = (1 - EXPECTED_AGREEMENT - EXPECTED_DIFFERENCE) / between;
  return Float64Array.from(levels, (_, place) => {
    if (place === 0) return EXPECTED_AGREEMENT;
    return place === levels.length - 1 ? EXPECTED_DIFFERENCE : rest;
  });
}

/**
 * Least share of a level among records of one person, however many pairs did without it: those that a model is learnt
 * from were found by keys or blocks, and are tidier than the rest.
 */
const LEAST_SHARE = 0.002;

/** Shares of levels from counts among records of one person. What was never seen keeps a little of what is expected. */
export function sharesOfMatches(counts: Float64Array, expected: LevelShares): LevelShares {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count, place) =>
    Math.max(
      LEAST_SHARE,
      (count + EXPECTATION_WEIGHT * (expected[place] as number)) / (total + EXPECTATION_WEIGHT),
    ),
  );
}

/** Weights of levels as a model keeps them. */
export function levelWeights(
  { comparator, rule }: CompiledField,
  m: LevelShares,
  u: LevelShares,
): LinkageModel['fields'][string]['levels'] {
  return Object.fromEntries(
    comparator.levels.flatMap((level, place) =>
      level === 'ALTERNATIVE' && rule.alternatives === undefined
        ? []
        : [
            [
              level,
              rule.weights?.[level] ?? {
                m: Math.min(1, m[place] as number),
                u: Math.min(1, u[place] as number),
              },
            ],
          ],
    ),
  );
}
