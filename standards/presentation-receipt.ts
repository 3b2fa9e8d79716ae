/**
 * The receipt of a check: a signed statement of an organisation that it asked a holder for credentials, when, for which
 * purpose and with which outcome. It has the names of what was disclosed and never the values, so it can be kept when they
 * are erased.
 *
 * Source: no published standard; it is built of RFC 7515 (JWS), RFC 7519 (JWT), RFC 8725, section 3.11 (explicit typing)
 * and RFC 5280 (X.509).
 */
import type { KeyObject } from 'node:crypto';

import { z } from 'zod';

import {
  certifiedHeader,
  parseCompactJws,
  signEncoded,
  type Signer,
  verifyEs256,
} from './compact-jws.ts';
import { numericDate } from './numeric-date.ts';
import { StandardError } from './standard-error.ts';

/** The `typ` of a receipt. */
export const PRESENTATION_RECEIPT_TYPE = 'presentation-receipt+jwt';

const name = z.string().min(1).max(256);
const address = z.string().min(1).max(2_048);
const seconds = numericDate.int();
const sha256 = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);

/** A receipt's claims. Members that this version does not know are dropped. */
export const presentationReceiptClaims = z.object({
  /** The organisation that checked: its address as a verifier. */
  iss: address,
  /** When the receipt was signed. */
  iat: seconds,
  /** The receipt's own name. */
  jti: name,
  /** The request that was answered. */
  request: name,
  /** When it was asked for. */
  requested_at: seconds,
  /** When the answer was checked. */
  checked_at: seconds,
  /** The name of the person or system that asked. */
  checked_by: z.string().min(1).max(512),
  /** The purpose of use, as it was said to the holder. */
  purpose: name,
  /** The verdict on all of it: `VALID`, or why not. */
  outcome: name,
  /** Each credential that was presented, in the order of the request. */
  credentials: z
    .array(
      z.object({
        /** The request's name for it. */
        query: name,
        /** The verdict on this one. */
        outcome: name,
        /** The type that its issuer gave it: `vct`. */
        vct: address.optional(),
        /** The issuer that signed it. */
        issuer: address.optional(),
        /** The issuer's name for it: `jti`. */
        credential: name.optional(),
        /** When the status that was used was signed. */
        status_at: seconds.optional(),
        /** SHA-256 of what was presented, base64url: whoever has kept it can show that the receipt is of it. */
        presentation_sha256: sha256.optional(),
        /** Names of the claims that were disclosed. */
        disclosed: z.array(name).max(1_000),
      }),
    )
    .max(100),
});

/** A receipt's claims. */
export type PresentationReceiptClaims = z.infer<typeof presentationReceiptClaims>;

/**
 * Signs a receipt: a compact JWS whose header has the key's name and certificates.
 *
 * @throws {ZodError} when a claim is not of its form
 */
export function signPresentationReceipt(
  claims: PresentationReceiptClaims,
  signer: Signer,
): Promise<string> {
  return signEncoded(
    certifiedHeader(PRESENTATION_RECEIPT_TYPE, signer),
    JSON.stringify(presentationReceiptClaims.parse(claims)),
    signer,
  );
}

/** What a receipt must satisfy. */
export interface PresentationReceiptRules {
  /** The organisation that is said to have checked: exactly the receipt's `iss`. */
  readonly issuer: string;
  /** Finds the organisation's published key for receipts by its exact name. */
  readonly findKey: (kid: string) => KeyObject | undefined | Promise<KeyObject | undefined>;
  /** The moment of the check. */
  readonly now: Date;
  /** How far the two clocks may differ, in seconds; 60 unless told. */
  readonly clockSkewSeconds?: number;
}

/** Longest receipt read, in characters. */
const MAX_LENGTH = 2 ** 18;

/**
 * Checks a receipt, whenever that is: a receipt does not run out. What it says was so at its `checked_at`; whether the
 * credentials still stand is another question.
 *
 * @throws {StandardError} `presentation_receipt_invalid` for any failed check, with the reason in `cause`; whatever
 * `findKey` throws comes out as it is
 */
export async function verifyPresentationReceipt(
  receipt: string,
  rules: PresentationReceiptRules,
): Promise<PresentationReceiptClaims> {
  const { issuer, findKey, now, clockSkewSeconds = 60 } = rules;
  const { header, payload, signingInput, signature } = reading(() =>
    parseCompactJws(receipt, { maxLength: MAX_LENGTH }),
  );
  const { typ, alg, kid } = header;
  if (typ !== PRESENTATION_RECEIPT_TYPE) throw invalid('typ');
  if (alg !== 'ES256') throw invalid('alg');
  const key = typeof kid === 'string' ? await findKey(kid) : undefined;
  if (key === undefined) throw invalid('key');
  if (!verifyEs256(signingInput, signature, key)) throw invalid('signature');
  const claims = reading(() => presentationReceiptClaims.parse(payload));
  if (claims.iss !== issuer) throw invalid('issuer');
  if (claims.iat > now.getTime() / 1000 + clockSkewSeconds) throw invalid('signed in the future');
  return claims;
}

function reading<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (cause) {
    throw invalid(cause);
  }
}

const invalid = (reason: unknown): StandardError =>
  new StandardError('presentation_receipt_invalid', 'receipt rejected', {
    cause: typeof reason === 'string' ? new Error(reason) : reason,
  });
