import { describe, expect, it } from '@jest/globals';

import { formatGeneralizedTime, parseGeneralizedTime } from '../../../runtime/generalized-time.ts';

describe('generalized time', () => {
  // RFC 4517, section 3.3.13, gives the first two.
  it.each([
    ['199412161032Z', '1994-12-16T10:32:00.000Z'],
    ['199412160532-0500', '1994-12-16T10:32:00.000Z'],
    ['20261122100000Z', '2026-11-22T10:00:00.000Z'],
    ['20261122100000.25Z', '2026-11-22T10:00:00.250Z'],
    ['202611221000.5Z', '2026-11-22T10:00:30.000Z'],
    ['2026112210,5Z', '2026-11-22T10:30:00.000Z'],
    ['20261122100000+01', '2026-11-22T09:00:00.000Z'],
    ['20280229000000Z', '2028-02-29T00:00:00.000Z'],
  ])('reads %s', (text, moment) => {
    expect(parseGeneralizedTime(text)?.toISOString()).toBe(moment);
  });

  it.each([
    '',
    '20261122',
    '20261122100000',
    '20260230100000Z',
    '20261322100000Z',
    '20261122240101Z',
    '2026112210000xZ',
  ])('does not take %p for a moment', (text) => {
    expect(parseGeneralizedTime(text)).toBeUndefined();
  });

  it('is written to the second, in UTC', () => {
    expect(formatGeneralizedTime(new Date('2026-11-22T10:00:00.999Z'))).toBe('20261122100000Z');
  });
});
