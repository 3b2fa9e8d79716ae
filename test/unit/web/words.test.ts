/** What pages say: to the person, whom they are about, and to the desk. */
import { describe, expect, it } from '@jest/globals';

import { goldenPeople, SIGN_INS } from '../../../cli/demo-data/golden-people.ts';
import { resultWords } from '../../../web/routes/hr/request.ts';
import { valueLines } from '../../../web/words/claims.ts';
import { untilWords } from '../../../web/words/dates.ts';
import { readInWords } from '../../../web/words/staff/passport.ts';
import { START } from '../../../web/words/start.ts';

describe('what was read of a record', () => {
  it.each([
    [['id'], 'that you have a record'],
    [['id', 'name.family', 'credential.type'], 'your name, your passport'],
    [['passportStopApprove.stop.id'], 'the stopping of your passport'],
    [['matchingCases.edges'], 'whether your record and your NHSmail account belong together'],
    [['given_name', 'family_name', 'birthdate'], 'your name, your date of birth'],
    [['registration_body', 'last_checked_at'], 'your professional registration'],
    [['employer_ods_code', 'grade', 'start_date'], 'where you work, your job, start date'],
    [['somethingNew'], 'something new'],
  ])('%j', (fields, words) => {
    expect(readInWords(fields)).toBe(words);
  });
});

describe('a value that was shared', () => {
  it.each([
    ['1992-04-23', ['23 April 1992']],
    ['2026-11-01T02:00:00.000Z', ['1 November 2026']],
    ['REGISTERED', ['Registered']],
    ['NMC', ['NMC']],
    ['NHS|XR06|Review Body Band 6', ['Review Body Band 6']],
    [true, ['Yes']],
    [
      [
        {
          framework: 'CSTF',
          subject: 'Fire Safety',
          cstf_subject: 'FIRE_SAFETY',
          level: 2,
          awarded_on: '2026-02-12',
          expires_on: '2028-02-12',
        },
        { framework: 'CSTF', subject: 'NHS Conflict Resolution (England)' },
      ],
      [
        'CSTF, Fire Safety, level 2, awarded on 12 February 2026, renewal due 12 February 2028',
        'CSTF, NHS Conflict Resolution (England)',
      ],
    ],
  ])('%j', (value, lines) => {
    expect(valueLines(value)).toEqual(lines);
  });
});

describe('a check at the desk', () => {
  it.each([
    ['PASS', true, 'Completed'],
    ['PASS', false, 'Your decision'],
    ['NOT_APPLICABLE', true, 'Not needed'],
    // Nothing was checked: somebody decided to do without.
    ['NOT_PRESENTED', true, 'Gone on without it'],
    ['NOT_PRESENTED', false, 'Not shared'],
    ['FAIL', false, 'Not passed'],
  ] as const)('%s, settled %s', (outcome, settled, words) => {
    expect(resultWords({ outcome, settled })).toBe(words);
  });
});

describe('a time after "until"', () => {
  const now = new Date('2026-11-26T15:00:00Z');

  it.each([
    ['2026-11-26T16:00:00Z', '4:00pm'],
    ['2026-11-30T02:18:00Z', '30 November 2026 at 2:18am'],
    [null, 'a time that is not known'],
  ])('%s', (at, words) => {
    expect(untilWords(at, now)).toBe(words);
  });
});

describe('the story on the first page', () => {
  it('has only people that a newcomer can be, at the trusts where they are', () => {
    const told = START.story.join(' ');
    const named = goldenPeople()
      .filter(({ given, family }) => told.includes(`${given} ${family}`))
      .map(({ key }) => SIGN_INS.get(key));
    expect(named.map((person) => `${person?.role ?? ''} ${person?.odsCode ?? ''}`)).toEqual([
      'HR_OFFICER RZ1',
      'HR_OFFICER RZ2',
      'ADMINISTRATOR RZ1',
      'STAFF RZ1',
      'ADMINISTRATOR RZ1',
    ]);
  });
});
