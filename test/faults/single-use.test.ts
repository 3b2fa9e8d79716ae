/**
 * What can be used once is used once, however many try at the same moment: twenty at a time, round after round, on each
 * database, and while Redis forgets everything again and again.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'redis';

import { openPostgres } from '../../runtime/database.ts';
import { createLog } from '../../runtime/log.ts';
import { redisKeyValue } from '../../runtime/redis-key-value.ts';
import { describeWithServers } from '../servers/available.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';
import { type Identity, startIdentity } from '../unit/identity/harness.ts';
import { winnersOf } from './single-use/race.ts';
import { invite, prizesOf, SINGLE_USE } from './single-use/races.ts';
import { WHOLE } from './whole.ts';

const ROUNDS = WHOLE ? 1_000 : 10;
/** Time between two losses of everything in Redis, in milliseconds. */
const FLUSH_EVERY_MS = 50;
/** Longest a round of one race may take on a slow machine, in milliseconds. */
const ROUND_MS = 5_000;

/** An authorization server and what has to be stopped after it. */
interface Stage {
  readonly identity: Identity;
  readonly stop: () => Promise<void>;
}

function holdRaces(start: () => Promise<Stage>): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await start();
    await invite(stage.identity);
  });
  afterAll(() => stage.stop());

  it.each(SINGLE_USE)(
    'one %s',
    async (name) => {
      const winners = await winnersOf(prizesOf(stage.identity)[name], ROUNDS);
      expect(winners.filter((count) => count > 1)).toEqual([]);
      // A late replay may take back what the winner got before it is answered (RFC 6749, section 10.5): none is right too.
      expect(winners).toContain(1);
    },
    ROUNDS * ROUND_MS,
  );
}

describeWithServers('postgres', 'redis')('on PostgreSQL, while Redis forgets everything', () => {
  holdRaces(async () => {
    const postgres = await startPostgres();
    const redis = await startRedis();
    const log = createLog({ name: 'identity', level: 'silent' });
    const identity = await startIdentity({
      database: openPostgres(postgres.url),
      parts: { keyValue: await redisKeyValue({ url: redis.url, prefix: 'identity' }, log) },
    });
    const operator = createClient({ url: redis.url });
    await operator.connect();
    const flushing = setInterval(() => {
      void operator.flushAll();
    }, FLUSH_EVERY_MS);
    return {
      identity,
      stop: async () => {
        clearInterval(flushing);
        await operator.close();
        await identity.stop();
        await redis.stop();
        await postgres.stop();
      },
    };
  });
});

describe('on the embedded database', () => {
  holdRaces(async () => {
    const identity = await startIdentity();
    return { identity, stop: identity.stop };
  });
});
