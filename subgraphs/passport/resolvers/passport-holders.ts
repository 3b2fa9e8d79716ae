/** Who holds a passport that is in force, for the services that keep records. Ids alone: nothing is disclosed. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { staffId } from '../domain/identifiers.ts';
import type { QueryResolvers } from './types.generated.ts';

const LIMIT = 100;

/** Its query. */
export const holderQueries: Pick<QueryResolvers, 'passportHolders'> = {
  async passportHolders(_parent, { staffIds }, { caller, parts }) {
    if (caller.kind !== 'machine' || !caller.scopes.has('record:read')) {
      throw publicError('FORBIDDEN');
    }
    const wrong = staffIds.some((id) => !staffId.safeParse(id).success);
    if (wrong || staffIds.length > LIMIT) throw publicError('INVALID_VALUE');
    return [...(await parts.credentials.findHolders(staffIds, parts.now()))];
  },
};
