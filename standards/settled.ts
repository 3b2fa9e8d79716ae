/** Where a run of rules that do not wait is carried out. In the build for browsers another file stands in this one's place. */

/** Runs it once: `node:crypto` answers at once. */
export const settled = async <Value>(run: () => Value | Promise<Value>): Promise<Value> => run();
