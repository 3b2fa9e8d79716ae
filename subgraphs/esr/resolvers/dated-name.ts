import { employerOf } from './employment.ts';
import type { DatedNameResolvers } from './types.generated.ts';

/** Fields of a name over time. */
export const DatedName: DatedNameResolvers = {
  employer: employerOf,
  from: ({ name }) => name.effectiveFrom,
  until: ({ name }) => name.effectiveTo,
};
