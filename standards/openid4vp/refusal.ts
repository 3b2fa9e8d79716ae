/**
 * A wallet's no to a request.
 *
 * Source: OpenID4VP 1.0, section 8.5.
 */
import type { OpenedRequestObject } from './open-request-object.ts';

/** The form body that says no. */
export const refusal = ({ state }: Pick<OpenedRequestObject, 'state'>): URLSearchParams =>
  new URLSearchParams({ error: 'access_denied', ...(state === undefined ? {} : { state }) });
