/** The resolvers of the staff records subgraph. */
import type { EsrContext } from '../context.ts';
import { Assignment, resolveAssignment } from './assignment.ts';
import {
  codedAssignment,
  codedEmployment,
  codedRegistration,
  codeListQueries,
} from './coded-values.ts';
import { DatedName } from './dated-name.ts';
import { Employment, employerOf } from './employment.ts';
import { Organisation, resolveOrganisation } from './organisation.ts';
import { Query } from './query.ts';
import { recordLocations } from './record-locations.ts';
import { staffSearch } from './search.ts';
import { staffEvents } from './staff-events.ts';
import { importMutations, importQueries, StaffImport } from './staff-imports.ts';
import { staffMembers } from './staff-members.ts';
import { resolveStaffMember, StaffMember } from './staff-member.ts';
import { exportMutations, exportQueries, VerifiedRecordExport } from './verified-record-export.ts';
import { Transfer } from './transfer.ts';
import { transferMutations, transferQueries } from './transfers.ts';

/**
 * Resolvers by type. `__resolveReference` gets the key fields and the context, as Apollo calls it; the generated types
 * differ, so these three are typed here. Dates and times come out of the store as the schema writes them.
 */
export const resolvers = {
  Query: {
    ...Query,
    staffEvents,
    staffSearch,
    recordLocations,
    ...transferQueries,
    ...codeListQueries,
    ...exportQueries,
    ...importQueries,
    staffMembers,
  },
  Mutation: { ...transferMutations, ...exportMutations, ...importMutations },
  Transfer,
  VerifiedRecordExport,
  StaffImport,
  StaffMember: {
    ...StaffMember,
    __resolveReference: ({ id }: { readonly id: string }, context: EsrContext) =>
      resolveStaffMember(id, context),
  },
  Organisation: {
    ...Organisation,
    __resolveReference: ({ odsCode }: { readonly odsCode: string }, context: EsrContext) =>
      resolveOrganisation(odsCode, context),
  },
  Assignment: {
    ...Assignment,
    ...codedAssignment,
    __resolveReference: ({ id }: { readonly id: string }, context: EsrContext) =>
      resolveAssignment(id, context),
  },
  Employment: { ...Employment, ...codedEmployment },
  ProfessionalRegistration: codedRegistration,
  Competence: { awardedBy: employerOf },
  DatedName,
  Qualification: { statedBy: employerOf },
  RecordRemoval: { employer: employerOf },
};
