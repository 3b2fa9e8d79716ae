/** How and when the person behind a token has signed in (RFC 9068, section 2.2.1; RFC 9470, section 6.2). */
import type { AccessToken, KoaContextWithOIDC } from 'oidc-provider';

/** The claims of a person's access token: `acr`, `amr`, `auth_time`, and `sid`, the session that it ends with. */
export function personAuthentication(
  ctx: KoaContextWithOIDC,
  token: Pick<AccessToken, 'sessionUid'>,
): Record<string, string | number | string[]> {
  const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
  const source = code ?? refresh;
  const { acr, amr, authTime } = source ?? {};
  return {
    ...(acr === undefined ? {} : { acr }),
    ...(amr === undefined ? {} : { amr }),
    ...(authTime === undefined ? {} : { auth_time: authTime }),
    ...(token.sessionUid === undefined ? {} : { sid: token.sessionUid }),
  };
}
