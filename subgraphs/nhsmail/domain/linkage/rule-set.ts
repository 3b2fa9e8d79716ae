/**
 * What is compared, how, and when two records are taken for one person: rules as data. A version of a rule set never
 * changes; what was learnt about it from records stands in a model (`model.ts`).
 */
import { z } from 'zod';

/** How the values of a field are compared. Each comparator has levels of its own (`comparators.ts`). */
export const COMPARATORS = [
  'name',
  'given-name',
  'date',
  'near-date',
  'postcode',
  'address',
  'phone',
  'email',
  'number',
  'code',
  'text',
] as const;

/** Name of a comparator. */
export type ComparatorName = (typeof COMPARATORS)[number];

/** Longest name of a field, a value or a level. */
const NAME_LENGTH = 100;
/** Most fields, blocking rules, and names in a list. A model keeps figures for each. */
const MOST_NAMES = 60;

const name = z.string().min(1).max(NAME_LENGTH);
const probability = z.number().gt(0).lte(1);

const fieldRule = z.strictObject({
  field: name.describe('What the field is called in evidence.'),
  comparator: z.enum(COMPARATORS),
  values: z
    .array(name)
    .min(1)
    .max(MOST_NAMES)
    .describe(
      'Names of the values that say the same on either side; every one there is, is compared.',
    ),
  alternatives: z
    .array(name)
    .max(MOST_NAMES)
    .optional()
    .describe(
      'Values that may stand for those: former names. Weaker evidence, with a weight of its own.',
    ),
  days: z
    .array(z.number().int().min(0).max(36_525))
    .length(2)
    .optional()
    .describe(
      'near-date: how many days apart is near, and how many is not far. Otherwise 14 and 90.',
    ),
  mostBits: z
    .number()
    .gt(0)
    .max(40)
    .optional()
    .describe('Most that agreement on a rare value counts for, in bits.'),
  weights: z
    .record(name, z.strictObject({ m: probability, u: probability }))
    .optional()
    .describe('Weights of levels that are not to be estimated.'),
});

const blockRule = z
  .array(name)
  .min(1)
  .max(6)
  .describe('Keys that records of one person have in common, as FIELD:KEY; all of them together.');

const thresholds = z
  .strictObject({
    link: z.number().default(10),
    review: z.number().default(-3),
    margin: z.number().min(0).default(4),
  })
  .refine(({ link, review }) => review <= link, 'review must not be above link');

/** Rules as they are written down. */
export const ruleSetSchema = z.strictObject({
  name,
  version: z.number().int().min(1),
  fields: z.array(fieldRule).min(1).max(MOST_NAMES),
  blocks: z.array(blockRule).min(1).max(MOST_NAMES),
  refine: z
    .array(name)
    .max(6)
    .optional()
    .describe('Keys added, one after another, to a block with more pairs than blockPairs.'),
  blockPairs: z.number().int().min(1).max(1_000_000_000).default(250_000),
  thresholds: thresholds.prefault({}),
});

/** A version of a rule set. */
export type RuleSet = Readonly<z.infer<typeof ruleSetSchema>>;
/** One compared field. */
export type FieldRule = RuleSet['fields'][number];
/** From which score on two records are linked, or shown to a person, in bits of posterior odds. */
export type LinkageThresholds = RuleSet['thresholds'];
