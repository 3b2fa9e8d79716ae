/** Key sets at addresses that clients have registered. Kept for a minute; looked at again for a key that is not known. */
import { type ClientAlgorithm, type ClientKey, usableKeys } from '../domain/client-keys.ts';
import type { GuardedFetch } from '../../runtime/guarded-fetch.ts';
import type { Logger } from '../../runtime/log.ts';
import { createRecent } from '../../standards/recent.ts';
import { parseStrictJson } from '../../standards/strict-json.ts';

/** Gives the keys at an address; none when they cannot be had. `wantedKid` is fetched for once more if it is not there. */
export type FetchedKeys = (
  jwksUri: string,
  algorithm: ClientAlgorithm,
  wantedKid: string | undefined,
) => Promise<readonly ClientKey[]>;

/** A key that was withdrawn stops working after this long, in milliseconds. */
const FRESH_MS = 60_000;
/** Time between two requests for a key that is not known, or after one that failed, in milliseconds. */
const COOLDOWN_MS = 5_000;
/** Keys are kept this long while their server is away, in milliseconds. */
const KEEP_MS = 900_000;
/** Addresses remembered. */
const REMEMBERED = 1_000;

interface Kept {
  readonly keys: readonly ClientKey[];
  /** When they were had, and when they were last asked for; milliseconds of the process's clock. */
  readonly hadAt: number;
  readonly askedAt: number;
}

/** Creates the source of keys. */
export function fetchedKeys(
  fetch: GuardedFetch,
  log: Logger,
  clock: () => number = () => performance.now(),
): FetchedKeys {
  const kept = createRecent<Kept>(REMEMBERED);
  const asking = new Map<string, Promise<Kept>>();

  const ask = async (
    name: string,
    jwksUri: string,
    algorithm: ClientAlgorithm,
    before: Kept | undefined,
  ): Promise<Kept> => {
    const askedAt = clock();
    let found: Kept;
    try {
      const answer = await fetch(jwksUri, { headers: { accept: 'application/json' } });
      if (answer.status !== 200) throw new Error(`status ${String(answer.status)}`);
      const set = parseStrictJson(await answer.text());
      found = { keys: usableKeys(set, algorithm), hadAt: askedAt, askedAt };
    } catch (error) {
      log.warn({ err: error, host: URL.parse(jwksUri)?.host }, 'a client’s keys cannot be fetched');
      const isKept = before !== undefined && askedAt - before.hadAt <= KEEP_MS;
      found = isKept ? { ...before, askedAt } : { keys: [], hadAt: -Infinity, askedAt };
    }
    kept.set(name, found);
    return found;
  };

  return async (jwksUri, algorithm, wantedKid) => {
    const name = `${algorithm} ${jwksUri}`;
    const known = kept.get(name);
    if (known !== undefined) {
      const isFresh = clock() - known.hadAt <= FRESH_MS;
      const hasKey = wantedKid === undefined || known.keys.some(({ kid }) => kid === wantedKid);
      if ((isFresh && hasKey) || clock() - known.askedAt <= COOLDOWN_MS) return known.keys;
    }
    let answer = asking.get(name);
    if (answer === undefined) {
      answer = ask(name, jwksUri, algorithm, known).finally(() => asking.delete(name));
      asking.set(name, answer);
    }
    return (await answer).keys;
  };
}
