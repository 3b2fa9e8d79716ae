/** The key-value store in Redis. Commands fail at once while the server is away; they are never queued. */
import { createClient } from 'redis';

import { withPatience } from './config.ts';
import { type KeyValue, KeyValueUnavailable } from './key-value.ts';
import type { Logger } from './log.ts';

/** Channels that start like this are the whole system's, whatever the prefix. */
const SHARED = 'lanyard:';
/** How long one command may take, in milliseconds. */
const COMMAND_DEADLINE_MS = 500;

/** Connects to Redis. The connection comes back by itself; until then every call rejects. */
export async function redisKeyValue(
  { url, prefix }: { readonly url: string; readonly prefix: string },
  log: Logger,
): Promise<KeyValue> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: withPatience(2_000),
      reconnectStrategy: (retries) => Math.min(100 * 2 ** Math.min(retries, 5), 2_000),
    },
  });
  client.on('error', (error: unknown) => {
    log.debug({ err: error }, 'redis connection');
  });
  const subscriber = client.duplicate();
  subscriber.on('error', (error: unknown) => {
    log.debug({ err: error }, 'redis subscription');
  });
  // A start without Redis is allowed: the clients go on trying.
  const firstTry = Promise.allSettled([client.connect(), subscriber.connect()]);
  await Promise.race([
    firstTry,
    new Promise((resolve) => {
      setTimeout(resolve, withPatience(2_000)).unref();
    }),
  ]);

  const key = (name: string): string => `${prefix}:${name}`;
  const channelKey = (name: string): string => (name.startsWith(SHARED) ? name : key(name));
  const command = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new KeyValueUnavailable('redis did not answer in time'));
      }, withPatience(COMMAND_DEADLINE_MS));
    });
    try {
      return await Promise.race([run(), deadline]);
    } catch (cause) {
      if (cause instanceof KeyValueUnavailable) throw cause;
      throw new KeyValueUnavailable('redis did not answer', { cause });
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    get: (name) => command(async () => (await client.get(key(name))) ?? undefined),
    set: (name, value, ttlSeconds) =>
      command(async () => {
        await client.set(key(name), value, { expiration: { type: 'EX', value: ttlSeconds } });
      }),
    add: (name, value, ttlSeconds) =>
      command(
        async () =>
          (await client.set(key(name), value, {
            condition: 'NX',
            expiration: { type: 'EX', value: ttlSeconds },
          })) !== null,
      ),
    increment: (name, ttlSeconds, by = 1) =>
      command(async () => {
        const [count] = await client
          .multi()
          .incrBy(key(name), by)
          .expire(key(name), ttlSeconds, 'NX')
          .exec();
        return Number(count);
      }),
    delete: (name) =>
      command(async () => {
        await client.del(key(name));
      }),
    publish: (channel, message) =>
      command(async () => {
        await client.publish(channelKey(channel), message);
      }),
    subscribe: async (channel, listener) => {
      await subscriber.subscribe(channelKey(channel), listener).catch((error: unknown) => {
        log.warn({ err: error }, 'redis subscription failed; replicas will hear by polling');
      });
      return async () => {
        await subscriber.unsubscribe(channelKey(channel), listener).catch(() => undefined);
      };
    },
    check: () =>
      command(async () => {
        await client.ping();
      }),
    close: () => {
      client.destroy();
      subscriber.destroy();
      return Promise.resolve();
    },
  };
}
