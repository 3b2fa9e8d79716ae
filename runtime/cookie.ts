/** Reading one cookie of a request (RFC 6265, section 5.4). */

/**
 * The value of the first cookie of that name.
 *
 * @param header the request's `Cookie` header
 * @returns `undefined` when there is none
 */
export const cookieOf = (header: string | undefined, name: string): string | undefined =>
  (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
