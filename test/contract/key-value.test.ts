import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'redis';

import { type KeyValue, KeyValueUnavailable } from '../../runtime/key-value.ts';
import { createLog } from '../../runtime/log.ts';
import { memoryKeyValue } from '../../runtime/memory-key-value.ts';
import { redisKeyValue } from '../../runtime/redis-key-value.ts';
import { describeWithServers } from '../servers/available.ts';
import { eventually } from '../servers/child.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';

const log = createLog({ name: 'test', level: 'silent' });

/** What every key-value store does. */
function keepsTheContract(open: () => KeyValue): void {
  it('gives back what was stored, until it is deleted', async () => {
    await open().set('a', 'one', 10);
    expect(await open().get('a')).toBe('one');
    await open().delete('a');
    expect(await open().get('a')).toBeUndefined();
  });

  it('adds once, however many ask at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => open().add('once', 'mine', 10)),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('counts every step', async () => {
    const counts = await Promise.all(Array.from({ length: 10 }, () => open().increment('n', 10)));
    expect([...counts].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('counts steps of any size', async () => {
    expect(await open().increment('wide', 10, 7)).toBe(7);
    expect(await open().increment('wide', 10)).toBe(8);
  });

  it('forgets after the given time', async () => {
    await open().set('brief', 'x', 1);
    await open().increment('brief-count', 1);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await open().get('brief')).toBeUndefined();
    expect(await open().increment('brief-count', 1)).toBe(1);
  });

  it('tells its listeners, and stops telling them', async () => {
    const heard: string[] = [];
    const stop = await open().subscribe('news', (message) => heard.push(message));
    await open().publish('news', 'first');
    await eventually(() =>
      heard.length === 1 ? Promise.resolve() : Promise.reject(new Error('not yet')),
    );
    await stop();
    await open().publish('news', 'second');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual(['first']);
  });
}

describe('key-value store in the process', () => {
  const store = memoryKeyValue(() => new Date());
  keepsTheContract(() => store);

  it('makes room among keys of the same kind alone, and within so much text of each', async () => {
    const full = memoryKeyValue(() => new Date());
    await full.add('proof:1', 'spent', 60);
    await full.set('document:first', 'a text', 60);
    for (let number = 0; number < 100_000; number += 1)
      await full.set(`document:${String(number)}`, 'a text', 60);
    expect(await full.get('document:first')).toBeUndefined();
    expect(await full.get('document:99999')).toBe('a text');
    expect(await full.add('proof:1', 'spent', 60)).toBe(false);
    for (let number = 0; number < 60; number += 1)
      await full.set(`long:${String(number)}`, 'x'.repeat(1_000_000), 60);
    const kept = await Promise.all(
      Array.from({ length: 60 }, (_, number) => full.get(`long:${String(number)}`)),
    );
    expect(kept.filter((value) => value !== undefined)).toHaveLength(50);
  });
});

describeWithServers('redis')('key-value store in Redis', () => {
  let server: RedisServer;
  let store: KeyValue;

  beforeAll(async () => {
    server = await startRedis();
    store = await redisKeyValue({ url: server.url, prefix: 'test' }, log);
  });

  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  keepsTheContract(() => store);

  it('fails when the server is full as when it is away, and forgets nothing', async () => {
    await store.add('single-use', 'spent', 60);
    const operator = createClient({ url: server.url });
    await operator.connect();
    await operator.configSet({ 'maxmemory-policy': 'noeviction', maxmemory: '1' });
    for (const write of [
      () => store.set('more', 'x', 60),
      () => store.add('more', 'x', 60),
      () => store.increment('more', 60),
    ])
      await expect(write()).rejects.toBeInstanceOf(KeyValueUnavailable);
    expect(await store.get('single-use')).toBe('spent');
    await operator.configSet({ maxmemory: '0' });
    operator.destroy();
    expect(await store.add('single-use', 'spent', 60)).toBe(false);
  });

  it('fails while the server is away, waiting for nothing, and works again when it is back', async () => {
    const port = Number(new URL(server.url).port);
    await server.stop();
    await expect(store.get('a')).rejects.toBeInstanceOf(KeyValueUnavailable);
    server = await startRedis(port);
    await eventually(() => store.check());
  });
});
