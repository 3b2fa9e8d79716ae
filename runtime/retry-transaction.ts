/** Tries a transaction again when it lost a deadlock or could not be serialised: PostgreSQL asks for that. */
import { setTimeout as delay } from 'node:timers/promises';

/** Serialization failure, deadlock, and a unique key that another transaction took first. */
const TRY_AGAIN = new Set(['40001', '40P01', '23505']);

const ATTEMPTS = 5;

/** Runs a transaction, up to five times. */
export async function retrying<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !mayWork(error)) throw error;
      await delay(100 * attempt + Math.random() * 100);
    }
  }
}

const mayWork = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  typeof error.code === 'string' &&
  TRY_AGAIN.has(error.code);
