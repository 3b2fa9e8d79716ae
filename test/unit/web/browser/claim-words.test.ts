import { describe, expect, it } from '@jest/globals';

import { claimWords } from '../../../../web/browser/wallet/claim-words.ts';

describe('claims in words', () => {
  it.each([
    ['REGISTERED', 'Registered'],
    ['NOT_HELD', 'Not held'],
    ['HCPC', 'HCPC'],
    ['NHS|XR06|Review Body Band 6', 'Review Body Band 6'],
    ['2027-09-30', '30 September 2027'],
    [['a', 'b'], 'a, b'],
    [['a', 'b', 'c', 'd'], '4 entries'],
    [true, 'yes'],
  ])('says %j as %s', (value, words) => {
    expect(
      claimWords(
        { one: value, two: 'kept back' },
        { one: 'One', two: 'Two' },
        (name) => name === 'one',
      ),
    ).toBe(`One: ${words}`);
  });
});
