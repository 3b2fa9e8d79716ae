/**
 * Taking back access tokens that are JWTs, which the library cannot: it has no record of them.
 *
 * Source: RFC 7009 (Token Revocation), sections 2.1 and 2.2.
 */
import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

import type { Revoke } from '../domain/revocation.ts';
import { parseCompactJws } from '../../standards/compact-jws.ts';

/** What tokens are taken back with. */
export interface JwtRevocationParts {
  readonly revoke: Revoke;
  /** Keys of the tokens that this process signs. */
  readonly keys: JWTVerifyGetKey;
}

/** What the library says of a JWT, once its sender has proved who they are. */
const NOT_BY_THE_LIBRARY = 'unsupported_token_type';

/** Takes back the tokens that the library turns away. A token of another client, or none at all, changes nothing. */
export function revokeJwts(provider: Provider, { revoke, keys }: JwtRevocationParts): void {
  const revocationPath = new URL(provider.urlFor('revocation')).pathname;
  provider.use(async (koa, next) => {
    await next();
    if (koa.path !== revocationPath || !isRefusedJwt(koa.body)) return;
    const { client, params, issuer } = (koa as unknown as KoaContextWithOIDC).oidc;
    const token = params?.['token'];
    if (client === undefined || typeof token !== 'string') return;
    const tokenId = await tokenIdOf(token, client.clientId, issuer, keys);
    if (tokenId !== undefined) await revoke([{ kind: 'token', tokenId }]);
    koa.status = 200;
    koa.body = '';
  });
}

const isRefusedJwt = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'error' in body && body.error === NOT_BY_THE_LIBRARY;

/** The `jti` of a token that this client was given and that still holds. */
async function tokenIdOf(
  token: string,
  clientId: string,
  issuer: string,
  keys: JWTVerifyGetKey,
): Promise<string | undefined> {
  try {
    parseCompactJws(token, { maxLength: 8_192 });
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      typ: 'at+jwt',
      algorithms: ['ES256'],
      requiredClaims: ['jti', 'client_id'],
    });
    return payload['client_id'] === clientId ? payload.jti : undefined;
  } catch {
    return undefined;
  }
}
