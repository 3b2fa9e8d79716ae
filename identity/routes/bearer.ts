/** Bearer tokens in requests (RFC 6750, section 2.1). */
import type { FastifyReply, FastifyRequest } from 'fastify';

import {
  type AccessTokenClaims,
  type AccessTokenRules,
  verifyAccessToken,
} from '../../standards/access-token.ts';

/** The token of the `Authorization` header; `undefined` when there is none in the right form. */
export function bearerToken(request: FastifyRequest): string | undefined {
  const match = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(request.headers.authorization ?? '');
  return match?.[1];
}

/** Answers 401 (RFC 6750, section 3). */
export const refuseToken = (reply: FastifyReply): FastifyReply =>
  reply
    .code(401)
    .header('www-authenticate', 'Bearer error="invalid_token"')
    .send({ error: 'invalid_token' });

/**
 * The caller whose JWT access token came as a bearer token; `undefined` without a good one. One that is bound to a key is of
 * no use here (RFC 9449, section 7.2).
 */
export async function bearerCaller(
  request: FastifyRequest,
  rules: AccessTokenRules,
): Promise<AccessTokenClaims | undefined> {
  const caller = await verifyAccessToken(bearerToken(request) ?? '', rules).catch(() => undefined);
  return caller?.confirmation === undefined ? caller : undefined;
}
