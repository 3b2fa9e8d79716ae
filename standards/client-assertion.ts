/**
 * How a client proves to an authorization server who it is, with a signed JWT.
 *
 * Source: RFC 7523 (JWT Profile for OAuth 2.0 Client Authentication), sections 2.2 and 3.
 */
import { randomBytes } from 'node:crypto';

import { signCompactJws, type Signer } from './compact-jws.ts';

/** The value of `client_assertion_type` that goes with the assertion (RFC 7523, section 2.2). */
export const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** One assertion to be signed. */
export interface ClientAssertionRequest {
  /** The client: becomes `iss` and `sub`. */
  readonly clientId: string;
  /** The authorization server's issuer identifier: becomes `aud`, as a single string. */
  readonly audience: string;
  /** The client's key. */
  readonly signer: Signer;
  /** The moment of signing. */
  readonly now: Date;
  /** How long the assertion may be used, in seconds; 60 unless told. */
  readonly lifetimeSeconds?: number;
}

/** Signs a client assertion (compact JWS) with a fresh `jti`; good for one request. */
export function signClientAssertion(request: ClientAssertionRequest): Promise<string> {
  const { clientId, audience, signer, now, lifetimeSeconds = 60 } = request;
  const iat = Math.floor(now.getTime() / 1000);
  const payload = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomBytes(16).toString('base64url'),
    iat,
    exp: iat + lifetimeSeconds,
  };
  return signCompactJws({ header: { typ: 'JWT' }, payload }, signer);
}
