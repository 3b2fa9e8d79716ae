import { isSelf } from '../domain/access.ts';
import { findStaff } from './find-staff.ts';
import type { QueryResolvers } from './types.generated.ts';

/** Where records of a person are, for whoever may see the person. */
export const recordLocations: NonNullable<QueryResolvers['recordLocations']> = async (
  _parent,
  { staffId },
  context,
) => {
  // Services and administrators, who see people by other scopes, have no need of this.
  if (!isSelf(context.caller, staffId) && !context.caller.scopes.has('hr:read')) return null;
  if ((await findStaff(staffId, context)) === null) return null;
  const odsCodes = await context.transfers.findRecordLocations(staffId);
  const organisations = await Promise.all(
    odsCodes.map((odsCode) => context.loaders.organisations.load(odsCode)),
  );
  return organisations.filter((organisation) => organisation !== undefined);
};
