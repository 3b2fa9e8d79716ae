/** Telling "the database is not there" from every other failure. */
import { DatabaseUnavailable } from '../../../runtime/database.ts';

/** Codes of Node and of PostgreSQL (appendix A) for a server that cannot be reached or is going away. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '08000',
  '08003',
  '08006',
  '25P03',
  '53300',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  'unavailable',
]);

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return AWAY.has(error.code);
  // The driver gives these two no code.
  return /connection terminated|timeout exceeded when trying to connect/i.test(error.message);
}

/** The same port, with {@link DatabaseUnavailable} thrown when the database cannot be reached. */
export function notingAvailability<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, name, receiver): unknown {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        try {
          return await (Reflect.apply(member, target, args) as Promise<unknown>);
        } catch (cause) {
          if (!isAway(cause)) throw cause;
          throw new DatabaseUnavailable('the passport database did not answer', { cause });
        }
      };
    },
  });
}
