import { describe, expect, it } from '@jest/globals';

import {
  codedJobRole,
  codedValue,
  codeList,
} from '../../../../../subgraphs/esr/domain/code-lists/coded-value.ts';

describe('the code lists', () => {
  it.each([
    ['JOB_ROLE', 303, '01000', '10004'],
    ['STAFF_GROUP', 10, '01', '10'],
    ['ASSIGNMENT_STATUS', 10, '01', '13'],
    ['ASSIGNMENT_TYPE', 2, '01', '02'],
    ['CONTRACT_TYPE', 9, '01', '09'],
    ['REGISTRATION_BODY', 10, '01', '18'],
    ['LEAVING_REASON', 31, '01', '31'],
    ['LEAVING_DESTINATION', 17, '01', '17'],
  ] as const)('hold %s in order, each code once', (system, length, first, last) => {
    const codes = codeList(system).map(({ code }) => code);
    expect([codes.length, codes[0], codes.at(-1)]).toEqual([length, first, last]);
    expect(codes).toEqual([...new Set(codes)].toSorted());
  });
});

describe('words of ESR', () => {
  it.each([
    ['LEAVING_REASON', 'Death in Service', '01'],
    ['LEAVING_REASON', 'RETIREMENT AGE', '14'],
    ['LEAVING_REASON', ' Voluntary Resignation  - Work/Life Balance', '27'],
    ['LEAVING_REASON', '08', '08'],
    ['ASSIGNMENT_STATUS', 'ACTIVE_APL', '02'],
    ['ASSIGNMENT_STATUS', 'Maternity & Adoption', '06'],
    ['STAFF_GROUP', 'Add Prof Scientific and Technic', '05'],
    ['ASSIGNMENT_TYPE', 'Part time', '02'],
  ] as const)('of %s: %s is %s', (system, words, code) => {
    const display = codeList(system).find((one) => one.code === code)?.display;
    expect(codedValue(system, words)).toEqual({ system, code, display });
  });

  it('stay as they are when they are none of the list, and nothing when there are none', () => {
    expect(codedValue('LEAVING_REASON', 'Went to sea')).toEqual({
      system: 'LEAVING_REASON',
      code: null,
      display: 'Went to sea',
    });
    expect(codedValue('LEAVING_REASON', null)).toBeNull();
  });

  it('of a job role are told apart by the staff group, and get no code without it', () => {
    const codes = ['Nursing and Midwifery Registered', 'Medical and Dental', null].map(
      (group) => codedJobRole('Manager', group)?.code,
    );
    const manager = codedJobRole('Manager', 'Administrative and Clerical');
    expect(codes).toEqual([null, null, null]);
    expect(manager?.code).toMatch(/^08/);
    expect(codedJobRole('Staff Nurse', null)?.code).toBe('03007');
    expect(codedJobRole('Consultant', 'Medical and Dental')?.code).toBe('01005');
  });
});
