import { expect, it } from '@jest/globals';

import { REJECTS_HEADER, rejectsCsv } from '../../../cli/rejects-csv.ts';
import { importFault } from '../../../subgraphs/esr/domain/import-outcome.ts';

it('rejected rows open in a spreadsheet, in whatever language', () => {
  expect(REJECTS_HEADER).toBe('\uFEFF"line","field","code","rule","value"\r\n');
  const faults = [
    importFault(12, 'birthDate', 'date_invalid', '31 Feb 1985'),
    importFault(13, 'family', 'value_too_long', '"Ångström", said to be'),
  ];
  expect(rejectsCsv(faults)).toBe(
    '"12","birthDate","date_invalid","yyyyMMdd, yyyy-MM-dd or dd Mon yyyy, a day of the calendar","## *** ####"\r\n' +
      '"13","family","value_too_long","no more than 240 characters","""Ån******"", **** ** **"\r\n',
  );
});

it.each(['=1+1', '+44 20', '-1', '@SUM(A1)', '＝1'])('%j is no formula there', (value) => {
  const [line = ''] = rejectsCsv([
    { line: 1, field: 'f', code: 'date_invalid', rule: 'r', value },
  ]).split('\r\n');
  expect(line.split(',').at(-1)).toBe(`"'${value}"`);
});
