/**
 * JWT access tokens.
 *
 * Source: RFC 9068 (JWT Profile for OAuth 2.0 Access Tokens), sections 2 and 4; RFC 7800, section 3.1, and RFC 9449,
 * section 6.1 (`cnf.jkt`); RFC 8176 (`amr`).
 */
import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

import { parseCompactJws } from './compact-jws.ts';
import { numericDate } from './numeric-date.ts';
import { StandardError } from './standard-error.ts';

/** 32 bytes as canonical base64url. */
const sha256 = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);

const accessTokenClaims = z.object({
  sub: z.string().min(1).max(255),
  client_id: z.string().min(1).max(2048),
  jti: z.string().min(1).max(255),
  exp: numericDate,
  iat: numericDate,
  nbf: numericDate.optional(),
  // One audience: a token that also opens another door is refused here.
  aud: z.string().min(1),
  scope: z.string().default(''),
  ods: z.string().min(1).max(16).optional(),
  name: z.string().min(1).max(512).optional(),
  acr: z.string().min(1).max(255).optional(),
  amr: z.array(z.string().min(1).max(32)).max(16).default([]),
  auth_time: numericDate.optional(),
  sid: z.string().min(1).max(255).optional(),
  // A token bound in another way is not ours to check: it is refused rather than taken as unbound.
  cnf: z.strictObject({ jkt: sha256 }).optional(),
  txn: sha256.optional(),
  purposes: z.array(z.string().min(1).max(64)).min(1).max(32).optional(),
});

/** Who is calling, once the token has been checked. */
export interface AccessTokenClaims {
  /** The caller: the token's `sub`. */
  readonly subject: string;
  /** The application in use: the token's `client_id`. */
  readonly clientId: string;
  /** What the caller may do: the token's `scope`, split at spaces. */
  readonly scopes: ReadonlySet<string>;
  /** The token's own name: its `jti`. */
  readonly tokenId: string;
  /** When the token ends: its `exp`. */
  readonly expiresAt: Date;
  /** When the token was made: its `iat`, in whole seconds. */
  readonly issuedAt: Date;
  /** The ODS code of the organisation the caller works for: the claim `ods`. */
  readonly odsCode?: string;
  /** The caller's name for display: the claim `name`. */
  readonly name?: string;
  /** `machine` when the client speaks for itself (`sub` equals `client_id`; RFC 9068, section 5). */
  readonly kind: 'person' | 'machine';
  /** How and when the person signed in; left out unless the token says both `acr` and `auth_time`. */
  readonly authentication?: TokenAuthentication;
  /** The session that the token comes from: its `sid`. */
  readonly sessionId?: string;
  /** Thumbprint of the key that the token is bound to: `cnf.jkt`, base64url. The token is of use with its proof only. */
  readonly confirmation?: string;
  /** The one transaction that the person has approved: the claim `txn`, a SHA-256 as base64url. */
  readonly transaction?: string;
  /** The purposes of use that the client is registered for: the claim `purposes`. Any, when left out. */
  readonly purposes?: readonly string[];
}

/** A sign-in as a token tells of it (RFC 9068, section 2.2.1). */
export interface TokenAuthentication {
  /** The class of the sign-in: `acr`. */
  readonly acr: string;
  /** What was used for it: `amr`, values of RFC 8176. */
  readonly amr: readonly string[];
  /** When it was: `auth_time`. */
  readonly at: Date;
}

/** What a token must satisfy. */
export interface AccessTokenRules {
  /** The authorization server, exactly as in `iss`. */
  readonly issuer: string;
  /** This resource server, exactly as in `aud`. */
  readonly audience: string;
  /** Finds the authorization server's key for a token header, as the key set functions of `jose` do. */
  readonly keys: JWTVerifyGetKey;
  /** The moment of the check. */
  readonly now: Date;
  /** How far the two clocks may differ, in seconds; 5 unless told. */
  readonly clockToleranceSeconds?: number;
}

/** Longest access token read, in characters. */
const MAX_TOKEN_LENGTH = 8192;

/**
 * Checks a JWT access token and returns the caller it names.
 *
 * @param token the compact JWT from the `Authorization` header
 * @throws {StandardError} `access_token_invalid` for any failed check; the reason is in `cause`
 */
export async function verifyAccessToken(
  token: string,
  rules: AccessTokenRules,
): Promise<AccessTokenClaims> {
  const { issuer, audience, keys, now, clockToleranceSeconds = 5 } = rules;
  try {
    // First, because jose reads base64url that is not canonical and JSON with repeated names.
    parseCompactJws(token, { maxLength: MAX_TOKEN_LENGTH });
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      typ: 'at+jwt',
      algorithms: ['ES256'],
      currentDate: now,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'],
    });
    const claims = accessTokenClaims.parse(payload);
    if (claims.iat > now.getTime() / 1000 + clockToleranceSeconds) {
      throw new Error('issued in the future');
    }
    return callerOf(claims);
  } catch (cause) {
    throw new StandardError('access_token_invalid', 'access token rejected', { cause });
  }
}

function callerOf(claims: z.infer<typeof accessTokenClaims>): AccessTokenClaims {
  const { acr, amr, auth_time: signedInAt } = claims;
  return {
    subject: claims.sub,
    clientId: claims.client_id,
    scopes: new Set(claims.scope.split(' ').filter(Boolean)),
    tokenId: claims.jti,
    expiresAt: new Date(claims.exp * 1000),
    issuedAt: new Date(claims.iat * 1000),
    ...(claims.ods === undefined ? {} : { odsCode: claims.ods }),
    ...(claims.name === undefined ? {} : { name: claims.name }),
    kind: claims.sub === claims.client_id ? 'machine' : 'person',
    ...(acr === undefined || signedInAt === undefined
      ? {}
      : { authentication: { acr, amr, at: new Date(signedInAt * 1000) } }),
    ...(claims.sid === undefined ? {} : { sessionId: claims.sid }),
    ...(claims.cnf === undefined ? {} : { confirmation: claims.cnf.jkt }),
    ...(claims.txn === undefined ? {} : { transaction: claims.txn }),
    ...(claims.purposes === undefined ? {} : { purposes: claims.purposes }),
  };
}
