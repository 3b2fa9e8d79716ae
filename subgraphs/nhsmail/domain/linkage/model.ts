/**
 * A rule set with what was learnt about it from records, once. A model never changes: whatever is compared by it, one
 * record or all of them, now or in a month, gets the same score.
 */
import { z } from 'zod';

import { ruleSetSchema } from './rule-set.ts';

const probability = z.number().gt(0).lte(1);

const fieldModel = z.strictObject({
  levels: z
    .record(z.string(), z.strictObject({ m: probability, u: probability }))
    .describe('By level: how often it is seen among records of one person, and of two.'),
  frequencies: z
    .record(z.string(), z.number().gt(0).lte(1))
    .optional()
    .describe('Shares of values that are seen more than once, in normal form.'),
  rarest: probability.optional().describe('The share that every other value is taken to have.'),
});

/** A model as it is stored. */
export const linkageModelSchema = z.strictObject({
  ruleSet: ruleSetSchema,
  priorBits: z
    .number()
    .describe('log2 of the odds that two records drawn at random are of one person.'),
  fields: z.record(z.string(), fieldModel),
  refined: z
    .array(z.number())
    .describe('Keys of blocks too large to compare whole: they are parted by the keys of refine.'),
  estimated: z.strictObject({
    by: z.enum(['CERTAIN_PAIRS', 'EXPECTATION_MAXIMISATION']),
    left: z.number().int().min(0),
    right: z.number().int().min(0),
    pairs: z.number().int().min(0).describe('Pairs that it was learnt from.'),
    seed: z.number().int().min(0),
    leftOutBlocks: z
      .number()
      .int()
      .min(0)
      .describe(
        'Blocks that stay too large however they are parted: their pairs are not compared.',
      ),
    leftOutPairs: z.number().min(0).describe('Pairs of records in those blocks.'),
  }),
});

/** A model: a rule set, weights, frequencies, the prior. JSON as it is. */
export type LinkageModel = Readonly<z.infer<typeof linkageModelSchema>>;
