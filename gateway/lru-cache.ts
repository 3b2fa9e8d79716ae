/** A cache that keeps what was used last. */
export interface LruCache<Value> {
  /** The kept value, or a new one. */
  getOrAdd(key: string, create: () => Value): Value;
}

/** Creates a cache of at most `size` values. */
export function lruCache<Value>(size: number): LruCache<Value> {
  const kept = new Map<string, Value>();
  return {
    getOrAdd(key, create) {
      const value = kept.has(key) ? (kept.get(key) as Value) : create();
      kept.delete(key);
      kept.set(key, value);
      if (kept.size > size) {
        const [oldest] = kept.keys();
        if (oldest !== undefined) kept.delete(oldest);
      }
      return value;
    },
  };
}
