/**
 * Proofs that whoever sends a request holds the key that its token is bound to.
 *
 * Source: RFC 9449 (DPoP), sections 4.2, 4.3 and 11.1; RFC 3986, sections 6.2.2 and 6.2.3 (comparing addresses).
 */
import { hash } from 'node:crypto';

import { z } from 'zod';

import { parseCompactJws, verifyEs256 } from './compact-jws.ts';
import { importPublicJwk } from './jwk-thumbprint.ts';
import { numericDate } from './numeric-date.ts';
import { StandardError } from './standard-error.ts';

/** The JOSE type of a proof. */
export const DPOP_TYPE = 'dpop+jwt';
/** How far a proof's `iat` may be from now, either way, in seconds. */
export const DPOP_WINDOW_SECONDS = 60;
/** Longest proof read, in characters. */
const MAX_PROOF_LENGTH = 8_192;

const proofClaims = z.object({
  jti: z.string().min(1).max(255),
  htm: z.string().max(32),
  htu: z.string().max(2_048),
  iat: numericDate,
  ath: z.string().max(64).optional(),
  nonce: z.string().min(1).max(255).optional(),
});

/** The request that a proof came with. */
export interface ProvedRequest {
  /** The method, in capitals. */
  readonly method: string;
  /** The address as clients know it. */
  readonly url: string;
  /** The access token that came with the proof; the proof must name it then. */
  readonly accessToken?: string | undefined;
}

/** A proof that holds, and has still to be spent: the same `proofId` by the same key counts once. */
export interface DpopProof {
  /** RFC 7638 thumbprint of the key, base64url: what `cnf.jkt` of a bound token says. */
  readonly thumbprint: string;
  /** The proof's own name: its `jti`. */
  readonly proofId: string;
  /** When it was made: its `iat`. */
  readonly issuedAt: Date;
  /** The server's nonce in it. Whether that is a good one is not looked at here. */
  readonly nonce?: string;
}

/**
 * Checks a proof: everything of section 4.3 that needs no memory, except how old it is ({@link isRecentProof}).
 *
 * @param proof compact JWS, from the `DPoP` header
 * @throws {StandardError} `dpop_proof_invalid`; the reason is in `cause`
 */
export function verifyDpopProof(proof: string, request: ProvedRequest): DpopProof {
  try {
    const { header, payload, signingInput, signature } = parseCompactJws(proof, {
      maxLength: MAX_PROOF_LENGTH,
      allowJwk: true,
    });
    must(header['typ'] === DPOP_TYPE, 'typ');
    must(header['alg'] === 'ES256', 'alg');
    must(!['kid', 'x5c'].some((name) => Object.hasOwn(header, name)), 'key');
    // Refuses private members, and keys that are meant for something else.
    const { key, thumbprint } = importPublicJwk(header['jwk']);
    must(verifyEs256(signingInput, signature, key), 'signature');
    const { jti, htm, htu, iat, ath, nonce } = proofClaims.parse(payload);
    must(htm === request.method, 'htm');
    const address = normalised(htu);
    must(address !== undefined && address === normalised(request.url), 'htu');
    const { accessToken } = request;
    must(accessToken === undefined || ath === hash('sha256', accessToken, 'base64url'), 'ath');
    return {
      thumbprint,
      proofId: jti,
      issuedAt: new Date(iat * 1000),
      ...(nonce === undefined ? {} : { nonce }),
    };
  } catch (cause) {
    throw new StandardError('dpop_proof_invalid', 'DPoP proof rejected', { cause });
  }
}

/** Whether a proof was made within a minute of now, either way. */
export const isRecentProof = ({ issuedAt }: DpopProof, now: Date): boolean =>
  Math.abs(now.getTime() - issuedAt.getTime()) <= DPOP_WINDOW_SECONDS * 1000;

function must(condition: boolean, rule: string): void {
  if (!condition) throw new Error(rule);
}

/** An address in its one spelling, without query and fragment; `undefined` when it is none of `http` or `https`. */
function normalised(text: string): string | undefined {
  const url = URL.parse(text);
  // The parser has seen to letter case, default ports and dot segments.
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') return undefined;
  return url.origin + url.pathname.replace(/%[0-9a-f]{2}/gi, plainOctet);
}

/** An escaped octet: in capitals, and not escaped at all when it need not be (RFC 3986, section 6.2.2). */
function plainOctet(escaped: string): string {
  const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return /[A-Za-z0-9\-._~]/.test(character) ? character : escaped.toUpperCase();
}
