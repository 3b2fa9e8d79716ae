/**
 * The life of an issuer's key. It is published before it signs, so that nobody meets a signature of a key that a cached
 * document does not show; and it stays published until nothing that it signed counts any more.
 */
import type { KeptUse } from './ports/key-keeper.ts';
import type { StoredKey } from './ports/keys.ts';

/** How long the documents that publish keys may be cached, in seconds. */
export const METADATA_SECONDS = 300;
/** How long another process may take to notice a new key, in milliseconds. */
const NOTICED_MS = 5_000;
/** How long a key is published before it signs, in milliseconds: twice the time that documents are cached, and a bit. */
export const PUBLISHED_BEFORE_SIGNING_MS = 2 * METADATA_SECONDS * 1000 + NOTICED_MS;
/**
 * How long a key counts after it stopped signing, in milliseconds, whatever it signed: no token of a list lives for two
 * hours, no edition of the register for a day and an hour, no request for presentations for ten minutes, a signal is
 * read within a day, and a credential may be on its way for five minutes. Receipts are filed, and count as long as the key's certificate: five years from its first.
 */
const STILL_COUNTS_MS: Readonly<Record<KeptUse, number>> = {
  credential: 300_000,
  'status-list': 2 * 3_600_000,
  registry: 25 * 3_600_000,
  request: 900_000,
  receipt: 4 * 365 * 24 * 3_600_000,
  signal: 25 * 3_600_000,
  anchor: 0,
};

/**
 * Where a key stands: `waiting` is published and does not sign yet, `signing` signs, `retired` does not sign any more
 * and what it signed counts, `ended` counts for nothing any more, `compromised` neither, and never again.
 */
export type KeyState = 'waiting' | 'signing' | 'retired' | 'ended' | 'compromised';

/**
 * Tells where a key stands.
 *
 * @param siblings all keys of its owner, itself too
 */
export function keyState(key: StoredKey, siblings: readonly StoredKey[], now: Date): KeyState {
  if (key.compromisedAt !== undefined) return 'compromised';
  if (key.activatesAt > now) return key.retiredAt === undefined ? 'waiting' : 'ended';
  const stopped = stopsSigningAt(key, siblings, now);
  if (stopped === undefined) return 'signing';
  return countsUntil(key, stopped) > now ? 'retired' : 'ended';
}

/** When a key that signs no more stops to count, or `undefined` for any other key. */
export function keyEndsAt(
  key: StoredKey,
  siblings: readonly StoredKey[],
  now: Date,
): Date | undefined {
  if (key.compromisedAt !== undefined || key.activatesAt > now) return undefined;
  const stopped = stopsSigningAt(key, siblings, now);
  return stopped && countsUntil(key, stopped);
}

/** The key that signs: the newest that may. */
export const signingKey = (keys: readonly StoredKey[], now: Date): StoredKey | undefined =>
  keys.find((key) => keyState(key, keys, now) === 'signing');

/** Whether a key is in the published documents. */
export const isPublished = (state: KeyState): boolean =>
  state === 'waiting' || state === 'signing' || state === 'retired';

/** When a key was retired or a newer one took over, whichever came first. */
function stopsSigningAt(
  key: StoredKey,
  siblings: readonly StoredKey[],
  now: Date,
): Date | undefined {
  const takenOver = siblings
    .filter((other) => isNewer(other, key) && tookOver(other, now))
    .map(({ activatesAt }) => activatesAt);
  const ends = key.retiredAt === undefined ? takenOver : [...takenOver, key.retiredAt];
  return ends.length === 0 ? undefined : new Date(Math.min(...ends.map((end) => end.getTime())));
}

const isNewer = (other: StoredKey, key: StoredKey): boolean =>
  other.activatesAt > key.activatesAt ||
  (other.activatesAt.getTime() === key.activatesAt.getTime() && other.kid > key.kid);

/** A key that was stopped before it began took nothing over. */
function tookOver({ activatesAt, retiredAt, compromisedAt }: StoredKey, now: Date): boolean {
  if (activatesAt > now) return false;
  return [retiredAt, compromisedAt].every((end) => end === undefined || end > activatesAt);
}

function countsUntil({ use, lastExpiresAt }: StoredKey, stopped: Date): Date {
  const shortest = stopped.getTime() + STILL_COUNTS_MS[use];
  return new Date(Math.max(shortest, lastExpiresAt?.getTime() ?? 0));
}
