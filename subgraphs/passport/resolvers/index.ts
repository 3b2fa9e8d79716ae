/** Every resolver of the subgraph. */
import { DateTimeResolver as DateTime, JSONResolver as JSON } from 'graphql-scalars';

import { AccessLogEntry, accessReviewQueries } from './access-log.ts';
import { auditQueries } from './audit-trail.ts';
import { bulkExportMutations, bulkExportQueries } from './bulk-export.ts';
import { CheckPoliciesMutation, CheckPoliciesQuery } from './check-policies.ts';
import { Credential } from './credential.ts';
import { ownDeviceMutations } from './own-devices.ts';
import { sharingMutations, sharingQueries } from './holder-sharing.ts';
import { EmploymentChecksMutation, EmploymentChecksQuery } from './employment-checks.ts';
import { issuerHealthQueries } from './issuer-health.ts';
import { issuerKeyMutations, issuerKeyQueries } from './issuer-keys.ts';
import { Mutation } from './mutation.ts';
import {
  PresentationMutation,
  PresentationQuery,
  PresentationRequestConnection,
  PresentationRequest,
  PresentedCredential,
  VerificationResult,
} from './presentations.ts';
import { PassportStop, stopMutations, stopQueries } from './passport-stops.ts';
import { holderQueries } from './passport-holders.ts';
import { placementQueries } from './placement-events.ts';
import { Query } from './query.ts';
import {
  RegisteredOrganisation,
  RegistryChange,
  registryMutations,
  registryQueries,
} from './registry.ts';
import { agreementMutations, agreementQueries } from './sharing-agreements.ts';
import { Signal, signalMutations, signalQueries } from './signals.ts';
import { Passport, StaffMember } from './staff-member.ts';
import type { Resolvers } from './types.generated.ts';

/** Resolvers by type. */
export const resolvers: Resolvers = {
  Query: {
    ...Query,
    ...PresentationQuery,
    ...EmploymentChecksQuery,
    ...CheckPoliciesQuery,
    ...agreementQueries,
    ...placementQueries,
    ...sharingQueries,
    ...signalQueries,
    ...bulkExportQueries,
    ...holderQueries,
    ...accessReviewQueries,
    ...stopQueries,
    ...issuerKeyQueries,
    ...registryQueries,
    ...issuerHealthQueries,
    ...auditQueries,
  },
  Mutation: {
    ...Mutation,
    ...PresentationMutation,
    ...EmploymentChecksMutation,
    ...CheckPoliciesMutation,
    ...agreementMutations,
    ...sharingMutations,
    ...ownDeviceMutations,
    ...signalMutations,
    ...bulkExportMutations,
    ...stopMutations,
    ...issuerKeyMutations,
    ...registryMutations,
  },
  PresentationRequest,
  PresentationRequestConnection,
  PresentedCredential,
  VerificationResult,
  AccessLogEntry,
  StaffMember,
  Passport,
  PassportStop,
  Credential,
  RegisteredOrganisation,
  RegistryChange,
  Signal,
  DateTime,
  JSON,
};
