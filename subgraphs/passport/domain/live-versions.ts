/**
 * Which version of each list is live, as far as anybody knows: this process, other replicas, the public address. A store
 * that is behind has gone back in time.
 */
import type { Addresses } from './addresses.ts';
import { isAway } from './is-away.ts';
import { readOwnToken } from './own-status-token.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { LiveLists, NotedList, PublishedList } from './ports/status-lists.ts';

/** What looking needs. */
export interface LiveVersionsParts {
  readonly live: LiveLists;
  readonly keys: Pick<IssuerKeys, 'find'>;
  readonly addresses: Addresses;
  /** Told of a token that is not ours. */
  readonly report: (error: unknown) => void;
}

/** Knows the highest version of each list. It never forgets one while the process lives. */
export interface LiveVersions {
  /** The highest version seen; 0 when none was. */
  highest(listId: string): number;
  /** Notes a version that is live. */
  see(listId: string, version: number): void;
  /**
   * Looks outside the store: at what replicas noted, and at what the public address serves until that has said so once.
   *
   * @returns a token of ours that is newer than any seen before, when there is one
   */
  look(listId: string): Promise<PublishedList | undefined>;
  /** Looks unless this process has looked before. */
  firstLook(listId: string): Promise<PublishedList | undefined>;
}

/** Creates a memory of versions. */
export function liveVersions({ live, report, ...parts }: LiveVersionsParts): LiveVersions {
  const highest = new Map<string, number>();
  const first = new Map<string, Promise<PublishedList | undefined>>();
  /** Lists for which the public address has not answered yet. */
  const unanswered = new Set<string>();
  const seen = (listId: string): number => highest.get(listId) ?? 0;
  const see = (listId: string, version: number): void => {
    if (version > seen(listId)) highest.set(listId, version);
  };

  const fromNoted = async (listId: string, noted: NotedList): Promise<PublishedList[]> => {
    if (noted.version <= seen(listId)) return [];
    try {
      return [await readOwnToken(noted.token, parts, noted.odsCode)];
    } catch (error) {
      report(error);
      // Signed by a key that a restored store does not know, perhaps. Somebody has to look at it first.
      see(listId, noted.version);
      return [];
    }
  };
  const fromPublic = async (listId: string): Promise<PublishedList[]> => {
    let token: string | undefined;
    try {
      token = await live.fetch(listId);
    } catch {
      unanswered.add(listId);
    }
    if (token === undefined) return [];
    try {
      return [await readOwnToken(token, parts)];
    } catch (error) {
      report(error);
      // Not read for want of the key: looked at again.
      if (isAway(error)) unanswered.add(listId);
      return [];
    }
  };
  const newest = (listId: string, found: readonly PublishedList[]): PublishedList | undefined => {
    const list = found
      .filter(({ id, version }) => id === listId && version > seen(listId))
      .toSorted((one, other) => other.version - one.version)
      .at(0);
    if (list !== undefined) see(listId, list.version);
    return list;
  };
  const noted = async (listId: string): Promise<PublishedList[]> => {
    const found = await live.find(listId);
    return found === undefined ? [] : fromNoted(listId, found);
  };

  const firstLook = (listId: string): Promise<PublishedList | undefined> => {
    const before = first.get(listId);
    if (before !== undefined) return before.then(() => undefined);
    const looking = (async () => {
      const [one, other] = await Promise.all([noted(listId), fromPublic(listId)]);
      return newest(listId, [...one, ...other]);
    })();
    first.set(listId, looking);
    return looking;
  };

  return {
    highest: seen,
    see,
    firstLook,
    async look(listId) {
      if (unanswered.delete(listId)) first.delete(listId);
      const atFirst = await firstLook(listId);
      return newest(listId, await noted(listId)) ?? atFirst;
    },
  };
}
