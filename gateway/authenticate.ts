/**
 * Who is calling: the bearer token (RFC 6750, section 2.1) and the purpose header.
 */
import type { JWTVerifyGetKey } from 'jose';

import type { Caller } from '../runtime/caller-statement.ts';
import type { Clock } from '../runtime/clock.ts';
import { purposeOfUse } from '../runtime/purpose.ts';
import { verifyAccessToken } from '../standards/access-token.ts';
import { KeysUnavailable } from './remote-keys.ts';

/** What a token must satisfy. */
export interface AuthenticationRules {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly now: Clock;
}

/** What a request says about its caller. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly purpose: string | readonly string[] | undefined;
  readonly requestId: string;
}

/** The outcome. */
export type Authentication =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'bad-token'; readonly cause?: unknown }
  | { readonly kind: 'bad-purpose' }
  | { readonly kind: 'keys-unavailable' };

const BEARER = /^Bearer +(?<token>[A-Za-z0-9\-._~+/]+=*)$/i;

/** Finds out who is calling. */
export async function authenticate(
  { authorization, purpose, requestId }: Credentials,
  rules: AuthenticationRules,
): Promise<Authentication> {
  const purposeGiven = purpose === undefined ? undefined : purposeOfUse.safeParse(purpose);
  if (purposeGiven?.success === false) return { kind: 'bad-purpose' };
  if (authorization === undefined) return { kind: 'anonymous' };
  const token = BEARER.exec(authorization)?.groups?.['token'];
  if (token === undefined) return { kind: 'bad-token' };
  try {
    const { kind, subject, clientId, scopes, odsCode, name } = await verifyAccessToken(token, {
      issuer: rules.issuer,
      audience: rules.audience,
      keys: rules.keys,
      now: rules.now(),
    });
    return {
      kind: 'caller',
      caller: {
        kind,
        subject,
        clientId,
        name: name ?? clientId,
        scopes,
        requestId,
        ...(odsCode === undefined ? {} : { odsCode }),
        ...(purposeGiven === undefined ? {} : { purpose: purposeGiven.data }),
      },
    };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof KeysUnavailable
      ? { kind: 'keys-unavailable' }
      : { kind: 'bad-token', cause: error };
  }
}
