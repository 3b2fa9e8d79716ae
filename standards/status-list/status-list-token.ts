/**
 * A status list under its issuer's signature.
 *
 * Source: draft-ietf-oauth-status-list, sections 5.1 and 8.3.
 */
import { type KeyObject } from 'node:crypto';

import { z } from 'zod';

import {
  certifiedHeader,
  jwsHeaderFault,
  signEncoded,
  type Signer,
  splitCompactJws,
  verifyEs256,
} from '../compact-jws.ts';
import { numericDate } from '../numeric-date.ts';
import { StandardError, type StandardErrorCode } from '../standard-error.ts';
import { type JsonObject } from '../strict-json.ts';
import {
  type BitsPerStatus,
  decodeStatusList,
  encodeStatusList,
  isBitsPerStatus,
  type StatusList,
} from './status-list.ts';

/** The `typ` of a status list token (section 5.1). */
export const STATUS_LIST_TYPE = 'statuslist+jwt';

/** What goes into a status list token, apart from the list. */
export interface StatusListTokenFrame {
  /** Where the token is published: becomes `sub`, and equals each credential's `uri`. */
  readonly uri: string;
  /** The moment of signing: becomes `iat`. */
  readonly issuedAt: Date;
  /** When the token stops counting: becomes `exp`. */
  readonly expiresAt: Date;
  /** How long a copy may be kept before it is fetched again, in seconds: becomes `ttl`. */
  readonly ttlSeconds?: number;
  /** Where the issuer's lists are listed (section 9): becomes `status_list.aggregation_uri`. */
  readonly aggregationUri?: string;
  /** Rises with each publication, so that an older list shows as one; a claim of our own, `version`. */
  readonly version?: number;
}

/** A status list token to sign: the frame, and the list either in memory or compressed already. */
export type StatusListTokenContent = StatusListTokenFrame &
  (
    | {
        /** The list in memory; compressed here. */
        readonly list: StatusList;
      }
    | {
        /** How many bits hold one status. */
        readonly bits: BitsPerStatus;
        /** The packed statuses: zlib data, base64url, as a compressor gives it. Not checked here. */
        readonly lst: string;
      }
  );

/**
 * Signs a status list token (compact JWS) with `kid` and, when the signer has certificates, `x5c` in
 * its header (HAIP 1.0).
 */
export function signStatusListToken(
  content: StatusListTokenContent,
  signer: Signer,
): Promise<string> {
  const { bits, lst } = 'list' in content ? encodeStatusList(content.list) : content;
  const payload = {
    sub: content.uri,
    iat: toSeconds(content.issuedAt),
    exp: toSeconds(content.expiresAt),
    ttl: content.ttlSeconds,
    version: content.version,
    status_list: { bits, aggregation_uri: content.aggregationUri, lst: '' },
  };
  return signEncoded(certifiedHeader(STATUS_LIST_TYPE, signer), withList(payload, lst), signer);
}

/**
 * Writes the payload as JSON with the list in its place. As bytes: the list has hundreds of kilobytes
 * in which nothing needs escaping, and each string of that size costs as much as a signature.
 */
function withList(payload: object, lst: string): Uint8Array {
  const end = '"}}';
  const start = JSON.stringify(payload).slice(0, -end.length);
  return Buffer.concat([Buffer.from(start, 'utf8'), Buffer.from(lst, 'latin1'), Buffer.from(end)]);
}

function toSeconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}

/** What a status list token must satisfy. */
export interface StatusListTokenRules {
  /** The `uri` of the credential whose status is asked for. */
  readonly uri: string;
  /** The status issuer's public key, or what finds it for a header that is not yet believed. */
  readonly key: KeyObject | ((header: JsonObject) => Promise<KeyObject>);
  /** The moment of the check. */
  readonly now: Date;
  /** How far the two clocks may differ, in seconds; 60 unless told. */
  readonly clockSkewSeconds?: number;
}

/** A status list whose token has been checked. */
export interface VerifiedStatusList {
  /** The statuses. */
  readonly list: StatusList;
  /** When it was signed. */
  readonly issuedAt: Date;
  /** When it stops counting. */
  readonly expiresAt: Date;
  /** How long it may be kept, in seconds; up to `expiresAt` when the token does not say. */
  readonly ttlSeconds: number;
  /** The publication's number, when the issuer counts them. */
  readonly version?: number;
  /** Where the issuer's lists are listed, when the token says so. */
  readonly aggregationUri?: string;
}

/** `exp` is only recommended by section 5.1; here it is required, or a frozen list would never age. */
const tokenClaims = z.object({
  sub: z.string().min(1),
  iat: numericDate.int(),
  exp: numericDate.int(),
  ttl: z.number().positive().optional(),
  version: z.number().int().nonnegative().optional(),
  status_list: z.object({
    bits: z.custom<BitsPerStatus>(isBitsPerStatus),
    lst: z.string(),
    aggregation_uri: z.string().max(2048).optional(),
  }),
});

/** Longest token read, in characters: a full list that does not compress at all. */
const MAX_TOKEN_LENGTH = 32 * 2 ** 20;

/**
 * Checks a status list token and unpacks its list.
 *
 * @throws {StandardError} `status_list_token_type_wrong`, `status_list_token_signature_invalid`,
 * `status_list_token_subject_mismatch`, `status_list_token_expired`, `status_list_malformed`, or
 * `status_list_token_invalid` for every other fault, with the reason in `cause`; and whatever the
 * rules' own `key` throws
 */
export async function verifyStatusListToken(
  token: string,
  rules: StatusListTokenRules,
): Promise<VerifiedStatusList> {
  const { uri, key, now, clockSkewSeconds = 60 } = rules;
  const { header, payload, signingInput, signature } = parseToken(token);
  if (header['typ'] !== STATUS_LIST_TYPE) throw refused('status_list_token_type_wrong');
  if (header['alg'] !== 'ES256') throw refused('status_list_token_invalid');
  const publicKey = typeof key === 'function' ? await key(header) : key;
  if (!verifyEs256(signingInput, signature, publicKey)) {
    throw refused('status_list_token_signature_invalid');
  }
  const parsed = tokenClaims.safeParse(payload);
  if (!parsed.success) throw refused('status_list_token_invalid', parsed.error);
  const { sub, iat, exp, ttl, version, status_list: encoded } = parsed.data;
  const seconds = now.getTime() / 1000;
  if (sub !== uri) throw refused('status_list_token_subject_mismatch');
  if (exp <= seconds - clockSkewSeconds) throw refused('status_list_token_expired');
  if (iat > seconds + clockSkewSeconds) throw refused('status_list_token_invalid');
  return {
    list: decodeStatusList(encoded),
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
    ttlSeconds: ttl ?? Math.max(exp - iat, 0),
    ...(version === undefined ? {} : { version }),
    ...(encoded.aggregation_uri === undefined ? {} : { aggregationUri: encoded.aggregation_uri }),
  };
}

function parseToken(token: string) {
  try {
    const jws = splitCompactJws(token, MAX_TOKEN_LENGTH);
    const fault = jwsHeaderFault(jws.header);
    if (fault !== undefined) throw new StandardError(fault, 'the header is not acceptable');
    return jws;
  } catch (cause) {
    throw refused('status_list_token_invalid', cause);
  }
}

function refused(code: StandardErrorCode, cause?: unknown): StandardError {
  return new StandardError(code, 'status list token rejected', { cause });
}
