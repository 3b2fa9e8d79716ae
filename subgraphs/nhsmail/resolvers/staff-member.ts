/** `StaffMember`: the mailboxes of a person, and how each came to be linked. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { NhsmailContext } from '../context.ts';
import {
  accessToPerson,
  type DirectoryView,
  isWithin,
  readsForOrganisation,
} from '../domain/access.ts';
import { isReliedOn, type LinkStatement } from '../domain/links.ts';
import type { StaffMemberResolvers } from './types.generated.ts';

/** Resolvers of `StaffMember`. */
export const StaffMember: StaffMemberResolvers = {
  mailboxes: async ({ id }, _args, context) => {
    const seen = await linksOf(id, context);
    if (seen === null) return null;
    // What a passport rests on: nothing that is only likely.
    const linked = seen.links.filter(isReliedOn);
    const accounts = await context.loaders.account.loadMany(
      linked.map(({ accountId }) => accountId),
    );
    const visible = accounts.flatMap((account) => {
      if (account instanceof Error) throw account;
      // An account that became a shared mailbox is nobody's own any more, whatever it was linked to.
      const isOwn = account?.kind === 'USER';
      return isOwn && isWithin(seen.view, account.odsCode) ? [account] : [];
    });
    if (visible.length > 0) disclose(id, seen.view, context);
    return visible;
  },

  identityLinks: async ({ id }, { history }, context) => {
    const seen = await linksOf(id, context);
    if (seen === null) return null;
    const { loaders } = context;
    const [said, waiting] = await Promise.all([
      history ? loaders.historyOfPerson.load(id) : seen.links,
      loaders.candidatesOfPerson.load(id),
    ]);
    const linked = new Set(seen.links.map(({ accountId }) => accountId));
    const shown = [...said, ...waiting.filter(({ accountId }) => !linked.has(accountId))].filter(
      ({ odsCode }) => isWithin(seen.view, odsCode),
    );
    if (shown.length > 0) disclose(id, seen.view, context);
    return shown.map((link) => ({ ...link, view: seen.view }));
  },
};

/** The links of a person that the caller may see, or `null` when the caller may see no one's. */
async function linksOf(
  staffId: string,
  { caller, loaders }: NhsmailContext,
): Promise<{ readonly view: DirectoryView; readonly links: readonly LinkStatement[] } | null> {
  const access = accessToPerson(caller, staffId);
  switch (access.kind) {
    case 'purpose-required':
      throw publicError('PURPOSE_REQUIRED');
    case 'none':
      return null;
    case 'view': {
      const links = await loaders.linksOfPerson.load(staffId);
      // By the link's own organisation first: another organisation's mailbox is not even looked up.
      return {
        view: access.view,
        links: links.filter(({ odsCode }) => isWithin(access.view, odsCode)),
      };
    }
  }
}

/** Tells the gateway whose record goes out, when it is not the person themselves who reads. */
function disclose(staffId: string, view: DirectoryView, context: NhsmailContext): void {
  if (view.kind !== 'self' && readsForOrganisation(context.caller)) context.disclose(staffId);
}
