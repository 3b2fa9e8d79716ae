/** The key-value store inside one process: the embedded default. */
import { EventEmitter } from 'node:events';

import type { Clock } from './clock.ts';
import type { KeyValue } from './key-value.ts';

/** Most keys kept. Past it the oldest go, expired or not. */
const CAPACITY = 100_000;

/** Creates a store that lives as long as the process. */
export function memoryKeyValue(now: Clock): KeyValue {
  const values = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  const channels = new EventEmitter().setMaxListeners(0);
  const live = (key: string): string | undefined => {
    const entry = values.get(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAt > now().getTime()) return entry.value;
    values.delete(key);
    return undefined;
  };
  const put = (key: string, value: string, expiresAt: number): void => {
    if (values.size >= CAPACITY && !values.has(key)) {
      const [oldest] = values.keys();
      if (oldest !== undefined) values.delete(oldest);
    }
    values.set(key, { value, expiresAt });
  };
  const after = (ttlSeconds: number): number => now().getTime() + ttlSeconds * 1000;

  return {
    get: (key) => Promise.resolve(live(key)),
    set: (key, value, ttlSeconds) => {
      put(key, value, after(ttlSeconds));
      return Promise.resolve();
    },
    add: (key, value, ttlSeconds) => {
      if (live(key) !== undefined) return Promise.resolve(false);
      put(key, value, after(ttlSeconds));
      return Promise.resolve(true);
    },
    increment: (key, ttlSeconds, by = 1) => {
      const count = Number(live(key) ?? 0) + by;
      put(key, String(count), values.get(key)?.expiresAt ?? after(ttlSeconds));
      return Promise.resolve(count);
    },
    delete: (key) => {
      values.delete(key);
      return Promise.resolve();
    },
    publish: (channel, message) => {
      setImmediate(() => channels.emit(channel, message));
      return Promise.resolve();
    },
    subscribe: (channel, listener) => {
      channels.on(channel, listener);
      return Promise.resolve(() => {
        channels.off(channel, listener);
        return Promise.resolve();
      });
    },
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
