/** `directoryAccounts`: who is in the directory, for the people of the organisation. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { NhsmailContext } from '../context.ts';
import { accessToAccount, isWithin, readsForOrganisation } from '../domain/access.ts';
import type { StoredAccount } from '../domain/account-store.ts';
import type { QueryResolvers } from './types.generated.ts';

const PAGE_LIMIT = 100;
const CURSOR_LIMIT = 1_024;
const CURSOR = /^v1:(.{1,512})$/su;

/** Queries about the accounts of an organisation. */
export const directoryAccountQueries: Pick<QueryResolvers, 'directoryAccounts'> = {
  directoryAccounts: async (_parent, { odsCode, status, kind, first, after }, context) => {
    const access = accessToAccount(context.caller, undefined);
    if (access.kind === 'purpose-required') throw publicError('PURPOSE_REQUIRED');
    if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
      throw publicError('INVALID_VALUE', { argument: 'first' });
    }
    const last = after == null ? undefined : parseCursor(after);
    const found =
      access.kind === 'view' && isWithin(access.view, odsCode)
        ? await context.accounts.page({
            odsCode,
            first: first + 1,
            ...(status == null ? {} : { statuses: [status] }),
            ...(kind == null ? {} : { kinds: [kind] }),
            ...(last === undefined ? {} : { after: last }),
          })
        : [];
    const page = found.slice(0, first);
    if (readsForOrganisation(context.caller)) await discloseOwners(page, context);
    const end = page.at(-1);
    return {
      edges: page.map((account) => ({ cursor: cursorOf(account), node: account })),
      pageInfo: {
        hasNextPage: found.length > first,
        endCursor: end === undefined ? null : cursorOf(end),
      },
    };
  },
};

/** Whoever's account is shown finds it in their access log. */
async function discloseOwners(
  accounts: readonly StoredAccount[],
  { loaders, disclose }: NhsmailContext,
): Promise<void> {
  const links = await Promise.all(accounts.map(({ id }) => loaders.linksOfAccount.load(id)));
  for (const { staffId } of links.flat()) disclose(staffId);
}

const cursorOf = ({ id }: StoredAccount): string => Buffer.from(`v1:${id}`).toString('base64url');

function parseCursor(cursor: string): string {
  const text =
    cursor.length > CURSOR_LIMIT ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const id = CURSOR.exec(text)?.[1];
  if (id === undefined || id.includes('\0'))
    throw publicError('INVALID_VALUE', { argument: 'after' });
  return id;
}
