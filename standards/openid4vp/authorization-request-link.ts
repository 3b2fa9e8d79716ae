/**
 * The link that hands a request to a wallet, as a button or as a QR code.
 *
 * Source: OpenID4VP 1.0, sections 5.4, 5.7 and 13.1; RFC 9101 (JAR), section 5.2; HAIP 1.0, section 5.1 (`haip-vp`).
 */
import { z } from 'zod';

import { StandardError } from '../standard-error.ts';
import { readForm } from './form.ts';

/** Where the request is. */
export interface RequestReference {
  /** The verifier, exactly as in the request object. */
  readonly clientId: string;
  /** Where the wallet fetches the request object. */
  readonly requestUri: string;
  /** Asks the wallet to fetch it by POST, with a nonce of its own (section 5.10). */
  readonly method?: 'post';
}

/** The schemes that wallets answer to. */
export type WalletScheme = 'openid4vp' | 'haip-vp';

/** Writes the link. */
export function authorizationRequestLink(
  { clientId, requestUri, method }: RequestReference,
  scheme: WalletScheme = 'openid4vp',
): string {
  const parameters = new URLSearchParams({
    client_id: clientId,
    request_uri: requestUri,
    ...(method === undefined ? {} : { request_uri_method: method }),
  });
  return `${scheme}://?${parameters.toString()}`;
}

const reference = z.object({
  client_id: z.string().min(1).max(1024),
  request_uri: z.url({ protocol: /^https?$/ }).max(2048),
  request_uri_method: z.enum(['get', 'post']).optional(),
});

/**
 * Reads the parameters of such a link.
 *
 * @throws {StandardError} `request_object_invalid` when one is missing, comes twice or is malformed
 */
export function parseRequestReference(parameters: URLSearchParams): RequestReference {
  const form = readForm(parameters.toString());
  const read = reference.safeParse(Object.fromEntries(form ?? []));
  if (!read.success) throw new StandardError('request_object_invalid', 'not the link to a request');
  const { client_id: clientId, request_uri: requestUri, request_uri_method: method } = read.data;
  return { clientId, requestUri, ...(method === 'post' ? { method } : {}) };
}
