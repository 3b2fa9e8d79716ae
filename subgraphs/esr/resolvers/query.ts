import { publicError } from '../../../runtime/graphql-error.ts';
import type { EsrContext } from '../context.ts';
import {
  accessTo,
  mayFind,
  readsAllRecords,
  readsForOrganisation,
  viewOfOthers,
} from '../domain/access.ts';
import { isNhsNumber } from '../domain/identifiers.ts';
import type { StaffRecord } from '../domain/staff-record.ts';
import { allows, findStaff } from './find-staff.ts';
import type { QueryResolvers, StaffBy } from './types.generated.ts';

/** An id that nobody has. */
const NOBODY = `stf_${'A'.repeat(22)}`;

/** The entry points of the staff records. */
export const Query: QueryResolvers = {
  me: (_parent, _args, context) => {
    const { caller } = context;
    return caller.kind === 'person' && caller.scopes.has('self:read')
      ? findStaff(caller.subject, context)
      : null;
  },

  staff: async (_parent, { by }, context) => {
    checkStaffBy(by);
    const { caller } = context;
    if (!mayFind(caller) && !readsAllRecords(caller)) return null;
    if (by.id != null) return lookUp(by.id, context);
    // Whoever it may turn out to be, a purpose is asked for first.
    if (!allows(accessTo(caller, ''))) return null;
    const staffId = await findStaffId(by, context);
    // Looked for in any case, so that the time taken does not tell of people elsewhere.
    return lookUp(staffId ?? NOBODY, context);
  },

  organisation: async (_parent, { odsCode }, { loaders }) =>
    (await loaders.organisations.load(odsCode)) ?? null,
};

/** A look-up by way of one's work, also of one's own record: `me` is the way to that. */
async function lookUp(staffId: string, context: EsrContext): Promise<StaffRecord | null> {
  const record = await findStaff(staffId, context);
  if (record !== null && readsForOrganisation(context.caller)) context.disclose(staffId);
  return record;
}

/** `@oneOf`: exactly one field. An NHS number in any of them is refused: it is a patient's. */
function checkStaffBy(by: StaffBy): void {
  const given = [by.id, by.employee, by.registration].filter((one) => one != null);
  const values = [
    by.id,
    by.employee?.odsCode,
    by.employee?.employeeNumber,
    by.registration?.number,
  ];
  if (given.length !== 1 || values.some((value) => value != null && isNhsNumber(value))) {
    throw publicError('INVALID_VALUE', { argument: 'by' });
  }
}

async function findStaffId(
  by: StaffBy,
  { caller, records }: EsrContext,
): Promise<string | undefined> {
  const view = viewOfOthers(caller);
  if (view === undefined) return undefined;
  if (by.employee != null) {
    // Another employer's number would tell that the person works there.
    const foreign = view !== 'everything' && view.odsCode !== by.employee.odsCode;
    return foreign ? undefined : records.findStaffId(by.employee, view);
  }
  return by.registration == null
    ? undefined
    : records.findStaffId(
        { ...by.registration, number: by.registration.number.toUpperCase() },
        view,
      );
}
