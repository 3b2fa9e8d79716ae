/**
 * The gateway's signed statement to a subgraph: who is calling, for which organisation, for what purpose.
 *
 * It is a JWT (RFC 7519, ES256, `typ: caller+jwt`) that lives 30 seconds, a `~`, and what is said, base64url: meant for
 * one subgraph, about one request body. The JWT holds the SHA-256 of what is said, as SD-JWT holds its disclosures, and
 * with it those of other statements that were wanted at the same moment: under load, one signature does for many.
 */
import { hash, type KeyObject } from 'node:crypto';

import { z } from 'zod';

import { decodeBase64urlText, encodeBase64url } from '../standards/base64url.ts';
import {
  parseCompactJws,
  type Signer,
  signCompactJws,
  verifyEs256,
} from '../standards/compact-jws.ts';
import { createRecent, type Recent } from '../standards/recent.ts';
import { type PurposeOfUse, purposeOfUse } from './purpose.ts';
import { scopesText } from './scopes-text.ts';

/** The request header that carries the statement. */
export const CALLER_HEADER = 'lanyard-caller';

/** The gateway's own name: as who signs, and as the caller where it asks on nobody's behalf. No client can have it. */
export const GATEWAY = 'lanyard-gateway';

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
/** Most statements under one signature: each carries the digests of all. */
const MOST_TOGETHER = 16;
/**
 * The least between two signatures, in milliseconds for each statement under the last one, and in all: what is wanted in
 * between is signed together. Where little is wanted, nobody waits for others.
 */
const SIGN_EVERY_MS = 1;
const SIGN_EVERY_AT_MOST_MS = 4;
/** Longest statement, in characters. */
const MAX_LENGTH = 8_192;
/** Signatures that have been checked and are remembered, for the other statements under them. */
const SIGNATURES_KEPT = 256;
/** Between what is signed and what is said. */
const SEPARATOR = '~';

const signedClaims = z.strictObject({
  iss: z.literal(GATEWAY),
  iat: z.number().int(),
  exp: z.number().int(),
  /** Digests of what is said. */
  said: z.array(z.string()).min(1).max(MOST_TOGETHER),
});

const saidClaims = z.strictObject({
  aud: z.string(),
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

/** SHA-256, base64url. */
const digest = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'base64url');

/** Signs a statement about the caller for one request to one subgraph. */
export async function signCallerStatement(
  caller: Caller,
  request: { readonly audience: string; readonly body: string; readonly now: Date },
  signer: Signer,
): Promise<string> {
  const claims: z.infer<typeof saidClaims> = {
    aud: request.audience,
    knd: caller.kind,
    sub: caller.subject,
    client_id: caller.clientId,
    name: caller.name,
    scope: scopesText(caller.scopes),
    rid: caller.requestId,
    body: digest(request.body),
    ...(caller.odsCode === undefined ? {} : { ods: caller.odsCode }),
    ...(caller.purpose === undefined ? {} : { purpose: caller.purpose }),
  };
  const said = encodeBase64url(JSON.stringify(claims));
  const issuedAt = Math.floor(request.now.getTime() / 1000);
  return `${await signTogether(digest(said), issuedAt, signer)}${SEPARATOR}${said}`;
}

/** Statements that wait to be signed. */
interface Batch {
  readonly issuedAt: number;
  readonly said: string[];
  readonly jws: Promise<string>;
}

const waiting = new WeakMap<Signer, Batch>();
/** When each may sign next. */
const signsNext = new WeakMap<Signer, number>();

/** Signs a digest with all others that are wanted before the event loop turns, or so soon after a signature. */
function signTogether(said: string, issuedAt: number, signer: Signer): Promise<string> {
  const batch = waiting.get(signer);
  if (batch?.issuedAt === issuedAt && batch.said.length < MOST_TOGETHER) {
    batch.said.push(said);
    return batch.jws;
  }
  const digests = [said];
  const jws = new Promise<string>((resolve, reject) => {
    const sign = (): void => {
      const pause = Math.min(SIGN_EVERY_AT_MOST_MS, SIGN_EVERY_MS * digests.length);
      signsNext.set(signer, performance.now() + pause);
      if (waiting.get(signer)?.said === digests) waiting.delete(signer);
      const payload: z.infer<typeof signedClaims> = {
        iss: GATEWAY,
        iat: issuedAt,
        exp: issuedAt + LIFETIME_SECONDS,
        said: digests,
      };
      const header = { alg: signer.alg, kid: signer.kid, typ: 'caller+jwt' };
      signCompactJws({ header, payload }, signer).then(resolve, reject);
    };
    const pause = (signsNext.get(signer) ?? 0) - performance.now();
    if (pause > 0) setTimeout(sign, Math.ceil(pause));
    else setImmediate(sign);
  });
  waiting.set(signer, { issuedAt, said: digests, jws });
  return jws;
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
    if (statement.length > MAX_LENGTH) throw new Error('too long');
    const end = statement.indexOf(SEPARATOR);
    if (end === -1) throw new Error('nothing is said');
    const signed = verifySigned(statement.slice(0, end), keys);
    const said = statement.slice(end + 1);
    if (!signed.said.includes(digest(said))) throw new Error('something else was signed');
    const claims = saidClaims.parse(JSON.parse(decodeBase64urlText(said)));
    const now = Math.floor(request.now.getTime() / 1000);
    if (claims.aud !== request.audience) throw new Error('audience');
    if (signed.exp <= now - CLOCK_SKEW_SECONDS) throw new Error('expired');
    if (signed.iat > now + CLOCK_SKEW_SECONDS) throw new Error('issued in the future');
    if (signed.exp - signed.iat > LIFETIME_SECONDS) throw new Error('lives too long');
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

type Signed = z.infer<typeof signedClaims>;
/** By the keys that they were checked with. */
const checked = new WeakMap<ReadonlyMap<string, KeyObject>, Recent<Signed>>();

/** What the gateway has signed: checked the first time, and the same text is remembered. Times are for the caller to check. */
function verifySigned(compact: string, keys: ReadonlyMap<string, KeyObject>): Signed {
  let recent = checked.get(keys);
  if (recent === undefined) checked.set(keys, (recent = createRecent(SIGNATURES_KEPT)));
  const known = recent.get(compact);
  if (known !== undefined) return known;
  const jws = parseCompactJws(compact, { maxLength: MAX_LENGTH });
  if (jws.header['typ'] !== 'caller+jwt' || jws.header['alg'] !== 'ES256') {
    throw new Error('typ or alg');
  }
  const kid = jws.header['kid'];
  const key = typeof kid === 'string' ? keys.get(kid) : undefined;
  if (key === undefined) throw new Error('unknown kid');
  if (!verifyEs256(jws.signingInput, jws.signature, key)) throw new Error('signature');
  const claims = signedClaims.parse(jws.payload);
  recent.set(compact, claims);
  return claims;
}
