/** `DirectoryAccount` and `Query`: an account, for whoever may see it. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { NhsmailContext } from '../context.ts';
import {
  accessToAccount,
  isWithin,
  readsForOrganisation,
  resolvesAccounts,
} from '../domain/access.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';
import { isReliedOn } from '../domain/links.ts';
import type { DirectoryAccountResolvers, QueryResolvers } from './types.generated.ts';

/** Entry points. */
export const Query: QueryResolvers = {
  directoryAccount: async (_parent, { by }, { caller, directory, loaders }) => {
    // `@oneOf` is not carried by composition.
    const { mail, id }: { readonly mail?: string | null; readonly id?: string | null } = by;
    if ((mail == null) === (id == null)) throw publicError('INVALID_VALUE', { argument: 'by' });
    if (!resolvesAccounts(caller)) return null;
    const found =
      mail == null ? await loaders.account.load(id ?? '') : await directory.findByMail(mail);
    return found ?? null;
  },
};

/** Resolvers of `DirectoryAccount`. */
export const DirectoryAccount: DirectoryAccountResolvers = {
  displayName: ({ displayName }) => displayName ?? null,
  givenName: ({ givenName }) => givenName ?? null,
  familyName: ({ familyName }) => familyName ?? null,
  jobTitle: ({ jobTitle }) => jobTitle ?? null,
  phone: ({ phone }) => phone ?? null,
  organisation: ({ odsCode }) => (odsCode === undefined ? null : { odsCode }),
  asOf: ({ readAt }) => readAt,
  staffMember: async ({ id, kind }, _args, context) => {
    if (!resolvesAccounts(context.caller)) return null;
    // A shared mailbox is nobody's, also when it was somebody's before.
    if (kind !== 'USER') return null;
    const staffId = await ownerOf(id, context);
    return staffId === undefined ? null : { id: staffId };
  },
};

/** Finds an account that another subgraph named, for a caller who may see it. */
export async function resolveDirectoryAccount(
  id: string,
  context: NhsmailContext,
): Promise<DirectoryEntry | null> {
  const { caller, loaders } = context;
  const ownerId = await ownerOf(id, context);
  const access = accessToAccount(caller, ownerId);
  if (access.kind === 'purpose-required') throw publicError('PURPOSE_REQUIRED');
  if (access.kind === 'none') return null;
  const account = await loaders.account.load(id);
  if (account === undefined || !isWithin(access.view, account.odsCode)) return null;
  if (ownerId !== undefined && access.view.kind !== 'self' && readsForOrganisation(caller)) {
    context.disclose(ownerId);
  }
  return account;
}

async function ownerOf(
  accountId: string,
  { loaders }: NhsmailContext,
): Promise<string | undefined> {
  const links = await loaders.linksOfAccount.load(accountId);
  // A likely link says nothing about whose account it is.
  return links.find(isReliedOn)?.staffId;
}
