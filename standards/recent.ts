/** A bounded memory of what is costly to make: the newest values stay, the oldest goes first. */
export interface Recent<Value> {
  /** The value kept under a name, if any. */
  get(name: string): Value | undefined;
  /** Keeps a value, in place of the oldest when there are too many. */
  set(name: string, value: Value): void;
}

/**
 * Makes an empty memory.
 *
 * @param limit how many values are kept
 */
export function createRecent<Value>(limit: number): Recent<Value> {
  const kept = new Map<string, Value>();
  return {
    get: (name) => kept.get(name),
    set(name, value) {
      if (kept.size >= limit && !kept.has(name)) {
        const oldest = kept.keys().next();
        if (oldest.done !== true) kept.delete(oldest.value);
      }
      kept.set(copy(name), value);
    },
  };
}

/** A name is often cut out of a longer text, and would keep all of that text in memory. */
function copy(name: string): string {
  return Buffer.from(name, 'utf8').toString('utf8');
}
