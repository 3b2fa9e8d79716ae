/** Telling "the database is not there" from every other failure, for a whole port. */
import { orUnavailable } from '../../../runtime/database-unavailable.ts';

/** The same port, with `DatabaseUnavailable` thrown when the database cannot be reached. */
export function notingAvailability<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, name, receiver): unknown {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): Promise<unknown> =>
        orUnavailable(async () => Reflect.apply(member, target, args) as Promise<unknown>);
    },
  });
}
