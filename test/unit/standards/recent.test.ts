import { expect, it } from '@jest/globals';

import { createRecent } from '../../../standards/recent.ts';

it('forgets the oldest when there are too many', () => {
  const recent = createRecent<number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  recent.set('a', 3);
  expect([recent.get('a'), recent.get('b')]).toEqual([3, 2]);
  recent.set('c', 4);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([undefined, 2, 4]);
});
