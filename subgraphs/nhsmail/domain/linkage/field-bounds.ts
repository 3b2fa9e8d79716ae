import { ALTERNATIVE_LEVEL } from './comparators/comparator.ts';
import { type FieldWeights, mostBitsOf, weighCells } from './compile-linkage.ts';
import type { Cell } from './compile-rules.ts';

/** Different contents of a field up to which any two are quickly told from memory. */
const FEW_CONTENTS = 1_024;

/** What the contents of one field can say, by their numbers. */
export interface FieldBounds {
  /** What a content says with itself, and at most with any other. */
  readonly own: Float64Array;
  readonly most: Float64Array;
  /** Has to be asked before a content is looked up in those two. */
  readonly know: (number: number) => void;
  /** 1 for contents of one value. */
  readonly isPlain: Uint8Array;
  /** The most that two different contents of one value each say. */
  readonly different: number;
  /** Of which two different contents it is quickly told what they say: of any, of plain ones, or of none. */
  readonly quick: 'any' | 'plain' | 'none';
}

/** Bounds of the contents that the field of these weights has now. */
export function fieldBounds(weights: FieldWeights): FieldBounds {
  const { shared } = weights.field;
  const own = new Float64Array(shared.length);
  const most = new Float64Array(shared.length).fill(-1);
  most[0] = 0;
  const different = Math.min(
    Math.max(...weights.bits.subarray(ALTERNATIVE_LEVEL + 1)),
    weights.mostBits,
  );
  return {
    own,
    most,
    know(number) {
      if (most[number] !== -1) return;
      const cell = shared[number] as Cell;
      own[number] = weighCells(weights, cell, cell).bits;
      most[number] = mostBitsOf(weights, cell);
    },
    isPlain: Uint8Array.from(shared, ({ values, alternatives }) =>
      Number(values.length === 1 && alternatives.length === 0),
    ),
    different,
    quick: quickness(weights.field),
  };
}

function quickness({ shared, comparator }: FieldWeights['field']): FieldBounds['quick'] {
  if (shared.length <= FEW_CONTENTS) return 'any';
  return comparator.asNumber === undefined ? 'none' : 'plain';
}
