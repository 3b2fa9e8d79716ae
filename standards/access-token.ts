/**
 * JWT access tokens.
 *
 * Source: RFC 9068 (JWT Profile for OAuth 2.0 Access Tokens), sections 2 and 4.
 */
import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

import { parseCompactJws } from './compact-jws.ts';
import { numericDate } from './numeric-date.ts';
import { StandardError } from './standard-error.ts';

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
  /** The ODS code of the organisation the caller works for: the claim `ods`. */
  readonly odsCode?: string;
  /** The caller's name for display: the claim `name`. */
  readonly name?: string;
  /** `machine` when the client speaks for itself (`sub` equals `client_id`; RFC 9068, section 5). */
  readonly kind: 'person' | 'machine';
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
    return {
      subject: claims.sub,
      clientId: claims.client_id,
      scopes: new Set(claims.scope.split(' ').filter(Boolean)),
      tokenId: claims.jti,
      expiresAt: new Date(claims.exp * 1000),
      ...(claims.ods === undefined ? {} : { odsCode: claims.ods }),
      ...(claims.name === undefined ? {} : { name: claims.name }),
      kind: claims.sub === claims.client_id ? 'machine' : 'person',
    };
  } catch (cause) {
    throw new StandardError('access_token_invalid', 'access token rejected', { cause });
  }
}
