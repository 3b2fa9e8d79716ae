import { describe, expect, it } from '@jest/globals';

import {
  matchCertain,
  type MatchedAccount,
} from '../../../../../subgraphs/nhsmail/domain/match-certain.ts';
import type { StaffPerson } from '../../../../../subgraphs/nhsmail/domain/staff.ts';

const account = (
  id: string,
  familyName: string,
  more: Partial<MatchedAccount> = {},
): MatchedAccount => ({
  id,
  mail: `${id}@nhsmail.example`,
  aliases: [],
  kind: 'USER',
  familyName,
  odsCode: 'RZ1',
  ...more,
});
const person = (
  id: string,
  familyName: string,
  employeeNumber: string,
  more: Partial<StaffPerson> = {},
): StaffPerson => ({
  id,
  familyName,
  previousFamilyNames: [],
  workPhones: [],
  registrations: [],
  employments: [{ odsCode: 'RZ1', employeeNumber, personType: 'EMPLOYEE' }],
  ...more,
});
/** `person account METHOD STATE`, sorted. */
const match = (
  accounts: readonly MatchedAccount[],
  people: readonly StaffPerson[],
  closed: readonly string[] = [],
): readonly string[] =>
  matchCertain({ accounts, people, closed: new Set(closed) })
    .map(({ staffId, accountId, method, state }) => `${staffId} ${accountId} ${method} ${state}`)
    .sort();

