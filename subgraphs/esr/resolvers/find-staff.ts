/** The one way from an id to a person: the row rule, the purpose and the access log are here. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { EsrContext } from '../context.ts';
import { type Access, accessTo, isSelf, readsForOrganisation } from '../domain/access.ts';
import { identifierFault } from '../domain/identifiers.ts';
import type { StaffRecord } from '../domain/staff-record.ts';

/**
 * Finds a person that the caller may see.
 *
 * @returns `null` when there is none, or none the caller may see
 * @throws `PURPOSE_REQUIRED`, before anything is looked up
 */
export async function findStaff(staffId: string, context: EsrContext): Promise<StaffRecord | null> {
  if (!allows(accessTo(context.caller, staffId))) return null;
  if (identifierFault('staffId', staffId) !== undefined) return null;
  const record = (await context.loaders.people.load(staffId)) ?? null;
  if (record !== null && !isSelf(context.caller, staffId) && readsForOrganisation(context.caller)) {
    context.disclose(staffId);
  }
  return record;
}

/**
 * Whether the rules let the caller go on.
 *
 * @throws `PURPOSE_REQUIRED`
 */
export function allows(access: Access): access is Extract<Access, { kind: 'view' }> {
  if (access.kind === 'purpose-required') throw publicError('PURPOSE_REQUIRED');
  return access.kind === 'view';
}
