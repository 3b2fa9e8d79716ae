import { type CompiledRules } from './compile-rules.ts';
import { chanceAgreement } from './estimate/chance-agreement.ts';
import { countFrequencies } from './estimate/frequencies.ts';
import { sharesOfBlocks } from './estimate/from-blocks.ts';
import { type CertainPairs, sharesOfCertainPairs } from './estimate/from-certain-pairs.ts';
import { findLargeBlocks } from './estimate/large-blocks.ts';
import { levelWeights, type LevelShares } from './estimate/levels.ts';
import { estimatePrior } from './estimate/prior.ts';
import type { LinkageTable } from './linkage-table.ts';
import type { LinkageModel } from './model.ts';
import { seededRandom } from './seeded-random.ts';

/** What a model is learnt from. */
export interface EstimationInput {
  readonly left: LinkageTable;
  /** The same table as `left` when a list is compared with itself. */
  readonly right: LinkageTable;
  /** Rows of records that are known to be of one person. Without them the weights are learnt from the records alone. */
  readonly certainPairs?: CertainPairs;
  /** Same records in the same order, same seed: same model. A whole number. */
  readonly seed?: number;
}

/** Learns a model from two tables that were read by the rules. */
export function estimateModel(
  rules: CompiledRules,
  { left, right, certainPairs, seed = 1 }: EstimationInput,
): LinkageModel {
  const random = seededRandom(seed);
  const tables = left === right ? [left] : [left, right];
  const frequencies = rules.fields.map(({ comparator }, place) =>
    comparator.byFrequency ? countFrequencies(rules, place, tables) : undefined,
  );
  const u = chanceAgreement(rules, {
    left,
    right,
    random,
    coincidence: frequencies.map((counted) => counted?.coincidence),
  });
  const large = findLargeBlocks(rules, left, right);
  const learnt =
    certainPairs === undefined
      ? sharesOfBlocks(rules, { left, right, refined: new Set(large.refined), random, u })
      : sharesOfCertainPairs(rules, { left, right, pairs: certainPairs });
  const model: LinkageModel = {
    ruleSet: rules.ruleSet,
    priorBits: 0,
    fields: Object.fromEntries(
      rules.fields.map((field, place) => {
        const counted = frequencies[place];
        return [
          field.rule.field,
          {
            levels: levelWeights(
              field,
              learnt.shares[place] as LevelShares,
              u[place] as LevelShares,
            ),
            ...(counted === undefined
              ? {}
              : { frequencies: counted.shares, rarest: counted.rarest }),
          },
        ];
      }),
    ),
    refined: [...large.refined],
    estimated: {
      by: certainPairs === undefined ? 'EXPECTATION_MAXIMISATION' : 'CERTAIN_PAIRS',
      left: left.ids.length,
      right: right.ids.length,
      pairs: learnt.pairs,
      seed,
      leftOutBlocks: large.leftOutBlocks,
      leftOutPairs: large.leftOutPairs,
    },
  };
  return { ...model, priorBits: estimatePrior(rules, model, { left, right }) };
}
