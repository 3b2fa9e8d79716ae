/** The id that ties together everything one request causes. */
import { randomUUID } from 'node:crypto';

/** The request and response header. */
export const REQUEST_ID_HEADER = 'x-request-id';

const SAFE = /^[A-Za-z0-9._-]{8,64}$/;

/** The client's own id when it is fit for a log (8 to 64 letters, digits, `.`, `_`, `-`); otherwise a new UUID. */
export function requestIdFrom(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && SAFE.test(header) ? header : randomUUID();
}
