/** Sessions in the key-value store, each encrypted under its browser's own secret. */
import { hash } from 'node:crypto';

import type { KeyValue } from '../../runtime/key-value.ts';
import type { SessionStore } from '../domain/ports.ts';
import { deriveKey, seal, unseal } from '../domain/seal.ts';
import { session, SESSION_IDLE_SECONDS } from '../domain/session.ts';

/** What a session's own record is called among what is kept of a browser. */
const OWN = 'session';

/**
 * Creates the store.
 *
 * @param secret of this installation: what is in the store cannot be read with a stolen cookie alone
 */
export function keyValueSessions(
  keyValue: Pick<KeyValue, 'get' | 'set' | 'add' | 'delete'>,
  secret: string,
): SessionStore {
  const placeOf = (cookie: string, name: string): string =>
    `kept:${hash('sha256', cookie, 'base64url')}:${name}`;
  const put = (cookie: string, name: string, value: unknown, seconds: number): Promise<void> =>
    keyValue.set(
      placeOf(cookie, name),
      seal(deriveKey(secret, cookie, 'session'), JSON.stringify(value), name),
      seconds,
    );
  const find = async (cookie: string, name: string): Promise<unknown> => {
    const sealed = await keyValue.get(placeOf(cookie, name));
    const text =
      sealed === undefined ? undefined : unseal(deriveKey(secret, cookie, 'session'), sealed, name);
    return text === undefined ? undefined : JSON.parse(text);
  };
  return {
    find: async (cookie) => session.safeParse(await find(cookie, OWN)).data,
    put: (cookie, value) => put(cookie, OWN, value, SESSION_IDLE_SECONDS),
    remove: (cookie) => keyValue.delete(placeOf(cookie, OWN)),
    keep: async (cookie, name, value, seconds) => {
      // What is kept anew under a name can be taken anew.
      await keyValue.delete(`${placeOf(cookie, name)}:taken`);
      await put(cookie, name, value, seconds);
    },
    kept: find,
    take: async (cookie, name) => {
      const value = await find(cookie, name);
      if (value === undefined) return undefined;
      const isFirst = await keyValue.add(
        `${placeOf(cookie, name)}:taken`,
        '1',
        SESSION_IDLE_SECONDS,
      );
      await keyValue.delete(placeOf(cookie, name));
      return isFirst ? value : undefined;
    },
  };
}
