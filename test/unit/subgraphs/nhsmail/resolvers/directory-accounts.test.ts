import { describe, expect, it } from '@jest/globals';

import type { NhsmailContext } from '../../../../../subgraphs/nhsmail/context.ts';
import type {
  AccountListQuery,
  StoredAccount,
} from '../../../../../subgraphs/nhsmail/domain/account-store.ts';
import { directoryAccountQueries } from '../../../../../subgraphs/nhsmail/resolvers/directory-accounts.ts';

const at = new Date('2026-11-22T10:00:00Z');
const account = (id: string): StoredAccount => ({
  id,
  mail: `${id}@nhsmail.example`,
  aliases: [],
  kind: 'USER',
  status: 'ACTIVE',
  odsCode: 'RZ1',
  registrations: [],
  connectorManaged: false,
  owners: [],
  readAt: at,
  source: 'ldap',
  changedAt: at,
});
const ALL = ['a1', 'a2', 'a3'].map(account);

interface Who {
  readonly scopes: string;
  readonly odsCode?: string;
  readonly purpose?: string;
  readonly kind?: 'person' | 'machine';
}

/** Asks as somebody; the answer with what was asked of the store and disclosed. */
async function ask(args: object, { scopes, kind = 'person', ...who }: Who) {
  const queries: AccountListQuery[] = [];
  const disclosed: string[] = [];
  const context = {
    caller: { kind, subject: 'stf_somebody', scopes: new Set(scopes.split(' ')), ...who },
    accounts: {
      page: (query: AccountListQuery) => {
        queries.push(query);
        const from = ALL.findIndex(({ id }) => id === query.after) + 1;
        return Promise.resolve(ALL.slice(from, from + query.first));
      },
    },
    loaders: {
      linksOfAccount: {
        load: (id: string) => Promise.resolve(id === 'a1' ? [{ staffId: 'owner of a1' }] : []),
      },
    },
    disclose: (staffId: string) => disclosed.push(staffId),
  } as unknown as NhsmailContext;
  const resolve = directoryAccountQueries.directoryAccounts as unknown as (
    parent: object,
    args: object,
    context: NhsmailContext,
  ) => Promise<{
    readonly edges: readonly { readonly cursor: string; readonly node: StoredAccount }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  }>;
  const answer = await resolve({}, { odsCode: 'RZ1', first: 2, ...args }, context);
  return { answer, ids: answer.edges.map(({ node }) => node.id), queries, disclosed };
}
const hr: Who = { scopes: 'self:read hr:read', odsCode: 'RZ1', purpose: 'ROTATION' };

describe('directoryAccounts', () => {
  it('lists page after page, and tells whose account was shown', async () => {
    const first = await ask({ status: 'ACTIVE', kind: 'USER' }, hr);
    expect(first).toMatchObject({
      ids: ['a1', 'a2'],
      queries: [{ odsCode: 'RZ1', first: 3, statuses: ['ACTIVE'], kinds: ['USER'] }],
      disclosed: ['owner of a1'],
    });
    expect(first.answer.pageInfo.hasNextPage).toBe(true);
    const second = await ask({ after: first.answer.pageInfo.endCursor }, hr);
    expect(second).toMatchObject({ ids: ['a3'], disclosed: [] });
    expect(second.answer.pageInfo.hasNextPage).toBe(false);
  });

  it.each<[string, Who]>([
    ['of another organisation', { ...hr, odsCode: 'RZ2' }],
    ['of none', { scopes: 'hr:read', purpose: 'ROTATION' }],
    ['without the scope', { scopes: 'self:read', odsCode: 'RZ1' }],
  ])('shows nothing, and does not even look, to somebody %s', async (_name, who) => {
    expect(await ask({}, who)).toMatchObject({ ids: [], queries: [], disclosed: [] });
  });

  it('shows a service everything', async () => {
    const service: Who = { kind: 'machine', scopes: 'record:read' };
    expect(await ask({ first: 3 }, service)).toMatchObject({
      ids: ['a1', 'a2', 'a3'],
      disclosed: [],
    });
  });

  it.each<[string, object, Who, string]>([
    ['a purpose is missing', {}, { scopes: 'hr:read', odsCode: 'RZ1' }, 'PURPOSE_REQUIRED'],
    ['the page is too long', { first: 101 }, hr, 'INVALID_VALUE'],
    ['the page is empty', { first: 0 }, hr, 'INVALID_VALUE'],
    ['the cursor is not one', { after: 'a1' }, hr, 'INVALID_VALUE'],
  ])('refuses when %s', async (_name, args, who, code) => {
    await expect(ask(args, who)).rejects.toMatchObject({ extensions: { code } });
  });
});
