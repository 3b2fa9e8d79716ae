/** A verifier's request as wallets get it: signed, under one of the names that they recognise. */
import type { Signer } from '../../../standards/compact-jws.ts';
import {
  type ClientIdPrefix,
  decentralizedIdentifierClientId,
  x509HashClientId,
  x509SanDnsClientId,
} from '../../../standards/openid4vp/client-id.ts';
import {
  requestObjectClaims,
  type ResponseDestination,
  signRequestObject,
} from '../../../standards/openid4vp/request-object.ts';
import type { Addresses } from './addresses.ts';
import { retentionDays, type Retention } from './retention.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuerKeys, Sealer } from './ports/keys.ts';
import type { StoredPresentation } from './presentation-request.ts';
import { requestKey } from './request-key.ts';

/** The format in which a request says what for and for how long. */
const PURPOSE_INFO = 'lanyard_purpose';

/** What signing a request needs. */
export interface RequestObjectParts {
  readonly keys: Pick<IssuerKeys, 'signer'>;
  readonly sealer: Sealer;
  readonly addresses: Addresses;
  readonly retention: Retention;
  readonly now: Clock;
}

/** The name of a verifier (OpenID4VP 1.0, section 5.9.3). */
export function clientIdOf(
  prefix: ClientIdPrefix,
  odsCode: string,
  { x5c }: Pick<Signer, 'x5c'>,
  addresses: Pick<Addresses, 'host' | 'verifierDid'>,
): string {
  switch (prefix) {
    case 'x509_hash':
      return x509HashClientId(x5c?.[0] ?? '');
    case 'x509_san_dns':
      return x509SanDnsClientId(addresses.host);
    case 'decentralized_identifier':
      return decentralizedIdentifierClientId(addresses.verifierDid(odsCode));
  }
}

/** How long a wallet may take a signed request for good, in milliseconds: shorter than its signer's key counts. */
const SIGNED_FOR_MS = 10 * 60_000;

/**
 * Signs a request.
 *
 * @param way for a wallet that fetches it and posts its answer, or for a page and the Digital Credentials API
 * @param walletNonce the wallet's own, when it sent one
 * @returns compact JWS
 * @throws {StandardError} `request_object_invalid` when the verifier's key has changed since it asked, or there can be no
 * answer any more
 */
export async function requestObject(
  request: StoredPresentation,
  way: 'fetched' | 'page',
  parts: RequestObjectParts,
  walletNonce?: string,
): Promise<string> {
  const { clientId, encrypted, odsCode, nonce, query, expiresAt } = request;
  const encryptionKey = encrypted ? requestKey(request, parts.sealer)?.publicJwk : undefined;
  const claims = requestObjectClaims({
    clientId,
    destination: destinationOf(request, way, parts.addresses),
    nonce,
    query,
    verifier: { name: odsCode, ...(encryptionKey === undefined ? {} : { encryptionKey }) },
    verifierInfo: {
      [PURPOSE_INFO]: {
        purpose: request.purpose,
        retention_days: retentionDays(request.purpose, parts.retention),
      },
    },
    walletNonce,
    now: parts.now(),
    expiresAt: new Date(Math.min(expiresAt.getTime(), parts.now().getTime() + SIGNED_FOR_MS)),
  });
  return signRequestObject(claims, await parts.keys.signer(odsCode, 'request'));
}

function destinationOf(
  { id, encrypted, origins, walletState: state }: StoredPresentation,
  way: 'fetched' | 'page',
  addresses: Addresses,
): ResponseDestination {
  if (way === 'page') {
    return { mode: encrypted ? 'dc_api.jwt' : 'dc_api', expectedOrigins: origins };
  }
  const mode = encrypted ? 'direct_post.jwt' : 'direct_post';
  return { mode, responseUri: addresses.response(id), state };
}
