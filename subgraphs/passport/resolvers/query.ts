/** Queries. */
import { visibleCredential } from './credential.ts';
import type { QueryResolvers } from './types.generated.ts';

/** Resolvers of `Query`. */
export const Query: QueryResolvers = {
  credential: (_parent, { id }, context) => visibleCredential(id, context),
};
