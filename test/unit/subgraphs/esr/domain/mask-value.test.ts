import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { maskValue } from '../../../../../subgraphs/esr/domain/mask-value.ts';

describe('a value that broke a rule', () => {
  it.each([
    ['', ''],
    ['Hawthorne', 'Ha*******'],
    ['Ng', '**'],
    ['Lee', 'L**'],
    ["O'Neill-Söderström", "O'N****-**********"],
    ['ruth', 'r***'],
    ['ruth.hawthorne@mail', 'ru**.*********@****'],
    ['BG000001A', '**######*'],
    ['19970229', '########'],
    ['29 Feb 1997', '## *** ####'],
    ['٣٤', '##'],
    ['x'.repeat(300), `xx${'*'.repeat(38)}…`],
  ])('%j is shown as %j', (value, masked) => {
    expect(maskValue(value)).toBe(masked);
  });

  it('never shows a digit, nor more than two letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (value) => {
        const masked = maskValue(value);
        expect(masked).not.toMatch(/\p{N}/u);
        expect(masked.match(/\p{L}/gu)?.length ?? 0).toBeLessThanOrEqual(2);
      }),
    );
  });
});
