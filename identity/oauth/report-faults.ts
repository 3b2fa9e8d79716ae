/**
 * Why a client was refused: a line in the log, and an entry for the client's own administrators. What the client itself is
 * told is the standard's error alone.
 */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { Client, errors, KoaContextWithOIDC, Provider } from 'oidc-provider';

import {
  assertionFaults,
  isStrictJws,
  MAX_ASSERTION_LENGTH,
} from '../../standards/client-assertion-rules.ts';
import type { ClientFaults } from '../domain/client-ports.ts';
import type { AttemptCounter } from '../domain/ports.ts';
import type { Logger } from '../../runtime/log.ts';

/** Faults in words. */
const DETAILS = {
  malformed: 'The assertion is not a compact JWS in its one canonical form.',
  typ: 'The header typ must be JWT or client-authentication+jwt.',
  algorithm: 'The header alg is not the algorithm that the client is registered with.',
  key_unknown: 'The header kid is not the name of one of the client’s keys.',
  keys_unavailable: 'There is no key: the address of the key set gave none that can be used.',
  issuer_subject: 'The claims iss and sub must both be the client id.',
  audience: 'The claim aud must be the issuer identifier, as one string.',
  issued_at: 'The claim iat must be given, as a number, and not be in the future.',
  expiry_missing: 'The claim exp must be given, as a number.',
  expired: 'The claim exp has passed.',
  lives_too_long: 'The claim exp must be at most 300 seconds after iat, and from now.',
  token_id: 'The claim jti must be given, with 1 to 255 characters.',
  replayed: 'The claim jti has been used before.',
  signature: 'The signature does not hold for the registered key.',
  method: 'The client has to sign in with an assertion.',
  quota: 'The client asked for more tokens in a minute than it may.',
  request: 'The request was refused for the reason that the error names.',
} as const;

/** A fault of a client's request; a stable code. */
export type ClientFaultCode = keyof typeof DETAILS;

/** Most entries made for one client in a minute: whoever guesses its id can fill no more. */
const ENTRIES_PER_MINUTE = 20;

/** What faults are reported to. */
export interface FaultReports {
  readonly faults: Pick<ClientFaults, 'add'>;
  readonly counter: Pick<AttemptCounter, 'count'>;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Reports refusals of a provider from now on. */
export function reportFaults(
  provider: Provider,
  { faults, counter, log, now }: FaultReports,
): void {
  const report = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void => {
    // A JWT to be taken back: see revoke-jwt.ts.
    if (error.error === 'unsupported_token_type') return;
    const { client } = ctx.oidc;
    const fault = faultOf(ctx, error, client, now());
    log.info({ code: error.error, fault, client: client?.clientId }, 'client refused');
    // Only clients with keys have somebody who looks here.
    if (client?.clientAuthMethod !== 'private_key_jwt') return;
    const { clientId } = client;
    const entry = { at: now(), error: error.error, fault, detail: DETAILS[fault] };
    counter
      .count(`client-fault:${clientId}`, 60)
      .then((count) => (count > ENTRIES_PER_MINUTE ? undefined : faults.add(clientId, entry)))
      .catch((reason: unknown) => {
        log.warn({ err: reason }, 'could not note why a client was refused');
      });
  };
  provider.on('grant.error', report);
  provider.on('pushed_authorization_request.error', report);
  provider.on('revocation.error', report);
}

function faultOf(
  ctx: KoaContextWithOIDC,
  error: errors.OIDCProviderError,
  client: Client | undefined,
  now: Date,
): ClientFaultCode {
  if (error.statusCode === 429) return 'quota';
  if (error.error !== 'invalid_client' || client === undefined) return 'request';
  const assertion = ctx.oidc.params?.['client_assertion'];
  if (typeof assertion !== 'string') return 'method';
  if (!isStrictJws(assertion, MAX_ASSERTION_LENGTH)) return 'malformed';
  const header = decodeProtectedHeader(assertion);
  const claims = decodeJwt(assertion);
  if (header.alg !== client.tokenEndpointAuthSigningAlg) return 'algorithm';
  const names = (client.jwks?.keys ?? []).map(({ kid }) => kid);
  if (names.length === 0) return 'keys_unavailable';
  if (header.kid !== undefined && !names.includes(header.kid)) return 'key_unknown';
  const [fault] = assertionFaults(claims, header, ctx.oidc.issuer, now);
  if (fault !== undefined) return fault;
  return error.error_detail?.includes('only be used once') === true ? 'replayed' : 'signature';
}
