import { describe, expect, it } from '@jest/globals';

import type { Candidate } from '../../../../../subgraphs/esr/domain/import-ports.ts';
import { claimIdentifier, matchPerson } from '../../../../../subgraphs/esr/domain/match-person.ts';
import type { PersonRow } from '../../../../../subgraphs/esr/domain/records.ts';

const person: PersonRow = {
  line: 2,
  effectiveFrom: '2020-01-06',
  effectiveTo: null,
  esrPersonId: '5000001',
  employeeNumber: '90000001',
  title: null,
  family: 'Eze',
  given: 'Chidinma',
  middle: null,
  maiden: null,
  preferred: null,
  previousFamily: null,
  birthDate: '1997-02-11',
  niNumber: 'QQ000001A',
  nhsEmployeeId: null,
  hireDate: null,
  terminationDate: null,
  leavingReason: null,
  smartcardUuid: null,
  personType: 'EMPLOYEE',
  workEmail: null,
  nhsStartDate: null,
};

const known: Candidate = {
  staffId: 'stf_known',
  personId: 'stf_known',
  nhsEmployeeId: null,
  birthDate: '1997-02-11',
  niNumbers: ['QQ000001A'],
  familyNames: ['EZE'],
  employers: ['RZ1'],
};

const same = { kind: 'known', staffId: 'stf_known' };

describe('one person at two employers', () => {
  it('is known by the employee NHS identifier', () => {
    const row = { ...person, nhsEmployeeId: '70000001', family: 'Other', niNumber: null };
    expect(matchPerson(row, 'RZ2', [{ ...known, nhsEmployeeId: '70000001' }])).toEqual(same);
  });

  it('is not joined by an identifier whose holder was born on another day', () => {
    const row = { ...person, nhsEmployeeId: '70000001', birthDate: '1970-01-01' };
    expect(matchPerson(row, 'RZ2', [{ ...known, nhsEmployeeId: '70000001' }])).toEqual({
      kind: 'conflict',
    });
  });

  it('is known by NI number, birth date and surname together', () => {
    expect(matchPerson(person, 'RZ2', [known])).toEqual(same);
  });

  it.each<[string, Partial<PersonRow>, Partial<Candidate>, string]>([
    ['another NI number', { niNumber: 'QQ000002A' }, {}, 'RZ2'],
    ['no NI number', { niNumber: null }, {}, 'RZ2'],
    ['another birth date', { birthDate: '1997-02-12' }, {}, 'RZ2'],
    ['another surname', { family: 'Eze-Okoro' }, {}, 'RZ2'],
    ['the same employer: twins with one NI number by mistake', {}, {}, 'RZ1'],
    [
      'two different NHS identifiers',
      { nhsEmployeeId: '70000002' },
      { nhsEmployeeId: '70000001' },
      'RZ2',
    ],
  ])('stays two people with %s', (_why, row, candidate, odsCode) => {
    expect(matchPerson({ ...person, ...row }, odsCode, [{ ...known, ...candidate }])).toEqual({
      kind: 'new',
    });
  });

  it('stays apart when two known people fit', () => {
    const other = { ...known, staffId: 'stf_other', personId: 'stf_other' };
    expect(matchPerson(person, 'RZ2', [known, other])).toEqual({ kind: 'new' });
  });

  it('is known when the two are one, joined', () => {
    expect(matchPerson(person, 'RZ2', [known, { ...known, staffId: 'stf_other' }])).toEqual(same);
  });
});

describe('an NHS identifier that comes later', () => {
  const me = { staffId: 'stf_me', birthDate: '1997-02-11' };
  it.each([
    ['nobody', undefined, 'free'],
    ['the person', me, 'free'],
    ['another id of somebody born on the same day', { ...me, staffId: 'stf_other' }, 'same-person'],
    ['somebody born on another day', { staffId: 'stf_other', birthDate: '1970-01-01' }, 'conflict'],
  ] as const)('that %s has', (_who, holder, claim) => {
    expect(claimIdentifier(me, holder)).toBe(claim);
  });
});
