/** `IdentityLink`: why a person and a mailbox are taken to belong together. */
import { isWithin } from '../domain/access.ts';
import type { IdentityLinkResolvers } from './types.generated.ts';

/** Resolvers of `IdentityLink`. */
export const IdentityLink: IdentityLinkResolvers = {
  account: async ({ accountId, state, view }, _args, { loaders }) => {
    // Until somebody has decided, it may be another person's mailbox.
    if (state !== 'LINKED' && view.kind === 'self') return null;
    const account = await loaders.account.load(accountId);
    return account !== undefined && isWithin(view, account.odsCode) ? account : null;
  },
};
