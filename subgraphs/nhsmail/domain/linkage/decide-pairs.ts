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
  const lefts = new Map<string, number>();
  const rights = new Map<string, number>();
  const left = new Int32Array(pairs.length);
  const right = new Int32Array(pairs.length);
  const bits = new Float64Array(pairs.length);
  for (const [at, pair] of pairs.entries()) {
    left[at] = numberOf(lefts, pair.left);
    right[at] = numberOf(rights, pair.right);
    bits[at] = pair.bits;
  }
  const decided = decideColumns(
    { count: pairs.length, left, right, bits, lefts: lefts.size, rights: rights.size },
    { link, review, margin },
  );
  const pairAt = (at: number): ScoredPair => pairs[at] as ScoredPair;
  const open = Map.groupBy(Array.from(decided.open, pairAt), (pair) => pair.left);
  return {
    links: Array.from(decided.links, pairAt).toSorted((a, b) => compareText(a.left, b.left)),
    open: [...open]
      .map(([id, candidates]) => ({ left: id, candidates: candidates.toSorted(bestFirst) }))
      .toSorted((a, b) => compareText(a.left, b.left)),
  };
}

/** Scored pairs by rows of two lists. */
export interface PairColumns {
  readonly count: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly bits: Float64Array;
  /** Above any row of the left list. */
  readonly lefts: number;
  readonly rights: number;
}

/** The same decision over columns: places of the pairs that are links, and of those that are left to a person. */
export function decideColumns(
  { count, left, right, bits, lefts, rights }: PairColumns,
  { link, review, margin }: LinkageThresholds,
): { readonly links: Int32Array; readonly open: Int32Array } {
  const ofLeft = standings(lefts, { count, rows: left, bits });
  const ofRight = standings(rights, { count, rows: right, bits });
  const links = new Int32Array(Math.min(lefts, rights));
  const linkedLeft = new Uint8Array(lefts);
  const linkedRight = new Uint8Array(rights);
  let linked = 0;
  for (let row = 0; row < lefts; row += 1) {
    const best = ofLeft.best[row] as number;
    if (best < 0) continue;
    const score = bits[best] as number;
    const other = right[best] as number;
    if (score < link || score - (ofLeft.second[row] as number) < margin) continue;
    if (ofRight.best[other] !== best || score - (ofRight.second[other] as number) < margin)
      continue;
    links[linked] = best;
    linked += 1;
    linkedLeft[row] = 1;
    linkedRight[other] = 1;
  }
  const isOpen = (at: number): boolean =>
    (bits[at] as number) >= review &&
    linkedLeft[left[at] as number] === 0 &&
    linkedRight[right[at] as number] === 0;
  let opened = 0;
  for (let at = 0; at < count; at += 1) opened += Number(isOpen(at));
  const open = new Int32Array(opened);
  opened = 0;
  for (let at = 0; at < count; at += 1) {
    if (!isOpen(at)) continue;
    open[opened] = at;
    opened += 1;
  }
  return { links: links.subarray(0, linked), open };
}

/** By row: the place of its best pair, and the score of the next. */
function standings(
  size: number,
  {
    count,
    rows,
    bits,
  }: { readonly count: number; readonly rows: Int32Array; readonly bits: Float64Array },
) {
  const best = new Int32Array(size).fill(-1);
  const second = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < count; at += 1) {
    const row = rows[at] as number;
    const score = bits[at] as number;
    const known = best[row] as number;
    if (known < 0) best[row] = at;
    else if (score > (bits[known] as number)) {
      second[row] = bits[known] as number;
      best[row] = at;
    } else if (score > (second[row] as number)) second[row] = score;
  }
  return { best, second };
}

function numberOf(numbers: Map<string, number>, id: string): number {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  numbers.set(id, numbers.size);
  return numbers.size - 1;
}

/** Orders texts the same in every process, whatever its language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const bestFirst = (a: ScoredPair, b: ScoredPair): number =>
  b.bits - a.bits || compareText(a.right, b.right);
