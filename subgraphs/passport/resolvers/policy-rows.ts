/** What `@policy` is told about the rows of the passports. */
import type { PolicyRow } from '../../../runtime/policies.ts';
import type { CredentialParent, PassportParent, StaffMemberParent } from '../context.ts';
import type { PassportStop } from '../domain/passport-stop.ts';
import type { ListOfPresentations } from '../domain/ports/presentations.ts';
import type { StoredPresentation } from '../domain/presentation-request.ts';
import type { CheckPolicy, ResolversParentTypes } from './types.generated.ts';

/** Rows by type. */
export const policyRows = {
  StaffMember: ({ id }: StaffMemberParent): PolicyRow => ({ staffIds: [id] }),
  // As one caller may see it: what one organisation issued, or all of it, which is the holder's alone.
  Passport: ({ staffId, issuedBy }: PassportParent): PolicyRow => ({
    staffIds: [staffId],
    odsCodes: issuedBy === undefined ? [] : [issuedBy],
  }),
  Credential: ({ staffId, odsCode }: CredentialParent): PolicyRow => ({
    staffIds: [staffId],
    odsCodes: [odsCode],
  }),
  PresentationList: ({ odsCode }: ListOfPresentations): PolicyRow => ({ odsCodes: [odsCode] }),
  PresentationRequest: ({ odsCode }: StoredPresentation): PolicyRow => ({ odsCodes: [odsCode] }),
  PassportStop: ({ odsCode }: PassportStop): PolicyRow => ({ odsCodes: [odsCode] }),
  // Whoever presented something to an organisation is being recruited there: there are no checks of anybody else.
  EmploymentChecks: ({ policy }: ResolversParentTypes['EmploymentChecks']): PolicyRow => ({
    recruiters: [policy.organisation.odsCode],
  }),
  CheckPolicy: ({ organisation }: CheckPolicy): PolicyRow => ({ odsCodes: [organisation.odsCode] }),
};
