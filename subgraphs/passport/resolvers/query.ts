/** Queries. */
import { actingFor } from './caller-rules.ts';
import { visibleCredential } from './credential.ts';
import { requestShape } from './shapes.ts';
import type { QueryResolvers } from './types.generated.ts';

/** Resolvers of `Query`. */
export const Query: QueryResolvers = {
  credential: (_parent, { id }, context) => visibleCredential(id, context),

  async presentation(_parent, { id }, { caller, parts }) {
    const { odsCode } = actingFor(caller, 'passport:verify');
    const request = await parts.presentations.find(id);
    return request?.odsCode === odsCode ? requestShape(request, parts) : null;
  },
};
