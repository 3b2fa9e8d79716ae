import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

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

  it('fails while the server is away, waiting for nothing, and works again when it is back', async () => {
    const port = Number(new URL(server.url).port);
    await server.stop();
    await expect(store.get('a')).rejects.toBeInstanceOf(KeyValueUnavailable);
    server = await startRedis(port);
    await eventually(() => store.check());
  });
});
