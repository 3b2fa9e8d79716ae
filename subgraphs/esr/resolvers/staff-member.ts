import { isSelf, readsAllRecords } from '../domain/access.ts';
import {
  assignmentsOn,
  changedSince,
  currentName,
  employmentsOn,
  leadEmployment,
  namesOver,
  previousFamilyNames,
  recordOn,
  type StaffRecord,
} from '../domain/staff-record.ts';
import { findStaff } from './find-staff.ts';
import { type ListArguments, listArguments, parseDay, parseMoment } from './list-arguments.ts';
import type { StaffMemberResolvers } from './types.generated.ts';

/** Fields of a person. The parent is the part of the record that the caller may see. */
export const StaffMember: StaffMemberResolvers = {
  currentId: ({ id, currentId }) => currentId ?? id,
  nhsEmployeeId: (record, _args, { day }) => leadEmployment(record, day)?.nhsEmployeeId ?? null,
  name: (record, args, { day }) => {
    const { asOf = day } = listArguments(args);
    return currentName(wasOn(record, args), asOf) ?? null;
  },
  names: (record, args) => {
    const { asOf, since } = listArguments(args);
    return changedSince(namesOver(record, asOf), since);
  },
  previousFamilyNames: (record, args, { day }) => {
    const { asOf = day } = listArguments(args);
    return previousFamilyNames(wasOn(record, args), asOf);
  },
  birthDate: (record, _args, { day }) => leadEmployment(record, day)?.birthDate ?? null,
  niNumberMasked: (record, _args, { day }) => leadEmployment(record, day)?.niNumberMasked ?? null,
  smartcardUuid: (record, _args, { day }) => leadEmployment(record, day)?.smartcardUuid ?? null,
  workEmail: (record, _args, { day }) => leadEmployment(record, day)?.workEmail ?? null,
  workPhones: async ({ id }, _args, { caller, loaders }) =>
    isSelf(caller, id) || readsAllRecords(caller)
      ? (await loaders.workPhones.load(id)).map(({ number }) => number)
      : null,
  employments: (record, { activeOnly, ...args }, { day }) => {
    const { asOf, since } = listArguments(args);
    return changedSince(employmentsOn(record, { activeOnly, asOf, day }), since);
  },
  assignments: async ({ id }, { activeOn, ...args }, { loaders, day }) => {
    const { asOf, since } = listArguments(args);
    const held = await loaders.assignments.load(id);
    return assignmentsOn(changedSince(held, since), {
      activeOn: asOf ?? (activeOn == null ? activeOn : parseDay(activeOn, 'activeOn')),
      day,
    });
  },
  registrations: async ({ id }, args, { loaders }) => {
    const { asOf, since } = listArguments(args);
    return changedSince(await loaders.registrations(asOf).load(id), since);
  },
  competences: async ({ id }, args, { loaders }) => {
    const { asOf, since } = listArguments(args);
    return changedSince(await loaders.competences(asOf).load(id), since);
  },
  qualifications: async ({ id }, args, { loaders }) => {
    const { asOf, since } = listArguments(args);
    return changedSince(await loaders.qualifications(asOf).load(id), since);
  },
  trainingPlacements: async ({ id }, args, { loaders }) => {
    const { asOf, since } = listArguments(args);
    return changedSince(await loaders.trainingPlacements(asOf).load(id), since);
  },
  transfers: async ({ id }, args, { caller, loaders }) => {
    const { asOf, since } = listArguments(args);
    // Services read records, and have no need of this.
    if (!isSelf(caller, id) && (!caller.scopes.has('hr:read') || readsAllRecords(caller))) {
      return null;
    }
    return changedSince(await loaders.transfers(asOf).load(id), since);
  },
  removals: async ({ id }, args, { loaders }) => [
    ...(await loaders.removals(parseMoment(args.changedSince).toISOString()).load(id)),
  ],
};

/** The record, without what had yet to begin on the day that is asked about. */
function wasOn(record: StaffRecord, args: ListArguments): StaffRecord {
  const { asOf } = listArguments(args);
  return asOf === undefined ? record : recordOn(record, asOf);
}

/** Finds a person that another subgraph named. */
export const resolveStaffMember = findStaff;
