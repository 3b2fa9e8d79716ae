import { describe, expect, it } from '@jest/globals';

import type {
  AccountFacts,
  OwnerFacts,
  PersonStanding,
} from '../../../../../../subgraphs/nhsmail/domain/lifecycle/account-facts.ts';
import {
  findingsOfAccount,
  findingsOfPerson,
} from '../../../../../../subgraphs/nhsmail/domain/lifecycle/findings-of-account.ts';

const now = new Date('2026-11-26T09:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const rules = { now, closed: new Set(['RXC']), orphanAfterDays: 14 };

const person = (more: Partial<PersonStanding> = {}): PersonStanding => ({
  staffId: 'stf_a',
  worksAt: ['RZ1'],
  departures: [],
  deceased: false,
  ...more,
});
const left = (odsCode = 'RZ1', days = 2) => ({ odsCode, knownAt: daysAgo(days) });
const account = (more: Partial<AccountFacts> = {}): AccountFacts => ({
  id: 'acc1',
  kind: 'USER',
  status: 'ACTIVE',
  odsCode: 'RZ1',
  createdAt: daysAgo(400),
  gone: false,
  undecided: false,
  owners: [],
  ...more,
});
const leaver = (more: Partial<AccountFacts> = {}): AccountFacts =>
  account({ status: 'LEAVER', leaverSince: daysAgo(10), ...more });

/** `KIND ODS since-day worksAt`. */
const found = (facts: AccountFacts): string[] =>
  findingsOfAccount(facts, rules).map(
    ({ kind, odsCode, since, worksAt }) =>
      `${kind} ${odsCode} ${since === undefined ? '-' : String((now.getTime() - since.getTime()) / 86_400_000)} ${worksAt.join('+')}`,
  );

describe('a person’s account', () => {
  it.each<[string, AccountFacts, string[]]>([
    ['of somebody at work', account({ person: person() }), []],
    [
      'of somebody who left the organisation',
      account({ person: person({ worksAt: [], departures: [left()] }) }),
      ['LEAVER_STILL_ACTIVE RZ1 2 '],
    ],
    [
      'of somebody who left for another organisation',
      account({ person: person({ worksAt: ['RZ2'], departures: [left()] }) }),
      ['LEAVER_STILL_ACTIVE RZ1 2 RZ2'],
    ],
    [
      'of somebody with a bank post left at the organisation',
      account({ person: person({ worksAt: ['RZ1'], departures: [left()] }) }),
      [],
    ],
    [
      'of somebody who left another organisation than the account’s',
      account({ person: person({ departures: [left('RZ2')] }) }),
      [],
    ],
    ['of somebody the records are silent about', account({ person: person({ worksAt: [] }) }), []],
    [
      'that was disabled when its person left',
      account({ status: 'DISABLED', person: person({ worksAt: [], departures: [left()] }) }),
      [],
    ],
    [
      'that was marked when its person left',
      leaver({ person: person({ worksAt: [], departures: [left()] }) }),
      [],
    ],
    [
      'that is marked although its person works there',
      leaver({ person: person() }),
      ['LEAVER_STILL_EMPLOYED RZ1 10 RZ1'],
    ],
    [
      'that no new employer has accepted',
      leaver({ person: person({ worksAt: ['RZ2', 'RZ3'], departures: [left()] }) }),
      ['JOINER_NOT_ACCEPTED RZ2 10 RZ2+RZ3', 'JOINER_NOT_ACCEPTED RZ3 10 RZ2+RZ3'],
    ],
    ['that is new and nobody’s', account({ createdAt: daysAgo(13) }), []],
    ['that is nobody’s for long', account(), ['ACCOUNT_WITHOUT_PERSON RZ1 400 ']],
    ['that waits for somebody to decide', account({ undecided: true }), []],
    ['that is a leaver’s and nobody’s', leaver(), []],
    [
      'of a closed organisation',
      account({ odsCode: 'RXC', person: person({ worksAt: ['RZ2', 'RXC'] }) }),
      ['CLOSED_ORGANISATION RZ2 - RZ2+RXC'],
    ],
    [
      'of a closed organisation and nobody’s',
      account({ odsCode: 'RXC' }),
      ['CLOSED_ORGANISATION RXC - '],
    ],
    ['without an organisation', { ...account(), odsCode: undefined } as never, []],
  ])('%s', (_name, facts, expected) => {
    expect(found(facts)).toEqual(expected);
  });

  it('of a dead person is somebody’s work, and says that nobody may be written to', () => {
    const facts = account({
      person: person({ worksAt: [], departures: [left()], deceased: true }),
    });
    expect(findingsOfAccount(facts, rules)).toEqual([
      {
        kind: 'LEAVER_STILL_ACTIVE',
        odsCode: 'RZ1',
        accountId: 'acc1',
        staffId: 'stf_a',
        since: daysAgo(2),
        worksAt: [],
        deceased: true,
        ownersLeft: [],
        ownersLeftOver: [],
      },
    ]);
  });
});

describe('a shared mailbox', () => {
  const stands: OwnerFacts = {
    accountId: 'o1',
    account: { status: 'ACTIVE', odsCode: 'RZ1', person: person() },
  };
  const another: OwnerFacts = { accountId: 'o2', account: { status: 'ACTIVE', odsCode: 'RZ1' } };
  const unknown: OwnerFacts = { accountId: 'o3' };
  const marked: OwnerFacts = { accountId: 'o4', account: { status: 'LEAVER', odsCode: 'RZ1' } };
  const moved: OwnerFacts = {
    accountId: 'o5',
    account: {
      status: 'ACTIVE',
      odsCode: 'RZ2',
      person: person({ worksAt: ['RZ2'], departures: [left()] }),
    },
  };
  const active: OwnerFacts = {
    accountId: 'o6',
    account: {
      status: 'ACTIVE',
      odsCode: 'RZ3',
      person: person({ worksAt: [], departures: [left('RZ3')] }),
    },
  };
  const lists = (facts: AccountFacts): string[] =>
    findingsOfAccount(facts, rules).map(
      ({ kind, ownersLeft, ownersLeftOver }) =>
        `${kind} left ${ownersLeft.join('+')} over ${ownersLeftOver.join('+')}`,
    );

  it.each<[string, AccountFacts, string[]]>([
    ['with two owners', account({ kind: 'SHARED', owners: [stands, another] }), []],
    [
      'with an owner nothing is known of',
      account({ kind: 'SHARED', owners: [stands, unknown] }),
      [],
    ],
    [
      'with one owner',
      account({ kind: 'SHARED', owners: [stands] }),
      ['TOO_FEW_OWNERS left  over o1'],
    ],
    [
      'with an owner who is marked as a leaver',
      account({ kind: 'SHARED', owners: [another, marked, stands] }),
      ['OWNER_LEFT left o4 over o1+o2'],
    ],
    [
      'with owners who moved to another trust, and who left theirs',
      account({ kind: 'SHARED', owners: [moved, active, stands] }),
      ['OWNER_LEFT left o5+o6 over o1', 'TOO_FEW_OWNERS left o5+o6 over o1'],
    ],
    ['of an application with one owner', account({ kind: 'APPLICATION', owners: [stands] }), []],
    [
      'of an application with none',
      account({ kind: 'APPLICATION' }),
      ['TOO_FEW_OWNERS left  over '],
    ],
    ['that is a contact', account({ kind: 'CONTACT' }), []],
    [
      'that is linked to a person',
      account({ kind: 'SHARED', owners: [stands, another], person: person() }),
      ['SHARED_ACCOUNT_LINKED left  over '],
    ],
  ])('%s', (_name, facts, expected) => {
    expect(lists(facts)).toEqual(expected);
  });
});

describe('somebody without an account', () => {
  const at = (odsCode: string, days: number) =>
    findingsOfPerson(
      { staffId: 'stf_a', odsCode, startedAt: daysAgo(days), worksAt: [odsCode] },
      rules,
    ).map(({ kind }) => kind);
  it('is work after a fortnight, where there is somebody to do it', () => {
    expect(at('RZ1', 13)).toEqual([]);
    expect(at('RZ1', 14)).toEqual(['PERSON_WITHOUT_ACCOUNT']);
    expect(at('RXC', 14)).toEqual([]);
  });
});
