/** The key-value store inside one process: the embedded default. */
import { EventEmitter } from 'node:events';

import type { Clock } from './clock.ts';
import type { KeyValue } from './key-value.ts';

/**
 * Most that is kept of one kind of key (what stands before its first colon): keys, and characters of their values. Past it
 * the oldest of that kind go, expired or not: those who share the store do not lose each other's.
 */
const MOST_OF_A_KIND = { keys: 100_000, characters: 50_000_000 } as const;

/** What is kept of one kind. */
interface Kept {
  readonly values: Map<string, { readonly value: string; readonly expiresAt: number }>;
  characters: number;
}

/** Creates a store that lives as long as the process. */
export function memoryKeyValue(now: Clock): KeyValue {
  const kinds = new Map<string, Kept>();
  const keptWith = (key: string): Kept => {
    const [kind = ''] = key.split(':', 1);
    let kept = kinds.get(kind);
    if (kept === undefined) kinds.set(kind, (kept = { values: new Map(), characters: 0 }));
    return kept;
  };
  const remove = (kept: Kept, key: string): void => {
    kept.characters -= kept.values.get(key)?.value.length ?? 0;
    kept.values.delete(key);
  };
  const channels = new EventEmitter().setMaxListeners(0);
  const find = (key: string) => {
    const kept = keptWith(key);
    const entry = kept.values.get(key);
    if (entry === undefined || entry.expiresAt > now().getTime()) return entry;
    remove(kept, key);
    return undefined;
  };
  const put = (key: string, value: string, expiresAt: number): void => {
    const kept = keptWith(key);
    kept.characters += value.length - (kept.values.get(key)?.value.length ?? 0);
    kept.values.set(key, { value, expiresAt });
    for (const oldest of kept.values.keys()) {
      const { keys, characters } = MOST_OF_A_KIND;
      if (kept.values.size <= keys && kept.characters <= characters) return;
      remove(kept, oldest);
    }
  };
  const after = (ttlSeconds: number): number => now().getTime() + ttlSeconds * 1000;

  return {
    get: (key) => Promise.resolve(find(key)?.value),
    set: (key, value, ttlSeconds) => {
      put(key, value, after(ttlSeconds));
      return Promise.resolve();
    },
    add: (key, value, ttlSeconds) => {
      if (find(key) !== undefined) return Promise.resolve(false);
      put(key, value, after(ttlSeconds));
      return Promise.resolve(true);
    },
    increment: (key, ttlSeconds, by = 1) => {
      const before = find(key);
      const count = Number(before?.value ?? 0) + by;
      put(key, String(count), before?.expiresAt ?? after(ttlSeconds));
      return Promise.resolve(count);
    },
    delete: (key) => {
      remove(keptWith(key), key);
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
