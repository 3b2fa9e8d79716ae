/** How long sessions of people last, and the cookies they are known by. */

/** A session ends this long after its last use, in seconds. */
export const SESSION_IDLE_SECONDS = 900;
/** A session ends this long after the sign-in, however much it is used, in seconds; so does an approval. */
export const SESSION_SECONDS = 8 * 3600;

/**
 * How long a session lives from now, in seconds.
 *
 * The library keeps a session anew at each use, with this as its time to live.
 *
 * @param signedInAt seconds since 1970; `undefined` before the sign-in
 */
export function sessionSeconds(signedInAt: number | undefined, now: Date): number {
  if (signedInAt === undefined) return SESSION_IDLE_SECONDS;
  const left = signedInAt + SESSION_SECONDS - Math.floor(now.getTime() / 1000);
  return Math.max(1, Math.min(SESSION_IDLE_SECONDS, left));
}

/**
 * Whether a session has lasted as long as it may.
 *
 * @param signedInAt seconds since 1970; `undefined` before the sign-in
 */
export const isPastItsEnd = (signedInAt: number | undefined, now: Date): boolean =>
  signedInAt !== undefined && signedInAt + SESSION_SECONDS <= now.getTime() / 1000;

/**
 * The name of a cookie for the whole of the issuer. Browsers take `__Host-` from this host alone, over https
 * (RFC 6265bis, section 4.1.3.2); plain http is for one machine.
 */
export const cookieName = (issuer: string, name: string): string =>
  issuer.startsWith('https:') ? `__Host-${name}` : name;
