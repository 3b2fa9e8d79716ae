import { describe, expect, it } from '@jest/globals';

import { holdsNhsNumber } from '../../../standards/nhs-number.ts';
import { holdsNiNumber } from '../../../standards/ni-number.ts';

// 999 is a range for tests: no patient has one of these.
describe('an NHS number', () => {
  it.each(['9990000018', '999 000 0018', '999-000-0018', 'Ask for 9990000018.', '9990000018/1'])(
    'is found in %j',
    (text) => {
      expect(holdsNhsNumber(text)).toBe(true);
    },
  );

  it.each([
    ['a wrong check digit', '9990000019'],
    ['eleven digits', '99900000180'],
    ['a DBS certificate', '009990000018'],
    ['groups of another size', '9990 000 018'],
    ['an assignment number', '90000017-2'],
    ['a day and a time', '2026-11-22T10:00:00Z'],
    ['a check digit that is never given out', '9990000000'],
    ['nothing', ''],
  ])('is not %s', (_what, text) => {
    expect(holdsNhsNumber(text)).toBe(false);
  });
});

describe('a National Insurance number', () => {
  it.each(['QQ123456C', 'qq 12 34 56 c', 'NI: QQ123456C'])('is found in %j', (text) => {
    expect(holdsNiNumber(text)).toBe(true);
  });

  it.each(['18Z0042E', 'OT12345', '7123456', 'QQ123456E', 'AQQ123456C'])('is not %j', (text) => {
    expect(holdsNiNumber(text)).toBe(false);
  });
});
