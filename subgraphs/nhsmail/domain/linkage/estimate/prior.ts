import { compileLinkage } from '../compile-linkage.ts';
import type { CompiledRules } from '../compile-rules.ts';
import { findPairs } from '../find-pairs.ts';
import type { LinkageTable } from '../linkage-table.ts';
import type { LinkageModel } from '../model.ts';

/** Left records that are looked at. */
const DRAWN = 20_000;
const ROUNDS = 20;
/** Odds, in bits below the first guess, past which a pair adds nothing. */
const FAINT_BITS = -10;

/**
 * How likely two records drawn at random are of one person, in bits: from the scores of some left records against all
 * right ones, so that the records expected to have a partner are as many as the scores say.
 */
export function estimatePrior(
  rules: CompiledRules,
  model: LinkageModel,
  { left, right }: { readonly left: LinkageTable; readonly right: LinkageTable },
): number {
  const itself = left === right;
  const rights = Math.max(1, right.ids.length - Number(itself));
  const first = -Math.log2(rights);
  const lefts = left.ids.length;
  if (lefts === 0) return first;
  const step = Math.max(1, lefts / DRAWN);
  const rows: number[] = [];
  for (let at = 0; at < lefts; at += step) rows.push(Math.floor(at));
  const linkage = compileLinkage({ ...model, priorBits: first }, rules);
  const found = findPairs(linkage, left, right, {
    floor: FAINT_BITS,
    rows,
    ...(itself ? { itself: 'from-both' } : {}),
  });
  // Of one record's candidates one can be right: their odds share what is not left to nobody.
  const odds = Float64Array.from(
    { length: found.count },
    (_, at) => 2 ** ((found.bits[at] as number) - first),
  );
  let partners = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const prior = partners / rights;
    let expected = 0;
    for (let at = 0; at < found.count;) {
      const row = found.left[at];
      let sum = 0;
      for (; at < found.count && found.left[at] === row; at += 1) sum += odds[at] as number;
      const together = (sum * prior) / (1 - Math.min(0.5, prior));
      expected += together / (1 + together);
    }
    partners = Math.max(expected, 0.5) / rows.length;
  }
  return Math.log2(partners / rights);
}
