/** How the authorization server calls addresses that clients have registered. */

/**
 * Creates the call. The library hands in what ends a connection to a private or special address, at connect time, so a
 * name that changes its mind gains nothing; it sets the time limit too. Redirects are not followed.
 *
 * @param privateHosts hosts (with port) on our own networks that may be called all the same
 * @throws {TypeError} when the library could not make that guard
 */
export const outboundFetch =
  (privateHosts: readonly string[]): typeof fetch =>
  async (input, init = {}) => {
    const { host } = new URL(input instanceof Request ? input.url : input);
    const { dispatcher, ...open } = init;
    const isOurs = privateHosts.includes(host);
    if (!isOurs && dispatcher === undefined) throw new TypeError('no guard against private hosts');
    const guarded = isOurs ? open : { ...open, dispatcher };
    return fetch(input, { ...guarded, redirect: 'manual' } as RequestInit);
  };
