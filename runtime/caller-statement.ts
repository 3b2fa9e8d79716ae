/**
 * The gateway's signed statement to a subgraph: who is calling, for which organisation, for what purpose.
 * A JWT (RFC 7519, ES256, `typ: caller+jwt`) that lives 30 seconds, is meant for one subgraph and covers one request body.
 */
import { createHash, type KeyObject } from 'node:crypto';

import { z } from 'zod';

import {
  parseCompactJws,
  type Signer,
  signCompactJws,
  verifyEs256,
} from '../standards/compact-jws.ts';
import { type PurposeOfUse, purposeOfUse } from './purpose.ts';

/** The request header that carries the statement. */
export const CALLER_HEADER = 'lanyard-caller';

/** Who is calling. */
export interface Caller {
  /** A member of staff who signed in, or an organisation's system. */
  readonly kind: 'person' | 'machine';
  /** The person's id in the graph, or the system's client id. */
  readonly subject: string;
  readonly clientId: string;
  /** For the access log: the person's or the system's name. */
  readonly name: string;
  readonly scopes: ReadonlySet<string>;
  /** ODS code of the organisation the caller acts for. */
  readonly odsCode?: string;
  readonly purpose?: PurposeOfUse;
  readonly requestId: string;
}

/** Lifetime of a statement, in seconds. */
const LIFETIME_SECONDS = 30;
/** How far the two machines' clocks may differ, in seconds. */
const CLOCK_SKEW_SECONDS = 5;

const statementClaims = z.strictObject({
  iss: z.literal('lanyard-gateway'),
  aud: z.string(),
  iat: z.number().int(),
  exp: z.number().int(),
  knd: z.enum(['person', 'machine']),
  sub: z.string().min(1),
  client_id: z.string().min(1),
  name: z.string(),
  scope: z.string(),
  ods: z.string().optional(),
  purpose: purposeOfUse.optional(),
  rid: z.string(),
  body: z.string(),
});

/** A statement that is missing, forged, expired, or made for another subgraph or body. */
export class CallerStatementError extends Error {
  override readonly name = 'CallerStatementError';
  readonly code = 'caller_statement_invalid';
}

/** SHA-256 of a request body, base64url. */
const digest = (body: Uint8Array | string): string =>
  createHash('sha256').update(body).digest('base64url');

/** Signs a statement about the caller for one request to one subgraph. */
export function signCallerStatement(
  caller: Caller,
  request: { readonly audience: string; readonly body: string; readonly now: Date },
  signer: Signer,
): Promise<string> {
  const issuedAt = Math.floor(request.now.getTime() / 1000);
  const payload: z.infer<typeof statementClaims> = {
    iss: 'lanyard-gateway',
    aud: request.audience,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    knd: caller.kind,
    sub: caller.subject,
    client_id: caller.clientId,
    name: caller.name,
    scope: [...caller.scopes].join(' '),
    rid: caller.requestId,
    body: digest(request.body),
    ...(caller.odsCode === undefined ? {} : { ods: caller.odsCode }),
    ...(caller.purpose === undefined ? {} : { purpose: caller.purpose }),
  };
  return signCompactJws(
    { header: { alg: signer.alg, kid: signer.kid, typ: 'caller+jwt' }, payload },
    signer,
  );
}

/**
 * Checks a statement and returns the caller it names.
 *
 * @param keys the gateway's public keys by `kid`
 * @throws {CallerStatementError} for anything that does not hold; the reason is in `cause`
 */
export function verifyCallerStatement(
  statement: string | undefined,
  request: { readonly audience: string; readonly body: Uint8Array; readonly now: Date },
  keys: ReadonlyMap<string, KeyObject>,
): Caller {
  try {
    if (statement === undefined) throw new Error('no statement');
    const jws = parseCompactJws(statement, { maxLength: 8_192 });
    if (jws.header['typ'] !== 'caller+jwt' || jws.header['alg'] !== 'ES256') {
      throw new Error('typ or alg');
    }
    const kid = jws.header['kid'];
    const key = typeof kid === 'string' ? keys.get(kid) : undefined;
    if (key === undefined) throw new Error('unknown kid');
    if (!verifyEs256(jws.signingInput, jws.signature, key)) throw new Error('signature');
    const claims = statementClaims.parse(jws.payload);
    const now = Math.floor(request.now.getTime() / 1000);
    if (claims.aud !== request.audience) throw new Error('audience');
    if (claims.exp <= now - CLOCK_SKEW_SECONDS) throw new Error('expired');
    if (claims.iat > now + CLOCK_SKEW_SECONDS) throw new Error('issued in the future');
    if (claims.exp - claims.iat > LIFETIME_SECONDS) throw new Error('lives too long');
    if (claims.body !== digest(request.body)) throw new Error('another body');
    return {
      kind: claims.knd,
      subject: claims.sub,
      clientId: claims.client_id,
      name: claims.name,
      scopes: new Set(claims.scope.split(' ').filter(Boolean)),
      requestId: claims.rid,
      ...(claims.ods === undefined ? {} : { odsCode: claims.ods }),
      ...(claims.purpose === undefined ? {} : { purpose: claims.purpose }),
    };
  } catch (cause) {
    throw new CallerStatementError('caller statement rejected', { cause });
  }
}
