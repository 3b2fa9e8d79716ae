/** What `@policy` is told about the rows of the directory. */
import type { PolicyRow } from '../../../runtime/policies.ts';
import type { StaffMemberParent } from '../context.ts';

/** Rows by type. */
export const policyRows = {
  // A person's mailboxes and links are several organisations': each is looked at where it is shown.
  StaffMember: ({ id }: StaffMemberParent): PolicyRow => ({
    staffIds: [id],
    odsCodes: 'each-below',
  }),
  Organisation: ({ odsCode }: { readonly odsCode: string }): PolicyRow => ({ odsCodes: [odsCode] }),
};