describe('certain matching', () => {
  it('links by employee number at the same organisation, and says what was compared', () => {
    expect(
      matchCertain({
        accounts: [account('a1', 'Nair', { employeeNumber: '90000001' })],
        people: [person('p1', 'Nair', '90000001')],
        closed: new Set(),
      }),
    ).toEqual([
      {
        staffId: 'p1',
        accountId: 'a1',
        odsCode: 'RZ1',
        method: 'EMPLOYEE_NUMBER',
        state: 'LINKED',
        evidence: [
          { field: 'employeeNumber', outcome: 'equal' },
          { field: 'familyName', outcome: 'equal' },
        ],
      },
    ]);
  });

  it('does not take the same number at another organisation for the same person', () => {
    expect(
      match(
        [account('a1', 'Nair', { employeeNumber: '90000001', odsCode: 'RZ2' })],
        [person('p1', 'Nair', '90000001')],
      ),
    ).toEqual([]);
  });

  it.each([
    ['primary address', account('a1', 'Nair', { mail: 'm.nair@nhsmail.example' })],
    ['alias', account('a1', 'Nair', { aliases: ['M.Nair@nhsmail.example'] })],
  ])('links by the address that ESR has: %s', (_name, one) => {
    const meera = person('p1', 'Nair', '90000001', { workEmail: ' M.NAIR@nhsmail.example' });
    expect(match([one], [meera])).toEqual(['p1 a1 ESR_EMAIL LINKED']);
  });

  it('does not link by name alone', () => {
    expect(match([account('a1', 'Nair')], [person('p1', 'Nair', '90000001')])).toEqual([]);
  });

  describe('married name with a hyphen', () => {
    const now = person('p1', 'Pryce-Haddad', '90000023', {
      previousFamilyNames: ['Pryce'],
      workEmail: 'a1@nhsmail.example',
    });
    it.each(['Pryce', 'Pryce-Haddad', 'Pryce Haddad', 'Haddad'])('links %s', (name) => {
      expect(match([account('a1', name)], [now])).toEqual(['p1 a1 ESR_EMAIL LINKED']);
    });

    it('links a former name that has nothing in common with the new one', () => {
      const married = person('p1', 'Adeyemi', '90000023', {
        previousFamilyNames: ['Walsh'],
        workEmail: 'a1@nhsmail.example',
      });
      const [link] = matchCertain({
        accounts: [account('a1', 'Walsh')],
        people: [married],
        closed: new Set(),
      });
      expect(link).toMatchObject({ state: 'LINKED' });
      expect(link?.evidence).toContainEqual({
        field: 'familyName',
        outcome: 'equal to a former name',
      });
    });
  });

  it.each([
    [
      'employee number',
      account('a1', 'Boateng', { employeeNumber: '90000001' }),
      'EMPLOYEE_NUMBER',
    ],
    ['address', account('a1', 'Boateng', { mail: 'm.nair@nhsmail.example' }), 'ESR_EMAIL'],
    [
      'address, without a surname',
      { ...account('a1', ''), mail: 'm.nair@nhsmail.example' },
      'ESR_EMAIL',
    ],
  ])('leaves a matching %s with another surname to a person', (_name, one, method) => {
    const meera = person('p1', 'Nair', '90000001', { workEmail: 'm.nair@nhsmail.example' });
    expect(match([one], [meera])).toEqual([`p1 a1 ${method} REVIEW`]);
  });

  it('keeps twins at one trust apart', () => {
    expect(
      match(
        [
          account('chidinma', 'Eze', { employeeNumber: '90000024' }),
          account('chiamaka', 'Eze', { employeeNumber: '90000025' }),
        ],
        [person('p1', 'Eze', '90000024'), person('p2', 'Eze', '90000025')],
      ),
    ).toEqual(['p1 chidinma EMPLOYEE_NUMBER LINKED', 'p2 chiamaka EMPLOYEE_NUMBER LINKED']);
  });

  it('leaves it to a person when twins share one address in ESR', () => {
    const workEmail = 'eze@nhsmail.example';
    expect(
      match(
        [account('a1', 'Eze', { mail: workEmail })],
        [
          person('p1', 'Eze', '90000024', { workEmail }),
          person('p2', 'Eze', '90000025', { workEmail }),
        ],
      ),
    ).toEqual(['p1 a1 ESR_EMAIL REVIEW', 'p2 a1 ESR_EMAIL REVIEW']);
  });

  describe('father and son of one name at one trust', () => {
    const father = account('father', 'Gwynne', { employeeNumber: '90000026' });
    const son = person('son', 'Gwynne', '90000027', { workEmail: 'father@nhsmail.example' });

    it('does not give the son the father’s mailbox because ESR has the wrong address', () => {
      expect(match([father], [person('p1', 'Gwynne', '90000026'), son])).toEqual([
        'p1 father EMPLOYEE_NUMBER LINKED',
      ]);
    });

    it('nor after the father has left', () => {
      expect(match([father], [son])).toEqual(['son father ESR_EMAIL REVIEW']);
    });
  });

  it.each(['SHARED', 'APPLICATION', 'CONTACT'] as const)('never links a %s account', (kind) => {
    const one = account('a1', 'Nair', { kind, employeeNumber: '90000001' });
    const meera = person('p1', 'Nair', '90000001', { workEmail: one.mail });
    expect(match([one], [meera])).toEqual([]);
  });

  it('leaves an address that is also a shared mailbox’s to a person', () => {
    const workEmail = 'ward@nhsmail.example';
    expect(
      match(
        [
          account('a1', 'Nair', { mail: workEmail }),
          account('s1', 'Ward', { kind: 'SHARED', aliases: [workEmail] }),
        ],
        [person('p1', 'Nair', '90000001', { workEmail })],
      ),
    ).toEqual(['p1 a1 ESR_EMAIL REVIEW']);
  });

  it('links one person at two trusts to both mailboxes', () => {
    const both = person('p1', 'Gallagher', '90000021', {
      employments: [
        { odsCode: 'RZ1', employeeNumber: '90000021', personType: 'EMPLOYEE' },
        { odsCode: 'RZ2', employeeNumber: '90000022', personType: 'BANK' },
      ],
    });
    expect(
      match(
        [
          account('a1', 'Gallagher', { employeeNumber: '90000021' }),
          account('a2', 'Gallagher', { employeeNumber: '90000022', odsCode: 'RZ2' }),
        ],
        [both],
      ),
    ).toEqual(['p1 a1 EMPLOYEE_NUMBER LINKED', 'p1 a2 EMPLOYEE_NUMBER LINKED']);
  });

  it('does not link an account of a closed organisation', () => {
    const one = account('a1', 'Fothergill', { odsCode: 'RZ9', employeeNumber: '90000028' });
    const dawn = person('p1', 'Fothergill', '90000028', { workEmail: one.mail });
    expect(match([one], [dawn], ['RZ9'])).toEqual(['p1 a1 ESR_EMAIL REVIEW']);
  });

  it('leaves a number on two accounts to a person', () => {
    const employeeNumber = '90000001';
    expect(
      match(
        [account('a1', 'Nair', { employeeNumber }), account('a2', 'Nair', { employeeNumber })],
        [person('p1', 'Nair', employeeNumber)],
      ),
    ).toEqual(['p1 a1 EMPLOYEE_NUMBER REVIEW', 'p1 a2 EMPLOYEE_NUMBER REVIEW']);
  });

  it('leaves an account whose two addresses are two people’s to a person', () => {
    expect(
      match(
        [account('a1', 'Eze', { mail: 'one@nhsmail.example', aliases: ['two@nhsmail.example'] })],
        [
          person('p1', 'Eze', '90000001', { workEmail: 'one@nhsmail.example' }),
          person('p2', 'Eze', '90000002', { workEmail: 'two@nhsmail.example' }),
        ],
      ),
    ).toEqual(['p1 a1 ESR_EMAIL REVIEW', 'p2 a1 ESR_EMAIL REVIEW']);
  });

  it.each(['APPLICANT', 'EX_EMPLOYEE', 'OTHER', undefined])(
    'leaves out a person who is %p',
    (personType) => {
      const one = account('a1', 'Nair', { employeeNumber: '90000001' });
      const employment = { odsCode: 'RZ1', employeeNumber: '90000001' };
      const meera = person('p1', 'Nair', '90000001', {
        workEmail: one.mail,
        employments: [personType === undefined ? employment : { ...employment, personType }],
      });
      expect(match([one], [meera])).toEqual([]);
    },
  );
});
