import { describe, expect, it } from '@jest/globals';

import {
  parseCompetenceName,
  yearsLater,
} from '../../../../../subgraphs/esr/domain/competence-name.ts';
import { parseEsrDate, today } from '../../../../../subgraphs/esr/domain/esr-date.ts';

describe('dates of extracts', () => {
  it.each([
    ['20260822', '2026-08-22'],
    ['2026-08-22', '2026-08-22'],
    ['22 Aug 2026', '2026-08-22'],
    ['2 AUG 2026', '2026-08-02'],
    ['19960229', '1996-02-29'],
  ])('reads %s', (text, day) => {
    expect(parseEsrDate(text)).toBe(day);
  });

  it.each(['', '1900-01-01', '19000101', '31 Dec 4712', '47121231', '4712-12-31'])(
    'reads %j as no date',
    (text) => {
      expect(parseEsrDate(text)).toBeNull();
    },
  );

  it.each([
    '20260229',
    '2026-0822',
    '202608',
    '22/08/2026',
    '31 Feb 2026',
    '2026-13-01',
    'soon',
    ' ',
  ])('does not take %j for a date', (text) => {
    expect(parseEsrDate(text)).toBeUndefined();
  });

  it('counts days as they are in the United Kingdom', () => {
    expect(today(new Date('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
    expect(today(new Date('2026-12-01T23:30:00Z'))).toBe('2026-12-01');
  });
});

describe('competence names', () => {
  it.each([
    [
      'NHS|CSTF|Fire Safety - 2 Years|',
      { framework: 'CSTF', subject: 'Fire Safety', level: null, renewalYears: 2 },
    ],
    [
      'NHS|CSTF|Moving and Handling - Level 2 - 2 Years|',
      { framework: 'CSTF', subject: 'Moving and Handling', level: '2', renewalYears: 2 },
    ],
    [
      'NHS|CSTF|Resuscitation - Level 2 - Adult Basic Life Support - 1 Year|',
      {
        framework: 'CSTF',
        subject: 'Resuscitation - Adult Basic Life Support',
        level: '2',
        renewalYears: 1,
      },
    ],
    [
      '457|LOCAL|Trust Induction|',
      { framework: 'LOCAL', subject: 'Trust Induction', level: null, renewalYears: null },
    ],
  ])('takes %s apart', (name, parts) => {
    expect(parseCompetenceName(name)).toEqual(parts);
  });

  it.each([
    'Fire Safety',
    'NHS|OTHER|Fire Safety|',
    'NHS|CSTF||',
    'NHS|CSTF|Fire Safety',
    '45|LOCAL|x|',
  ])('does not take %s for one', (name) => {
    expect(parseCompetenceName(name)).toBeUndefined();
  });

  it('renews on the same day, or on 28 February', () => {
    expect(yearsLater('2024-02-29', 1)).toBe('2025-02-28');
    expect(yearsLater('2024-02-29', 4)).toBe('2028-02-29');
    expect(yearsLater('2025-06-01', 2)).toBe('2027-06-01');
  });
});
