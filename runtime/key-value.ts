/**
 * Short-lived facts shared by the replicas of a process: counters, hints, caches. Nothing that cannot be rebuilt.
 * The single source of truth is PostgreSQL; a lost value here may cost time, never safety.
 */
export interface KeyValue {
  /** The value, or `undefined` when there is none or it has expired. */
  get(key: string): Promise<string | undefined>;
  /** Stores a value for `ttlSeconds`. */
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** Stores a value if there is none, as one atomic step. True when it was stored. */
  add(key: string, value: string, ttlSeconds: number): Promise<boolean>;
  /**
   * Adds to a counter, which starts at 0 and ends `ttlSeconds` after its first step. Returns the new count.
   *
   * @param by a whole number of 1 or more; 1 when left out
   */
  increment(key: string, ttlSeconds: number, by?: number): Promise<number>;
  /** Removes a value. */
  delete(key: string): Promise<void>;
  /** Tells every replica, this one included. A hint: it can be lost. */
  publish(channel: string, message: string): Promise<void>;
  /** Listens to a channel. The returned function stops listening. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>;
  /** Rejects when the store does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** The key-value store did not answer. Callers go on without it, or refuse: never "allow" because of it. */
export class KeyValueUnavailable extends Error {
  override readonly name = 'KeyValueUnavailable';
  readonly code = 'unavailable';
}
