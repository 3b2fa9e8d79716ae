import { expect, it } from '@jest/globals';

import { ALTERNATIVE } from '../../../../../../subgraphs/nhsmail/domain/linkage/comparators/comparator.ts';
import { jaroWinkler } from '../../../../../../subgraphs/nhsmail/domain/linkage/comparators/jaro-winkler.ts';
import {
  comparatorOf,
  levelWords,
} from '../../../../../../subgraphs/nhsmail/domain/linkage/comparators.ts';
import {
  type ComparatorName,
  COMPARATORS,
} from '../../../../../../subgraphs/nhsmail/domain/linkage/rule-set.ts';

const compare = (comparator: ComparatorName, a: string, b: string): string | undefined => {
  const {
    read,
    compare: level,
    levels,
    asNumber,
  } = comparatorOf({ field: 'x', comparator, values: ['x'] });
  const [one, other] = [read(a), read(b)];
  if (one === undefined || other === undefined) return 'MISSING';
  expect(level(one, other)).toBe(level(other, one));
  if (asNumber !== undefined && one.text !== other.text) {
    expect(asNumber.compare(asNumber.of(one), asNumber.of(other))).toBe(level(one, other));
    expect(asNumber.compare(asNumber.of(other), asNumber.of(one))).toBe(level(one, other));
  }
  return levels[level(one, other)];
};

it.each<[ComparatorName, string, string, string]>([
  ['name', 'O’Connor', "o'connor", 'EXACT'],
  ['name', 'Van der Berg', 'Vanderberg', 'EXACT'],
  ['name', 'Smith-Jones', 'Jones', 'PART'],
  ['name', 'Johnson', 'Jonhson', 'CLOSE'],
  ['name', 'Smith', 'Smyth', 'ALIKE'],
  ['name', 'Smith', 'Patel', 'DIFFERENT'],
  ['name', '--', 'Patel', 'MISSING'],
  ['given-name', 'Robert', 'Bob', 'NICKNAME'],
  ['given-name', 'Mary Ann', 'Ann', 'NICKNAME'],
  ['given-name', 'Xiu Ying', 'Ying', 'PART'],
  ['given-name', 'R', 'Robert', 'INITIAL'],
  ['given-name', 'R', 'Zoe', 'DIFFERENT'],
  ['given-name', 'Zoë', 'Zoe', 'EXACT'],
  ['date', '1980-02-03', '19800203', 'EXACT'],
  ['date', '03/02/1980', '1980-02-03', 'EXACT'],
  ['date', '1980-02-03', '1980-03-02', 'SWAPPED'],
  ['date', '1980-02-03', '1980-02-08', 'TYPO'],
  ['date', '1980-02-03', '1980-02-21', 'PARTLY'],
  ['date', '1980-02-03', '1971-11-21', 'DIFFERENT'],
  ['date', 'unknown', '1971-11-21', 'MISSING'],
  ['near-date', '2026-01-01', '2026-01-10', 'NEAR'],
  ['near-date', '2026-01-01', '2026-03-01', 'NOT_FAR'],
  ['near-date', '2026-01-01', '2027-03-01', 'DIFFERENT'],
  ['postcode', 'LS1 4AP', 'ls14ap', 'EXACT'],
  ['postcode', 'LS1 4AP', 'LS1 4AB', 'TYPO'],
  ['postcode', 'LS1 4AP', 'LS1 4XY', 'SECTOR'],
  ['postcode', 'LS1 4AP', 'LS1 9XY', 'DISTRICT'],
  ['postcode', '2117', '2171', 'TYPO'],
  ['address', '12 High Street', '12 high st', 'EXACT'],
  ['address', '12 High Street Leeds', 'Leeds, 12 Hihg Street', 'MOST'],
  ['address', '12 High Street', '98 Low Street Bath', 'DIFFERENT'],
  ['phone', '+44 113 496 0123', '0113 496 0123 ext 4', 'EXACT'],
  ['phone', '0113 496 0123', '0114 496 0123', 'LAST_SIX'],
  ['phone', '0113 496 0123', '0113 496 0124', 'TYPO'],
  ['email', 'Ada.Lowe@trust.example', 'ada.lowe@trust.example', 'EXACT'],
  ['email', 'ada.lowe@trust.example', 'ada.lowe@home.example', 'LOCAL_PART'],
  ['email', 'ada.lowe@trust.example', 'ada.low@home.example', 'CLOSE'],
  ['number', 'QQ 12 34 56 C', 'qq123456c', 'EXACT'],
  ['number', '90123456', '90123465', 'TYPO'],
  ['number', '90123456', '90999999', 'DIFFERENT'],
  ['code', ' rz1', 'RZ1', 'EXACT'],
  ['code', 'RZ1', 'RZ2', 'DIFFERENT'],
  ['text', 'Staff Nurse', 'staff  nurse', 'EXACT'],
  ['text', 'Staff Nurse', 'Staff Nurses', 'CLOSE'],
  ['text', 'Staff Nurse', 'Porter', 'DIFFERENT'],
])('%s: %s and %s are %s, whichever comes first', (comparator, a, b, level) => {
  expect(compare(comparator, a, b)).toBe(level);
});

it('has words for every level', () => {
  for (const comparator of COMPARATORS) {
    const { levels } = comparatorOf({ field: 'x', comparator, values: ['x'] });
    expect(levels[1]).toBe(ALTERNATIVE);
    for (const level of levels) expect(levelWords(level)).not.toBe(level);
  }
});

it('compares telephone numbers as numbers as it does as texts', () => {
  const {
    read,
    compare: level,
    asNumber,
  } = comparatorOf({
    field: 'x',
    comparator: 'phone',
    values: ['x'],
  });
  // Few digits, so that many are a slip apart: of six digits to nine, with zeros in front.
  const texts = Array.from({ length: 400 }, (_, at) =>
    (at * 7919 + 13)
      .toString(2)
      .padStart(18, '0')
      .slice(-(6 + (at % 4))),
  );
  const levels = new Set<number>();
  for (const a of texts) {
    for (const b of texts) {
      const [one, other] = [read(a), read(b)];
      if (a === b || one === undefined || other === undefined) continue;
      const found = level(one, other);
      levels.add(found);
      if (asNumber?.compare(asNumber.of(one), asNumber.of(other)) !== found) {
        throw new Error(`${a} and ${b} compare otherwise as numbers`);
      }
    }
  }
  expect([...levels].toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
});

it('tells the likeness of two words the same whether or not what is little is of interest', () => {
  const words =
    'smith smyth smithson jones johnson jonson johnston o oyelaran olayeran evans'.split(' ');
  for (const one of words) {
    for (const other of words) {
      const likeness = jaroWinkler(one, other);
      for (const least of [0.5, 0.7, 0.85, 0.92]) {
        const told = jaroWinkler(one, other, least);
        expect(told >= least ? told : 'little').toBe(likeness >= least ? likeness : 'little');
      }
    }
  }
});
