/** Every resolver of the subgraph. */
import { DateTimeResolver as DateTime } from 'graphql-scalars';

import type { NhsmailContext, StaffMemberParent } from '../context.ts';
import { DirectoryAccount, Query, resolveDirectoryAccount } from './directory-account.ts';
import { directoryAccountQueries } from './directory-accounts.ts';
import { directoryEvents } from './directory-events.ts';
import { DirectoryFinding, DirectoryReport, Organisation } from './directory-report.ts';
import { IdentityLink } from './identity-link.ts';
import { identityLinkMutations } from './identity-link-acts.ts';
import { likelyLinkQueries } from './likely-links.ts';
import {
  MatchingCandidate,
  MatchingCase,
  MatchingCaseAct,
  MatchingDecisionMade,
  MatchingEvidence,
  MatchingQueueCount,
} from './matching-case.ts';
import { matchingCaseMutations } from './matching-case-acts.ts';
import { matchingCaseQueries } from './matching-cases.ts';
import { matchingRuleQueries } from './matching-rules.ts';
import { StaffMember } from './staff-member.ts';

/** Ids that the staff records mint. */
const STAFF_ID = /^stf_[A-Za-z0-9_-]{22}$/;

const ODS_CODE = /^[A-Z0-9]{3,8}$/;

/**
 * Resolvers by type. `__resolveReference` gets the key fields and the context, as Apollo calls it; the generated types
 * differ, so these two are typed here.
 */
export const resolvers = {
  Query: {
    ...Query,
    ...directoryAccountQueries,
    ...matchingCaseQueries,
    ...likelyLinkQueries,
    ...matchingRuleQueries,
    directoryEvents,
  },
  Mutation: { ...matchingCaseMutations, ...identityLinkMutations },
  DateTime,
  DirectoryFinding,
  DirectoryReport,
  IdentityLink,
  MatchingCandidate,
  MatchingCase,
  MatchingCaseAct,
  MatchingDecisionMade,
  MatchingEvidence,
  MatchingQueueCount,
  StaffMember: {
    ...StaffMember,
    // The id tells nothing: whether there is such a person is for the staff records to say, and each field asks who reads.
    __resolveReference: ({ id }: StaffMemberParent): StaffMemberParent | null =>
      STAFF_ID.test(id) ? { id } : null,
  },
  Organisation: {
    ...Organisation,
    __resolveReference: ({ odsCode }: { readonly odsCode: string }) =>
      ODS_CODE.test(odsCode) ? { odsCode } : null,
  },
  DirectoryAccount: {
    ...DirectoryAccount,
    __resolveReference: ({ id }: { readonly id: string }, context: NhsmailContext) =>
      resolveDirectoryAccount(id, context),
  },
};
