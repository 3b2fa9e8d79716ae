import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import {
  type Quota,
  type SharedCounts,
  sharedCounts,
} from '../../gateway/rate-limits/shared-counts.ts';
import { type KeyValue, KeyValueUnavailable } from '../../runtime/key-value.ts';
import { createLog } from '../../runtime/log.ts';
import { memoryKeyValue } from '../../runtime/memory-key-value.ts';
import { redisKeyValue } from '../../runtime/redis-key-value.ts';
import { describeWithServers } from '../servers/available.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';

const quota: Quota = { name: 'person', units: 100, windowSeconds: 10 };
const HOLDER = 'stf_1';

const opened: SharedCounts[] = [];
afterEach(() => {
  for (const counts of opened.splice(0)) counts.stop();
});

/** A moment that a test moves, at the start of a window. */
const clock = () => {
  const at = { ms: Date.parse('2026-11-26T12:00:00Z') };
  return { at, now: () => new Date(at.ms) };
};

function replica(shared: KeyValue | undefined, now: () => Date): SharedCounts {
  const counts = sharedCounts(shared, now);
  opened.push(counts);
  return counts;
}

/** How many of `times` requests are let through. */
async function granted(counts: SharedCounts, times: number): Promise<number> {
  let passed = 0;
  for (let time = 0; time < times; time += 1) {
    if ((await counts.take(quota, HOLDER, 1)).granted) passed += 1;
  }
  return passed;
}

/** What holds wherever replicas count together. */
function countsTogether(shared: () => KeyValue): void {
  it('lets replicas together take a quota, and a twentieth of it each', async () => {
    const { now } = clock();
    const replicas = [replica(shared(), now), replica(shared(), now), replica(shared(), now)];
    const passed = await Promise.all(replicas.map((counts) => granted(counts, 100)));
    const sum = passed.reduce((one, other) => one + other);
    expect(sum).toBeGreaterThanOrEqual(100 - 15);
    expect(sum).toBeLessThanOrEqual(100 + 15);
  });

  it('tells in one replica what another has left, and takes nothing', async () => {
    const { now, at } = clock();
    at.ms += 900_000;
    const [one, other] = [replica(shared(), now), replica(shared(), now)];
    expect(await granted(one, 40)).toBe(40);
    const stands = { quota, granted: true, left: 60, resetSeconds: 10 };
    expect(await one.read(quota, HOLDER)).toEqual(stands);
    expect(await other.read(quota, HOLDER)).toEqual(stands);
    expect(await other.read(quota, HOLDER)).toEqual(stands);
    expect(await other.read(quota, 'stf_other')).toMatchObject({ left: 100 });
  });

  it('knows in one replica what another has used up', async () => {
    const { now, at } = clock();
    at.ms += 60_000;
    expect(await granted(replica(shared(), now), 101)).toBe(100);
    expect(await granted(replica(shared(), now), 100)).toBeLessThanOrEqual(5);
  });
}

describe('counts of one process', () => {
  countsTogether(() => memory);
  const memory = memoryKeyValue(() => new Date());

  it('tell what is left, and when there is more', async () => {
    const { now, at } = clock();
    const counts = replica(undefined, now);
    at.ms += 3_500;
    expect(await counts.take(quota, HOLDER, 30)).toEqual({
      quota,
      granted: true,
      left: 70,
      resetSeconds: 7,
    });
    expect(await counts.take(quota, HOLDER, 71)).toMatchObject({ granted: false, left: 70 });
    expect(await counts.take(quota, 'stf_2', 1)).toMatchObject({ granted: true, left: 99 });
    at.ms += 7_000;
    expect(await counts.take(quota, HOLDER, 1)).toMatchObject({ granted: true, left: 99 });
  });

  it('ask a shared store for nothing while little is unreported', async () => {
    const { now } = clock();
    let asked = 0;
    const store: KeyValue = {
      ...memoryKeyValue(now),
      increment: () => {
        asked += 1;
        return Promise.resolve(1);
      },
    };
    const counts = replica(store, now);
    expect(await granted(counts, 5)).toBe(5);
    expect(asked).toBe(0);
    await granted(counts, 1);
    expect(asked).toBe(1);
  });

  it('are held by each replica when the store is away, and not asked for again and again', async () => {
    const { now } = clock();
    let asked = 0;
    const store: KeyValue = {
      ...memoryKeyValue(now),
      increment: () => {
        asked += 1;
        return Promise.reject(new KeyValueUnavailable('down'));
      },
    };
    expect(await granted(replica(store, now), 300)).toBe(100);
    expect(asked).toBe(1);
  });
});

describeWithServers('redis')('counts in Redis', () => {
  const log = createLog({ name: 'test', level: 'silent' });
  let server: RedisServer | undefined;
  let store: KeyValue | undefined;
  const shared = (): KeyValue => {
    if (store === undefined) throw new Error('no store');
    return store;
  };
  beforeAll(async () => {
    server = await startRedis();
    store = await redisKeyValue({ url: server.url, prefix: 'gateway' }, log);
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });

  countsTogether(shared);

  it('hold when Redis is killed under load', async () => {
    const { now, at } = clock();
    at.ms += 120_000;
    const counts = replica(shared(), now);
    expect(await granted(counts, 40)).toBe(40);
    await server?.stop();
    server = undefined;
    expect(await granted(counts, 200)).toBe(60);
    at.ms += 10_000;
    expect(await granted(counts, 200)).toBe(100);
  });
});
