/** Cases that everybody who joins records of staff with a directory knows, each with what matching has to say of it. */
import { beforeAll, describe, expect, it } from '@jest/globals';

import type { WholeRun } from '../../subgraphs/nhsmail/domain/match-everything.ts';
import type { MatchedAccount } from '../../subgraphs/nhsmail/domain/matched-account.ts';
import type { StaffPerson } from '../../subgraphs/nhsmail/domain/staff.ts';
import {
  account,
  matchAll,
  OTHERS,
  person,
  sayings,
} from '../unit/subgraphs/nhsmail/matching-world.ts';

/** A case: who there is, and what is said of them, in any order. */
interface Golden {
  readonly people: readonly StaffPerson[];
  readonly accounts: readonly MatchedAccount[];
  readonly closed?: readonly string[];
  readonly said: readonly string[];
}

const employed = (...posts: readonly (readonly [odsCode: string, employeeNumber: string])[]) => ({
  employments: posts.map(([odsCode, employeeNumber]) => ({
    odsCode,
    employeeNumber,
    personType: 'EMPLOYEE',
  })),
});

const GOLDEN: Readonly<Record<string, Golden>> = {
  'a marriage that the directory has not heard of': {
    people: [person('p-17', 'Amara Lindqvist', '90000017', { previousFamilyNames: ['Okafor'] })],
    accounts: [account('a-17', 'Amara Okafor', { employeeNumber: '90000017' })],
    said: ['p-17 a-17 EMPLOYEE_NUMBER'],
  },
  'a marriage that the record has not heard of': {
    people: [person('p-18', 'Amara Okafor', '90000018')],
    accounts: [account('a-18', 'Amara Okafor-Lindqvist', { employeeNumber: '90000018' })],
    said: ['p-18 a-18 EMPLOYEE_NUMBER'],
  },
  'a name that somebody is known as': {
    people: [person('p-36', 'Katarzyna Kowalski', '90000036', { preferredName: 'Kasia' })],
    accounts: [account('a-36', 'Kasia Kowalski', { employeeNumber: '90000036' })],
    said: ['p-36 a-36 EMPLOYEE_NUMBER'],
  },
  'twins at one trust': {
    people: [
      person('p-61', 'Nadia Zielonka', '90000061'),
      person('p-62', 'Natalia Zielonka', '90000062'),
    ],
    accounts: [
      account('a-61', 'Nadia Zielonka', { employeeNumber: '90000061' }),
      account('a-62', 'Natalia Zielonka', { employeeNumber: '90000062' }),
    ],
    said: ['p-61 a-61 EMPLOYEE_NUMBER', 'p-62 a-62 EMPLOYEE_NUMBER'],
  },
  'one who works for two trusts': {
    people: [
      person(
        'p-25',
        'Grace Tremaine',
        '90000025',
        employed(['RZ1', '90000025'], ['RZ2', '90000026']),
      ),
    ],
    accounts: [account('a-25', 'Grace Tremaine', { odsCode: 'RZ2', employeeNumber: '90000026' })],
    said: ['p-25 a-25 EMPLOYEE_NUMBER'],
  },
  'a shared mailbox as the address of a person': {
    people: [person('p-64', 'Mabel Quill', '90000064', { workEmail: 's-64@nhsmail.example' })],
    accounts: [account('s-64', 'Mabel Quill', { kind: 'SHARED' })],
    said: ['SHARED_MAILBOX_AS_PERSON p-64: s-64 ADDRESS_OF_SHARED_MAILBOX'],
  },
  'an application with the name of a person': {
    people: [person('p-65', 'Rota Manager', '90000065')],
    accounts: [account('x-65', 'Rota Manager', { kind: 'APPLICATION' })],
    said: [],
  },
  'a generic account': {
    people: [person('p-66', 'Wendy Arkwright', '90000066')],
    accounts: [account('a-66', 'Ward Seven')],
    said: [],
  },
  'an employee number that was given out again': {
    people: [person('p-67', 'Ottilie Fanshawe', '90000067')],
    accounts: [account('a-67', 'Barnaby Crick', { employeeNumber: '90000067' })],
    said: ['NI_MATCH_NAME_DIFFERS a-67: p-67 NAME_DIFFERS'],
  },
  'an account at an organisation that closed': {
    people: [person('p-68', 'Perpetua Voss', '90000068', { workEmail: 'a-68@nhsmail.example' })],
    accounts: [account('a-68', 'Perpetua Voss', { odsCode: 'RZ9' })],
    closed: ['RZ9'],
    said: ['CLOSED_ORGANISATION a-68: p-68 ORGANISATION_CLOSED'],
  },
  'father and son of one name at one trust, and one account': {
    people: [
      person('p-71', 'Ebenezer Thistlewood', '90000071'),
      person('p-72', 'Ebenezer Thistlewood', '90000072'),
    ],
    accounts: [account('a-71', 'Ebenezer Thistlewood')],
    said: [
      'UNABLE_TO_MATCH p-71: a-71 NOT_LIKELY_ENOUGH',
      'UNABLE_TO_MATCH p-72: a-71 NOT_LIKELY_ENOUGH',
    ],
  },
  'father and son of one name at one trust, each with an account': {
    people: [
      person('p-73', 'Ebenezer Thistlewood', '90000073'),
      person('p-74', 'Ebenezer Thistlewood', '90000074'),
    ],
    accounts: [
      account('a-73', 'Ebenezer Thistlewood', { employeeNumber: '90000074' }),
      account('a-74', 'Ebenezer Thistlewood', { employeeNumber: '90000073' }),
    ],
    said: ['p-73 a-74 EMPLOYEE_NUMBER', 'p-74 a-73 EMPLOYEE_NUMBER'],
  },
  'a person whom the record has twice, for a mistyped National Insurance number': {
    people: [
      person('p-41', 'Leighton Ashdown', '90000041', employed(['RZ3', '90000041'])),
      person('p-42', 'Leighton Ashdown', '90000042', employed(['RZ4', '90000042'])),
    ],
    accounts: [account('a-41', 'Leighton Ashdown', { odsCode: 'RZ3', employeeNumber: '90000041' })],
    said: ['p-41 a-41 EMPLOYEE_NUMBER'],
  },
};

let model: WholeRun['model'];
beforeAll(async () => {
  ({ model } = await matchAll(
    OTHERS.map((other) => other.person),
    OTHERS.map((other) => other.account),
  ));
});

describe('golden cases of matching', () => {
  it.each(Object.entries(GOLDEN))('%s', async (_name, { people, accounts, closed, said }) => {
    const run = await matchAll(
      [...OTHERS.map((other) => other.person), ...people],
      [...OTHERS.map((other) => other.account), ...accounts],
      { model, ...(closed === undefined ? {} : { closed }) },
    );
    expect(sayings(run)).toEqual(said);
  });
});
