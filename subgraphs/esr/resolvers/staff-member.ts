import { publicError } from '../../../runtime/graphql-error.ts';
import { parseEsrDate } from '../domain/esr-date.ts';
import {
  assignmentsOn,
  currentName,
  isLive,
  leadEmployment,
  previousFamilyNames,
} from '../domain/staff-record.ts';
import { findStaff } from './find-staff.ts';
import type { StaffMemberResolvers } from './types.generated.ts';

/** Fields of a person. The parent is the part of the record that the caller may see. */
export const StaffMember: StaffMemberResolvers = {
  nhsEmployeeId: (record, _args, { day }) => leadEmployment(record, day)?.nhsEmployeeId ?? null,
  name: (record, _args, { day }) => currentName(record, day) ?? null,
  previousFamilyNames: (record, _args, { day }) => previousFamilyNames(record, day),
  birthDate: (record, _args, { day }) => leadEmployment(record, day)?.birthDate ?? null,
  niNumberMasked: (record, _args, { day }) => leadEmployment(record, day)?.niNumberMasked ?? null,
  smartcardUuid: (record, _args, { day }) => leadEmployment(record, day)?.smartcardUuid ?? null,
  workEmail: (record, _args, { day }) => leadEmployment(record, day)?.workEmail ?? null,
  employments: (record, { activeOnly }, { day }) =>
    record.employments.filter((one) => !activeOnly || isLive(one, day)),
  assignments: async ({ id }, { activeOn }, { loaders, day }) => {
    if (activeOn != null && parseEsrDate(activeOn) !== activeOn) {
      throw publicError('INVALID_VALUE', { argument: 'activeOn' });
    }
    return assignmentsOn(await loaders.assignments.load(id), { activeOn, day });
  },
  registrations: ({ id }, _args, { loaders }) => loaders.registrations.load(id),
  competences: ({ id }, _args, { loaders }) => loaders.competences.load(id),
};

/** Finds a person that another subgraph named. */
export const resolveStaffMember = findStaff;
