/** The authorization server's keys (RFC 7517), fetched when needed and kept while it is away. */
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

import { withPatience } from '../runtime/config.ts';

/** Keys that come from a URL. */
export interface RemoteKeys {
  readonly keys: JWTVerifyGetKey;
  /** Rejects until keys have been fetched once. */
  readonly check: () => Promise<void>;
}

/** The keys cannot be had now, so nothing can be said about the token. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  readonly code = 'unavailable';
}

/** Longest wait for the keys, in milliseconds. */
const PATIENCE_MS = 2_000;
/** Keys are fetched anew after this long, in milliseconds: a key that was withdrawn stops working. */
const FRESH_MS = 5 * 60_000;
/** Time between two fetches on behalf of keys that are not known, in milliseconds. */
const COOLDOWN_MS = 5_000;
/** Keys are kept this long while their server is away, in milliseconds. */
const KEEP_MS = 12 * 60 * 60_000;

/** Creates the source of keys. Nothing is fetched yet. */
export function remoteKeys(url: string): RemoteKeys {
  const remote = createRemoteJWKSet(new URL(url), {
    timeoutDuration: withPatience(PATIENCE_MS),
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: FRESH_MS,
  });
  let goodAt: number | undefined;

  const keys: JWTVerifyGetKey = async (header, token) => {
    try {
      const key = await remote(header, token);
      goodAt = performance.now();
      return key;
    } catch (cause) {
      if (isAboutTheToken(cause)) throw cause;
      const kept = remote.jwks();
      if (kept === undefined || goodAt === undefined || performance.now() - goodAt > KEEP_MS) {
        throw new KeysUnavailable('the keys cannot be fetched', { cause });
      }
      return await createLocalJWKSet(kept)(header, token).catch((reason: unknown) => {
        // The key may be a new one: that cannot be known now.
        throw new KeysUnavailable('the key is not among those kept', { cause: reason });
      });
    }
  };
  return {
    keys,
    async check() {
      if (remote.fresh || remote.jwks() !== undefined) return;
      await remote.reload();
      goodAt = performance.now();
    },
  };
}

/** Whether it was the token's header that was wrong, rather than the way to the keys. */
function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
