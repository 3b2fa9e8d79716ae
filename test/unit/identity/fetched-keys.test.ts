import { expect, it } from '@jest/globals';

import { fetchedKeys } from '../../../identity/clients/fetched-keys.ts';
import { createLog } from '../../../runtime/log.ts';
import { newKey } from './harness.ts';

const log = createLog({ name: 'test', level: 'silent' });
const [first, second] = [newKey('k1').public, newKey('k2').public];
const URI = 'https://hr.example/jwks';

function source(published: object[]) {
  const world = { published, away: false, asked: 0, now: 0 };
  const keys = fetchedKeys(
    () => {
      world.asked += 1;
      return world.away
        ? Promise.reject(new Error('away'))
        : Promise.resolve(new Response(JSON.stringify({ keys: world.published })));
    },
    log,
    () => world.now,
  );
  return { world, find: (kid?: string) => keys(URI, 'ES256', kid) };
}

it('asks once for many, and again after a minute: a withdrawn key stops working', async () => {
  const { world, find } = source([first]);
  await Promise.all(Array.from({ length: 20 }, () => find('k1')));
  expect(world.asked).toBe(1);
  world.published = [second];
  world.now = 59_000;
  expect(await find('k1')).toEqual([first]);
  world.now = 61_000;
  expect(await find('k1')).toEqual([second]);
});

it('asks at once for a key that it does not know, but not for each of a thousand', async () => {
  const { world, find } = source([first]);
  await find('k1');
  world.published = [first, second];
  world.now = 5_001;
  expect(await find('k2')).toEqual([first, second]);
  for (let guess = 0; guess < 1_000; guess += 1) await find(`guess-${String(guess)}`);
  expect(world.asked).toBe(2);
});

it('goes on with the keys it has while their server is away, for a quarter of an hour', async () => {
  const { world, find } = source([first]);
  await find('k1');
  world.away = true;
  world.now = 800_000;
  expect(await find('k1')).toEqual([first]);
  world.now = 910_000;
  expect(await find('k1')).toEqual([]);
});
