import type { ScoredPair } from './evidence.ts';
import type { LinkageThresholds } from './rule-set.ts';

/** A left record that nobody may link without looking, with whom it may be, best first. */
export interface OpenPair {
  readonly left: string;
  readonly candidates: readonly ScoredPair[];
}

/** What follows from scored pairs. */
export interface PairDecision {
  /** Every record is in one link at most. */
  readonly links: readonly ScoredPair[];
  readonly open: readonly OpenPair[];
}

/** The two best scores of a record. */
interface Standing {
  readonly best: ScoredPair;
  readonly second: number;
}

/**
 * Takes two records for one person when they score at least `link`, and both are ahead by `margin` of whatever else
 * either could be. Of the rest, a left record with a candidate from `review` on that is not linked to somebody else
 * is left to a person. The order of the pairs changes nothing.
 *
 * What comes of a record depends on nothing further than three pairs away: on its own pairs, on those of the records
 * in them, and on those of the best candidate of each. Whoever decides anew about one record gives all of those.
 *
 * @param pairs every pair once; those below `review - margin` change nothing and can be left out
 */
export function decidePairs(
  pairs: readonly ScoredPair[],
  { link, review, margin }: LinkageThresholds,
): PairDecision {
  const lefts = new Map<string, Standing>();
  const rights = new Map<string, Standing>();
  for (const pair of pairs) {
    stand(lefts, pair.left, pair);
    stand(rights, pair.right, pair);
  }
  const links: ScoredPair[] = [];
  const linkedLeft = new Set<string>();
  const linkedRight = new Set<string>();
  for (const { best, second } of lefts.values()) {
    const other = rights.get(best.right);
    if (best.bits < link || best.bits - second < margin) continue;
    if (other?.best !== best || best.bits - other.second < margin) continue;
    links.push(best);
    linkedLeft.add(best.left);
    linkedRight.add(best.right);
  }
  const open = new Map<string, ScoredPair[]>();
  for (const pair of pairs) {
    if (pair.bits < review || linkedLeft.has(pair.left) || linkedRight.has(pair.right)) continue;
    const known = open.get(pair.left);
    if (known === undefined) open.set(pair.left, [pair]);
    else known.push(pair);
  }
  return {
    links: links.toSorted((a, b) => compareText(a.left, b.left)),
    open: [...open]
      .map(([left, candidates]) => ({ left, candidates: candidates.toSorted(bestFirst) }))
      .toSorted((a, b) => compareText(a.left, b.left)),
  };
}

function stand(standings: Map<string, Standing>, id: string, pair: ScoredPair): void {
  const known = standings.get(id);
  if (known === undefined) standings.set(id, { best: pair, second: Number.NEGATIVE_INFINITY });
  else if (pair.bits > known.best.bits) {
    standings.set(id, { best: pair, second: known.best.bits });
  } else if (pair.bits > known.second) {
    standings.set(id, { best: known.best, second: pair.bits });
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const bestFirst = (a: ScoredPair, b: ScoredPair): number =>
  b.bits - a.bits || compareText(a.right, b.right);
