import { describe, expect, it } from '@jest/globals';

import { rotationLines } from '../../../../web/routes/hr/rotation-lines.ts';

const read = (text: string) => {
  const { right, wrong } = rotationLines(text, ['Your reference']);
  return {
    right: right.map(({ line, reference, startsOn }) => [line, reference, startsOn]),
    wrong: wrong.map(({ line }) => line),
  };
};

describe('lines of a list of people to ask', () => {
  it.each([
    ['ROT-1, 2027-02-03', [[1, 'ROT-1', '2027-02-03']], []],
    ['\uFEFFYour reference,Starts\r\nROT-1,\r\n', [[2, 'ROT-1', '']], []],
    ['"ROT, 1",2027-02-03,more', [[1, 'ROT, 1', '2027-02-03']], []],
    ['ROT-1,yesterday\nROT-2\n,2027-02-03', [[2, 'ROT-2', '']], [1, 3]],
    ['ROT-1\n\nROT-2,soon', [[1, 'ROT-1', '']], [3]],
    [`${'x'.repeat(61)}\nROT-2,2027-02-30`, [], [1, 2]],
    [
      '"ROT-1\nROT-2',
      [
        [1, '"ROT-1', ''],
        [2, 'ROT-2', ''],
      ],
      [],
    ],
  ])('reads %j', (text, right, wrong) => {
    expect(read(text)).toEqual({ right, wrong });
  });
});
