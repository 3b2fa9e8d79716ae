/** What is noted of live status lists, in the memory of one process and in Redis. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { KeyValue } from '../../runtime/key-value.ts';
import { createLog } from '../../runtime/log.ts';
import { memoryKeyValue } from '../../runtime/memory-key-value.ts';
import { redisKeyValue } from '../../runtime/redis-key-value.ts';
import type { PublishedList } from '../../subgraphs/passport/domain/ports/status-lists.ts';
import { keyValueLiveLists } from '../../subgraphs/passport/redis/live-lists.ts';
import { describeWithServers } from '../servers/available.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';

const list = (id: string, version = 1): PublishedList => ({
  id,
  odsCode: 'RZ1',
  version,
  token: `token ${String(version)} of ${id}`,
  signedAt: new Date(),
  expiresAt: new Date(),
});
const IDS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

function contract(open: (prefix: string) => Promise<KeyValue>): void {
  it('knows every list of those that are noted side by side', async () => {
    const keyValue = await open('parallel');
    const live = keyValueLiveLists(keyValue);
    await Promise.all(IDS.map((id) => live.note(list(id))));
    expect([...(await live.ids())].sort()).toEqual(IDS);
    expect(await live.find('C')).toEqual({ odsCode: 'RZ1', version: 1, token: 'token 1 of C' });
    await keyValue.close();
  });

  it('knows them after the next signatures when two replicas wrote at once', async () => {
    const stores = await Promise.all([open('replicas'), open('replicas')]);
    const replicas = stores.map((keyValue) => keyValueLiveLists(keyValue));
    for (const version of [1, 2, 3]) {
      await Promise.all(
        replicas.map((live, at) => live.note(list(`replica-${String(at)}`, version))),
      );
    }
    for (const live of replicas) {
      expect([...(await live.ids())].sort()).toEqual(['replica-0', 'replica-1']);
    }
    await Promise.all(stores.map((store) => store.close()));
  });
}

describe('in memory', () => {
  const shared = new Map<string, KeyValue>();
  contract((prefix) => {
    const keyValue = shared.get(prefix) ?? memoryKeyValue(() => new Date());
    shared.set(prefix, keyValue);
    return Promise.resolve(keyValue);
  });

  it('writes nothing over an index that could not be read', async () => {
    const keyValue = memoryKeyValue(() => new Date());
    const before = keyValueLiveLists(keyValue);
    await before.note(list('A'));
    const after = keyValueLiveLists({
      set: (key, value, ttlSeconds) => keyValue.set(key, value, ttlSeconds),
      get: (key) =>
        key === 'live-lists' ? Promise.reject(new Error('no answer')) : keyValue.get(key),
    });
    await expect(after.note(list('B'))).rejects.toThrow('no answer');
    expect(await before.ids()).toEqual(['A']);
  });
});

describeWithServers('redis')('in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  const log = createLog({ name: 'test', level: 'silent' });
  contract((prefix) => redisKeyValue({ url: redis.url, prefix }, log));
});
