import { publicError } from '../../../runtime/graphql-error.ts';
import { readsAllRecords } from '../domain/access.ts';
import { findStaff } from './find-staff.ts';
import type { QueryResolvers } from './types.generated.ts';

const MOST_IDS = 500;

/** People by id, for the services that read the records of many. */
export const staffMembers: NonNullable<QueryResolvers['staffMembers']> = async (
  _parent,
  { ids },
  context,
) => {
  if (!readsAllRecords(context.caller)) throw publicError('FORBIDDEN');
  if (ids.length > MOST_IDS || !context.takeListed(ids.length)) {
    throw publicError('INVALID_VALUE', { argument: 'ids' });
  }
  return Promise.all(ids.map((id) => findStaff(id, context)));
};
