import { expect, it } from '@jest/globals';

import { holdRepeatedWork, repeatedly } from '../../../runtime/repeatedly.ts';

it('does nothing while it is held, and goes on when everybody has let go', async () => {
  const release = holdRepeatedWork();
  const releaseToo = holdRepeatedWork();
  let isHeld = true;
  const ran = Promise.withResolvers<boolean>();
  const stop = repeatedly(
    async () => {
      ran.resolve(isHeld);
      await Promise.resolve();
    },
    1,
    () => undefined,
  );
  // Runs as often as the other one would.
  const pauses = Promise.withResolvers<undefined>();
  let count = 0;
  const timer = setInterval(() => {
    count += 1;
    if (count === 5) pauses.resolve(undefined);
  }, 1);
  await pauses.promise;
  clearInterval(timer);
  release();
  release();
  isHeld = false;
  releaseToo();
  expect(await ran.promise).toBe(false);
  await stop();
});
