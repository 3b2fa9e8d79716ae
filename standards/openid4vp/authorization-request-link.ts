/**
 * The link that hands a request to a wallet, as a button or as a QR code.
 *
 * Source: OpenID4VP 1.0, sections 5.4, 5.7 and 13.1; RFC 9101 (JAR), section 5.2; HAIP 1.0, section 5.1 (`haip-vp`).
 */

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
