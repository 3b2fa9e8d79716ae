import { describe, expect, it } from '@jest/globals';

import { importProgress } from '../../../cli/import-progress.ts';

const FILE = 'GO_901_LYD_GOF_20261101_00000001.DAT';
const reading = (bytes: number) => ({
  file: FILE,
  stage: 'reading',
  rows: bytes / 100,
  bytes,
  size: 40_000_000,
});

function shown(terminal: boolean) {
  let text = '';
  let time = 0;
  const progress = importProgress({ terminal, err: (more) => (text += more) }, () => time);
  return {
    at: (seconds: number, event: object) => {
      time = seconds * 1_000;
      progress.show(event);
    },
    end: () => {
      progress.end();
      return text;
    },
  };
}

describe('the progress of an import', () => {
  it('is a line now and then in a log: rows, rate and time left', () => {
    const { at, end } = shown(false);
    at(0, reading(0));
    at(5, reading(5_000_000));
    at(10, reading(10_000_000));
    at(12, reading(40_000_000));
    at(12, { ...reading(40_000_000), stage: 'applying' });
    at(14, { ...reading(40_000_000), stage: 'kept' });
    expect(end().split('\n')).toEqual([
      `${FILE}: 0 %, 0 rows, – rows/s, – left`,
      `${FILE}: 25 %, 100,000 rows, 10,000 rows/s, 30 s left`,
      `${FILE}: read to its end, now brought into the records`,
      '',
    ]);
  });

  it('is worked out from where an import goes on', () => {
    const { at, end } = shown(false);
    at(0, reading(20_000_000));
    at(60, reading(20_600_000));
    expect(end()).toContain('51 %, 206,000 rows, 100 rows/s, 32 min 20 s left');
  });

  it('is a bar on a terminal, which is gone afterwards', () => {
    const { at, end } = shown(true);
    at(0, reading(0));
    at(10, reading(20_000_000));
    at(20, { ...reading(40_000_000), stage: 'applying' });
    const text = end();
    expect(text).toContain('[........................] 0 %, 0 rows');
    expect(text).toContain(
      '[############............] 50 %, 200,000 rows, 20,000 rows/s, 10 s left',
    );
    expect(text.endsWith(`\u001b[2K${FILE}: read to its end, now brought into the records\n`)).toBe(
      true,
    );
    // It stays while the file before it is brought into the records.
    at(21, { ...reading(0), file: 'next' });
    at(22, { ...reading(40_000_000), stage: 'kept' });
    at(31, { ...reading(20_000_000), file: 'next' });
    expect(end().split('next\n').at(-1)).toContain('50 %, 200,000 rows, 20,000 rows/s, 10 s left');
    // Nothing is changed of the terminal that a killed command would leave behind.
    expect(text).not.toContain('\u001b[?');
  });
});
