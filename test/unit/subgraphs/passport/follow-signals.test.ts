/** The work that goes on between requests. */
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';

import { createLog } from '../../../../runtime/log.ts';
import { followSignals } from '../../../../subgraphs/passport/follow-signals.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('goes on following while a push does not end', async () => {
  let followed = 0;
  followSignals(
    {
      follow: () => {
        followed += 1;
        return Promise.resolve({ signals: 1, held: 0 });
      },
      deliver: () => new Promise(() => undefined),
      offer: () => Promise.resolve(0),
    },
    createLog({ name: 'passport', level: 'silent' }),
  );
  await jest.advanceTimersByTimeAsync(5_000);
  expect(followed).toBeGreaterThan(3);
});
