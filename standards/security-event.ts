/**
 * Security event tokens: something that happened to somebody, signed for one receiver.
 *
 * Source: RFC 8417 (SET), sections 2.2 and 2.3; RFC 9493 (subject identifiers), section 3.2.7 (`opaque`);
 * RFC 8935 (push delivery); OpenID Shared Signals Framework 1.0 and OpenID CAEP 1.0, section 3.3 (`credential-change`).
 */
import type { KeyObject } from 'node:crypto';

import { z } from 'zod';

import {
  certifiedHeader,
  parseCompactJws,
  signEncoded,
  type Signer,
  verifyEs256,
} from './compact-jws.ts';
import { StandardError } from './standard-error.ts';

/** The `typ` of a token, and the media type after `application/` (RFC 8417, sections 2.3 and 7.2). */
export const SECURITY_EVENT_TYPE = 'secevent+jwt';

/** Delivery by push, as a transmitter's configuration names it (RFC 8935). */
export const PUSH_DELIVERY = 'urn:ietf:rfc:8935';

/** A credential was created, changed, revoked or deleted (CAEP, section 3.3). */
export const CREDENTIAL_CHANGE =
  'https://schemas.openid.net/secevent/caep/event-type/credential-change';

/** Whether the receiver takes events (Shared Signals Framework 1.0, section 8.1.4.1). Nothing has happened. */
export const VERIFICATION = 'https://schemas.openid.net/secevent/ssf/event-type/verification';

/** What a token says. It has no `exp`: what happened has happened (RFC 8417, section 2.2). */
export interface SecurityEventClaims {
  /** Who says so: a URL. */
  readonly iss: string;
  /** When the token was made, in seconds since 1970. */
  readonly iat: number;
  /** The same for every delivery of the same event to the same receiver. */
  readonly jti: string;
  /** The receiver. */
  readonly aud: string;
  /** When it happened, in seconds since 1970. */
  readonly toe?: number | undefined;
  /** Whom it is about (RFC 9493). */
  readonly sub_id: {
    /** How `id` is to be read: as it is. */
    readonly format: 'opaque';
    /** A name that says nothing else. */
    readonly id: string;
  };
  /** What happened, by its type: exactly one. */
  readonly events: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const seconds = z.number().int().nonnegative();
const claims: z.ZodType<SecurityEventClaims> = z.object({
  iss: z.string().min(1),
  iat: seconds,
  jti: z.string().min(1).max(255),
  aud: z.string().min(1),
  toe: seconds.optional(),
  sub_id: z.object({ format: z.literal('opaque'), id: z.string().min(1) }),
  events: z
    .record(z.string().min(1), z.record(z.string(), z.unknown()))
    .refine((events) => Object.keys(events).length === 1),
});

/** Signs a token. */
export const signSecurityEvent = (said: SecurityEventClaims, signer: Signer): Promise<string> =>
  signEncoded(certifiedHeader(SECURITY_EVENT_TYPE, signer), JSON.stringify(said), signer);

/** Who may have sent a token, and whom it must be for. */
export interface ExpectedSecurityEvent {
  /** Its `iss`. */
  readonly issuer: string;
  /** Its `aud`. */
  readonly audience: string;
  /** Public keys of the issuer by `kid`. */
  readonly keys: ReadonlyMap<string, KeyObject>;
}

/**
 * Verifies a token as its receiver does. Whether its `jti` was taken before is for the receiver to know.
 *
 * @throws {StandardError} `security_event_invalid` when it is no such token of this issuer for this audience, or a code of
 * {@link parseCompactJws}
 */
export function verifySecurityEvent(
  compact: string,
  { issuer, audience, keys }: ExpectedSecurityEvent,
): SecurityEventClaims {
  const jws = parseCompactJws(compact);
  const { alg, typ, kid } = jws.header;
  const key = typeof kid === 'string' ? keys.get(kid) : undefined;
  if (alg !== 'ES256' || typ !== SECURITY_EVENT_TYPE || key === undefined) {
    throw new StandardError('security_event_invalid', 'not a security event token of a known key');
  }
  if (!verifyEs256(jws.signingInput, jws.signature, key)) {
    throw new StandardError('security_event_invalid', 'the signature is wrong');
  }
  const said = claims.safeParse(jws.payload);
  const { sub, exp } = jws.payload;
  // Neither is allowed, so that no token of another kind passes for one (RFC 8417, section 4).
  if (!said.success || sub !== undefined || exp !== undefined) {
    throw new StandardError(
      'security_event_invalid',
      'the claims are not those of a security event',
    );
  }
  if (said.data.iss !== issuer || said.data.aud !== audience) {
    throw new StandardError('security_event_invalid', 'from somebody else, or for somebody else');
  }
  return said.data;
}
