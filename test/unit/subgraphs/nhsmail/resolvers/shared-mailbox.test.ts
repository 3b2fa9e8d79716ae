import { describe, expect, it } from '@jest/globals';

import type { NhsmailContext } from '../../../../../subgraphs/nhsmail/context.ts';
import type { AccountKind } from '../../../../../subgraphs/nhsmail/domain/directory-entry.ts';
import { DirectoryAccount } from '../../../../../subgraphs/nhsmail/resolvers/directory-account.ts';
import { StaffMember } from '../../../../../subgraphs/nhsmail/resolvers/staff-member.ts';

type Resolve = (parent: object, args: object, context: NhsmailContext) => Promise<unknown>;
const mailboxes = StaffMember.mailboxes as unknown as Resolve;
const staffMember = DirectoryAccount.staffMember as unknown as Resolve;

/** A certain link to an account that is now of this kind. */
const contextOf = (kind: AccountKind): NhsmailContext => {
  const link = {
    staffId: 'p1',
    accountId: 'a1',
    odsCode: 'RZ1',
    state: 'LINKED',
    assurance: 'CERTAIN',
  };
  const links = { load: () => Promise.resolve([link]) };
  return {
    caller: { kind: 'machine', subject: 'identity', scopes: new Set(['account:resolve']) },
    loaders: {
      linksOfPerson: links,
      linksOfAccount: links,
      account: { loadMany: () => Promise.resolve([{ id: 'a1', kind, odsCode: 'RZ1' }]) },
    },
  } as unknown as NhsmailContext;
};

describe('a link to an account', () => {
  it.each([
    ['USER', 1, { id: 'p1' }],
    ['SHARED', 0, null],
    ['APPLICATION', 0, null],
    ['CONTACT', 0, null],
  ] as const)('that is %s now gives a passport %i mailboxes', async (kind, count, owner) => {
    const context = contextOf(kind);
    expect(await mailboxes({ id: 'p1' }, {}, context)).toHaveLength(count);
    expect(await staffMember({ id: 'a1', kind }, {}, context)).toEqual(owner);
  });
});
