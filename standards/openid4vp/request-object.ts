/**
 * A verifier's request, signed.
 *
 * Source: OpenID4VP 1.0, sections 5, 5.8, 5.10 and 8.2, appendix A; RFC 9101 (JAR), section 4; HAIP 1.0, section 5.
 */
import { signCompactJws, type Signer } from '../compact-jws.ts';
import { StandardError } from '../standard-error.ts';
import { x509HashClientId } from './client-id.ts';
import { clientMetadata, type VerifierDescription } from './client-metadata.ts';
import type { DcqlQuery } from './dcql.ts';

/** The `typ` of a request object (section 5). */
export const REQUEST_OBJECT_TYPE = 'oauth-authz-req+jwt';
/** The media type of a request object (RFC 9101, section 5.2.3). */
export const REQUEST_OBJECT_MEDIA_TYPE = `application/${REQUEST_OBJECT_TYPE}`;
/** The audience of a request that is not made for one wallet (section 5.8). */
export const ANY_WALLET = 'https://self-issued.me/v2';

/** How an answer comes back (sections 8.2 and 8.3, appendix A.3): `.jwt` when it is encrypted. */
export type ResponseMode = 'direct_post' | 'direct_post.jwt' | 'dc_api' | 'dc_api.jwt';

/** Where an answer goes. */
export type ResponseDestination =
  | {
      /** The wallet posts it. */
      readonly mode: 'direct_post' | 'direct_post.jwt';
      /** The address it is posted to. */
      readonly responseUri: string;
      /** Comes back with the answer. */
      readonly state: string;
    }
  | {
      /** The browser gives it to the page that asked (appendix A). */
      readonly mode: 'dc_api' | 'dc_api.jwt';
      /** The origins of pages that may ask with this request: without them another page could replay it. */
      readonly expectedOrigins: readonly string[];
    };

/** What a request says. */
export interface PresentationQuestion {
  /** The verifier, with its prefix. */
  readonly clientId: string;
  /** Where the answer goes. */
  readonly destination: ResponseDestination;
  /** Fresh for each request; at least 16 random bytes, base64url (section 5.2). */
  readonly nonce: string;
  /** What is asked for. */
  readonly query: DcqlQuery;
  /** Who asks. Answers of a mode that ends in `.jwt` need its key. */
  readonly verifier: VerifierDescription;
  /** What the verifier says of itself and its request (section 5.1), by format; wallets that know none of them go on without. */
  readonly verifierInfo?: Readonly<Record<string, object>>;
  /** The wallet's own nonce, from its request by POST (section 5.10). */
  readonly walletNonce?: string | undefined;
  /** When the request is signed. */
  readonly now: Date;
  /** When it ends. */
  readonly expiresAt: Date;
}

/** The claims of a request object. */
export interface RequestObjectClaims {
  /** The verifier. */
  readonly client_id: string;
  /** The rest. */
  readonly [name: string]: unknown;
}

/**
 * Writes the claims of a request object.
 *
 * @throws {StandardError} `request_object_invalid` when answers are to be encrypted and there is no key, or the other way round
 */
export function requestObjectClaims(question: PresentationQuestion): RequestObjectClaims {
  const { clientId, destination, nonce, query, verifier, walletNonce, now, expiresAt } = question;
  const info = Object.entries(question.verifierInfo ?? {});
  if (destination.mode.endsWith('.jwt') !== (verifier.encryptionKey !== undefined)) {
    throw new StandardError('request_object_invalid', 'an encrypted answer needs a key');
  }
  // No `iss`: wallets ignore it (section 5), and one library refuses one that is not the signer's bare identifier.
  return {
    aud: ANY_WALLET,
    iat: Math.floor(now.getTime() / 1000),
    exp: Math.floor(expiresAt.getTime() / 1000),
    client_id: clientId,
    response_type: 'vp_token',
    response_mode: destination.mode,
    ...('responseUri' in destination
      ? { response_uri: destination.responseUri, state: destination.state }
      : { expected_origins: destination.expectedOrigins }),
    nonce,
    dcql_query: query,
    client_metadata: clientMetadata(verifier),
    ...(info.length === 0
      ? {}
      : { verifier_info: info.map(([format, data]) => ({ format, data })) }),
    ...(walletNonce === undefined ? {} : { wallet_nonce: walletNonce }),
  };
}

/**
 * Signs a request object: a compact JWS. Its header names the key in the way the client identifier asks for: by
 * certificates, or by a key of the decentralised identifier.
 *
 * @throws {StandardError} `request_object_invalid` when the signer has no certificates, or they are not those of the
 * client identifier
 */
export function signRequestObject(claims: RequestObjectClaims, signer: Signer): Promise<string> {
  const header = { typ: REQUEST_OBJECT_TYPE, ...keyNamed(claims.client_id, signer) };
  return signCompactJws({ header, payload: claims }, signer);
}

function keyNamed(clientId: string, { kid, x5c }: Signer) {
  const [prefix = ''] = clientId.split(':', 1);
  if (prefix === 'decentralized_identifier') {
    return { kid: `${clientId.slice(prefix.length + 1)}#${kid}` };
  }
  const [leaf] = x5c ?? [];
  if (prefix === 'x509_san_dns' && leaf !== undefined) return { kid: undefined, x5c };
  if (leaf !== undefined && clientId === x509HashClientId(leaf)) return { kid: undefined, x5c };
  throw new StandardError('request_object_invalid', 'the key is not that of the client identifier');
}
