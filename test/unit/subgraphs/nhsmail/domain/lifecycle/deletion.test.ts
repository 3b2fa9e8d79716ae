import { expect, it } from '@jest/globals';

import type { AccountFacts } from '../../../../../../subgraphs/nhsmail/domain/lifecycle/account-facts.ts';
import { warningOf } from '../../../../../../subgraphs/nhsmail/domain/lifecycle/deletion.ts';

const marked = new Date('2026-11-01T10:00:00Z');
const after = (days: number): Date => new Date(marked.getTime() + days * 86_400_000);
const person = { staffId: 'stf_a', worksAt: ['RZ2', 'RZ3'], departures: [], deceased: false };
const nowhere: AccountFacts = {
  id: 'acc1',
  kind: 'USER',
  status: 'LEAVER',
  createdAt: marked,
  leaverSince: marked,
  gone: false,
  undecided: false,
  owners: [],
};
const unlinked: AccountFacts = { ...nowhere, odsCode: 'RZ1' };
const leaver: AccountFacts = { ...unlinked, person };

it.each([
  [6.9, undefined],
  [7, 7],
  [20.9, 7],
  [21, 21],
  [27.9, 21],
  [28, 28],
  [40, 28],
])('%d days after the mark, the warning of day %p is due', (days, day) => {
  expect(warningOf(leaver, after(days))?.day).toBe(day);
});

it('tells the organisations that can accept the account', () => {
  expect(warningOf(leaver, after(7))).toEqual({
    accountId: 'acc1',
    day: 7,
    markedAt: marked,
    dueAt: after(30),
    odsCodes: ['RZ2', 'RZ3'],
    staffId: 'stf_a',
  });
});

it('tells the account’s own when nobody is known to employ the person', () => {
  const unemployed = { ...leaver, person: { ...person, worksAt: [] } };
  expect(warningOf(unemployed, after(7))?.odsCodes).toEqual(['RZ1']);
  expect(warningOf(unlinked, after(7))?.odsCodes).toEqual(['RZ1']);
  expect(warningOf(nowhere, after(7))).toBeUndefined();
});

it('goes by the deletion that the directory says', () => {
  const sooner = { ...leaver, deleteDueAt: after(9) };
  expect(warningOf(sooner, after(7))).toMatchObject({ day: 28, dueAt: after(9) });
});

it.each<[string, Partial<AccountFacts>]>([
  ['a dead person', { person: { ...person, worksAt: [], deceased: true } }],
  ['an account that is gone', { gone: true }],
  ['a shared mailbox', { kind: 'SHARED' }],
  ['an account that was accepted', { status: 'ACTIVE' }],
])('warns nobody of %s', (_name, more) => {
  expect(warningOf({ ...leaver, ...more }, after(28))).toBeUndefined();
});
