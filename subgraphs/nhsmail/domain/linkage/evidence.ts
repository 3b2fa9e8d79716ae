/** What came of comparing one field of two records. Carries no value of either. */
export interface FieldEvidence {
  readonly field: string;
  /** Stable code of the comparator: `EXACT`, `CLOSE`, `DIFFERENT`, `MISSING`... More may be added. */
  readonly level: string;
  /** What it says for one person (above zero) or two (below). 0 where a side knows nothing. */
  readonly bits: number;
}

/** What came of comparing two records. */
export interface PairScore {
  /** log2 of the odds that both are of one person: the prior and the bits of every field. */
  readonly bits: number;
  readonly evidence: readonly FieldEvidence[];
}

/** Two records and what they score. */
export interface ScoredPair {
  readonly left: string;
  readonly right: string;
  readonly bits: number;
}
