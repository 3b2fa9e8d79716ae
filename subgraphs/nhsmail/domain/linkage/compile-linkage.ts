import { ALTERNATIVE_LEVEL, type Comparator } from './comparators/comparator.ts';
import {
  type Cell,
  compareCells,
  type CompiledField,
  type CompiledRules,
  compileRules,
} from './compile-rules.ts';
import type { LinkageModel } from './model.ts';

/** Scores of pairs of cells that are kept for reuse in a field: a power of two. */
const MEMO_SIZE = 1 << 18;
/** Above any number of a content: two of them are one number below 2^53. */
const MOST_CONTENTS = 2 ** 26;

/** The weights of one field, ready to score. */
export interface FieldWeights {
  readonly field: CompiledField;
  /** log2(m / u) by level. */
  readonly bits: Float64Array;
  /** m of agreement, and of agreement with an alternative value. */
  readonly agreement: readonly [number, number];
  /** Shares of values; `undefined` where agreement counts the same whatever the value. */
  readonly frequencies: ReadonlyMap<string, number> | undefined;
  /** The share of values that are not among those. */
  readonly rarest: number;
  readonly mostBits: number;
  /** Made when tables are compared. */
  asNumbers?: Int32Array;
  memo?: Float64Array;
}

/** A model that is ready to score. It keeps what it has read and compared: one is enough for a process. */
export interface Linkage {
  readonly model: LinkageModel;
  readonly rules: CompiledRules;
  /** In the order in which fields are compared: those first that say most. */
  readonly weights: readonly FieldWeights[];
  /** Places of those fields in a record. */
  readonly order: Int32Array;
  readonly refined: ReadonlySet<number>;
}

/**
 * Makes a model ready to score.
 *
 * @param rules the rules of the same model, where records were read by them already
 */
export function compileLinkage(
  model: LinkageModel,
  rules: CompiledRules = compileRules(model.ruleSet),
): Linkage {
  const weights = rules.fields.map((field) => weigh(field, model.fields[field.rule.field]));
  const order = weights
    .map((weight, place) => ({ place, reach: reachOf(weight) }))
    .toSorted((a, b) => b.reach - a.reach || a.place - b.place)
    .map(({ place }) => place);
  return {
    model,
    rules,
    weights: order.map((place) => weights[place] as FieldWeights),
    order: Int32Array.from(order),
    refined: new Set(model.refined),
  };
}

function weigh(
  field: CompiledField,
  model: LinkageModel['fields'][string] | undefined,
): FieldWeights {
  const { levels, byFrequency } = field.comparator;
  const weightOf = (level: string) =>
    field.rule.weights?.[level] ?? model?.levels[level] ?? { m: 1, u: 1 };
  const bits = Float64Array.from(levels, (level) => {
    const { m, u } = weightOf(level);
    return Math.log2(m / u);
  });
  // A weight that the rules fix holds for every value.
  const shares = byFrequency && field.rule.weights?.[levels[0]] === undefined;
  return {
    field,
    bits,
    agreement: [weightOf(levels[0]).m, weightOf(levels[ALTERNATIVE_LEVEL]).m],
    frequencies:
      shares && model?.rarest !== undefined
        ? new Map(Object.entries(model.frequencies ?? {}))
        : undefined,
    rarest: model?.rarest ?? 1,
    mostBits: field.rule.mostBits ?? Number.POSITIVE_INFINITY,
  };
}

/** How far apart the best and the worst that a field can say are. */
function reachOf({ bits, agreement, rarest, frequencies, mostBits }: FieldWeights): number {
  const most =
    frequencies === undefined
      ? Math.max(...bits)
      : Math.min(Math.log2(agreement[0] / rarest), mostBits);
  return most - Math.min(...bits);
}

const agreed: string[] = [];

/** What comparing two cells says: place of the level, and bits. */
export function weighCells(
  weights: FieldWeights,
  a: Cell,
  b: Cell,
): { readonly level: number; readonly bits: number } {
  agreed.length = 0;
  const level = compareCells(weights.field, a, b, agreed);
  return { level, bits: bitsOf(weights, level, agreed) };
}

function bitsOf(weights: FieldWeights, level: number, values: readonly string[]): number {
  if (level > ALTERNATIVE_LEVEL || weights.frequencies === undefined) {
    return Math.min(weights.bits[level] as number, weights.mostBits);
  }
  // Of several values in common, the rarest says most.
  const share = Math.min(...values.map((value) => shareOf(weights, value)));
  return Math.min(Math.log2(weights.agreement[level as 0 | 1] / share), weights.mostBits);
}

const shareOf = ({ frequencies, rarest }: FieldWeights, value: string): number =>
  frequencies?.get(value) ?? rarest;

/** Bits of two contents of tables that are not the same, by their numbers: from memory where they were compared before. */
export function numberedBits(weights: FieldWeights, one: number, other: number): number {
  const { shared, comparator } = weights.field;
  if (comparator.asNumber !== undefined) {
    const asNumbers = (weights.asNumbers ??= asNumbersOf(weights.field, comparator.asNumber));
    const first = asNumbers[one] as number;
    const second = asNumbers[other] as number;
    if (first >= 0 && second >= 0) {
      // Contents that are not the same have no value in common, so no share of a value counts.
      const level = comparator.asNumber.compare(first, second);
      return Math.min(weights.bits[level] as number, weights.mostBits);
    }
  }
  const a = one < other ? one : other;
  const b = one < other ? other : one;
  // Two places for each score, so that a look is at one place in memory: which two contents, and the bits.
  const memo = (weights.memo ??= new Float64Array(MEMO_SIZE * 2));
  const both = a * MOST_CONTENTS + b;
  const slot = ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 7) & (MEMO_SIZE - 1);
  if (memo[slot * 2] === both) return memo[slot * 2 + 1] as number;
  agreed.length = 0;
  const level = compareCells(weights.field, shared[a] as Cell, shared[b] as Cell, agreed);
  const bits = bitsOf(weights, level, agreed);
  memo[slot * 2] = both;
  memo[slot * 2 + 1] = bits;
  return bits;
}

/** By number of a content: the one value it has as a number; below zero for several. */
const asNumbersOf = (
  { shared }: CompiledField,
  { of }: NonNullable<Comparator['asNumber']>,
): Int32Array =>
  Int32Array.from(shared, ({ values, alternatives }) => {
    const [only] = values;
    return values.length === 1 && alternatives.length === 0 && only !== undefined ? of(only) : -1;
  });

/** The most that any other cell can score with this one. Never below 0, which is what a missing one says. */
export function mostBitsOf(weights: FieldWeights, cell: Cell): number {
  let most = Math.max(0, weighCells(weights, cell, cell).bits);
  for (let level = ALTERNATIVE_LEVEL + 1; level < weights.bits.length; level += 1) {
    most = Math.max(most, Math.min(weights.bits[level] as number, weights.mostBits));
  }
  const texts = [...cell.values, ...cell.alternatives].map(({ text }) => text);
  return Math.max(most, bitsOf(weights, ALTERNATIVE_LEVEL, texts));
}
