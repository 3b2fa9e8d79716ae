import { type Linkage, weighCells } from './compile-linkage.ts';
import { type Cell, NOTHING, type PreparedRecord } from './compile-rules.ts';
import type { FieldEvidence, PairScore } from './evidence.ts';

/** Code of a field of which one side knows nothing. */
export const MISSING = 'MISSING';

/**
 * Compares two records. The same whichever comes first, and the same bits to the last digit as in a whole run.
 * Evidence stands in the order of the rule set's fields.
 */
export function scorePair(
  linkage: Linkage,
  left: PreparedRecord,
  right: PreparedRecord,
): PairScore {
  let bits = linkage.model.priorBits;
  const evidence: FieldEvidence[] = [];
  for (const [at, weights] of linkage.weights.entries()) {
    const place = linkage.order[at] as number;
    const a = left.cells[place] as Cell;
    const b = right.cells[place] as Cell;
    const { field } = weights.field.rule;
    if (a === NOTHING || b === NOTHING) {
      evidence[place] = { field, level: MISSING, bits: 0 };
      continue;
    }
    const scored = weighCells(weights, a, b);
    bits += scored.bits;
    const level = weights.field.comparator.levels[scored.level] as string;
    evidence[place] = { field, level, bits: scored.bits };
  }
  return { bits, evidence };
}
