/**
 * What a wallet's maker says about where keys are kept, and who can use them.
 *
 * Source: OpenID for Verifiable Credential Issuance 1.0, appendix D; HAIP 1.0, section 4.5.1 (certificates).
 */
import type { KeyObject } from 'node:crypto';

import { z } from 'zod';

import { parseCompactJws, verifyEs256 } from '../compact-jws.ts';
import {
  jwkThumbprint,
  publicEcJwk,
  type PublicEcJwk,
  publicKeyFromJwk,
} from '../jwk-thumbprint.ts';
import { numericDate } from '../numeric-date.ts';
import { StandardError } from '../standard-error.ts';
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import { verifyCertificateChain } from '../x509/verify-certificate-chain.ts';

/** The `typ` of a key attestation. */
export const KEY_ATTESTATION_TYPE = 'key-attestation+jwt';

/** Levels that count, as in `key_attestations_required`; a list that is missing asks for nothing (section 12.2.4). */
export interface KeyAttestationsRequired {
  /** One of these must be stated of the key storage. */
  readonly key_storage?: readonly string[] | undefined;
  /** One of these must be stated of the user's authentication. */
  readonly user_authentication?: readonly string[] | undefined;
}

/** Who may make attestations. */
export interface TrustedAttesters {
  /** Anchors of certificate chains; base64 DER. */
  readonly anchors: readonly string[];
  /** Keys that are known without a certificate, by their `kid`. */
  readonly keys: Readonly<Record<string, PublicEcJwk>>;
}

/** What an attestation must satisfy. */
export interface KeyAttestationRules {
  /** Who is believed. */
  readonly attesters: TrustedAttesters;
  /** The levels asked for. */
  readonly required?: KeyAttestationsRequired | undefined;
  /** Most keys in one attestation. */
  readonly maxKeys: number;
  /** Whether it stands beside a proof by one of its keys, which makes `exp` a must (appendix D.1). */
  readonly withProof: boolean;
  /** The moment of the check. */
  readonly now: Date;
}

/** A key that was attested. */
export interface AttestedKey {
  /** The key. */
  readonly jwk: PublicEcJwk;
  /** Its RFC 7638 thumbprint. */
  readonly thumbprint: string;
  /** The name that the attestation gives it, if any. */
  readonly kid?: string;
}

/** An attestation that holds. Its nonce is still to be compared and spent. */
export interface VerifiedKeyAttestation {
  /** The keys, all different, in the order of the attestation. */
  readonly keys: readonly AttestedKey[];
  /** The issuer's `c_nonce`, when there is one. */
  readonly nonce?: string;
}

const MAX_LENGTH = 65_536;
/** How far clocks may differ, in seconds. */
const CLOCK_SKEW_SECONDS = 60;
/** An attestation that never ends is believed for a day, in seconds: its nonce is five minutes old at most anyway. */
const MAX_AGE_SECONDS = 86_400;

const levels = z.array(z.string().min(1).max(256)).min(1).max(16).optional();
const claims = z.object({
  iat: numericDate,
  exp: numericDate.optional(),
  nbf: numericDate.optional(),
  attested_keys: z.array(z.unknown()).min(1),
  key_storage: levels,
  user_authentication: levels,
  nonce: z.string().min(1).max(255).optional(),
});

/**
 * Checks a key attestation. A `status` in it is not looked up here.
 *
 * @param attestation compact JWS
 * @throws {StandardError} `key_attestation_invalid`, `key_attestation_untrusted`, `key_attestation_expired`,
 * `key_attestation_insufficient`, or what a compact JWS is refused for
 */
export function verifyKeyAttestation(
  attestation: string,
  rules: KeyAttestationRules,
): VerifiedKeyAttestation {
  const { header, payload, signingInput, signature } = parseCompactJws(attestation, {
    maxLength: MAX_LENGTH,
  });
  if (header['typ'] !== KEY_ATTESTATION_TYPE) throw invalid('typ must be key-attestation+jwt');
  if (header['alg'] !== 'ES256') throw invalid('alg must be ES256');
  const key = attesterKey(header, rules);
  if (!verifyEs256(signingInput, signature, key)) throw invalid('the signature does not hold');
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw invalid('a claim is missing or malformed');
  const { iat, exp, nbf, attested_keys: attested, nonce } = parsed.data;
  const seconds = rules.now.getTime() / 1000;
  if (exp === undefined && rules.withProof) throw invalid('exp must be given beside a jwt proof');
  const end = exp ?? iat + MAX_AGE_SECONDS;
  const start = Math.max(iat, nbf ?? iat);
  if (end <= seconds || start > seconds + CLOCK_SKEW_SECONDS) {
    throw new StandardError('key_attestation_expired', 'the key attestation is not valid now');
  }
  if (!reaches(parsed.data, rules.required)) {
    throw new StandardError('key_attestation_insufficient', 'the attested levels are too low');
  }
  return { keys: attestedKeys(attested, rules.maxKeys), ...(nonce === undefined ? {} : { nonce }) };
}

/** The key that an attester signs with, once it is known to be an attester's. */
function attesterKey(header: JsonObject, { attesters, now }: KeyAttestationRules): KeyObject {
  const { x5c, kid } = header;
  if (Object.hasOwn(header, 'trust_chain')) throw invalid('trust_chain is not understood');
  if (x5c !== undefined) {
    const verdict = verifyCertificateChain(x5c, { anchors: attesters.anchors, now });
    if (verdict.kind === 'trusted') return verdict.leaf.publicKey;
  } else if (typeof kid === 'string' && Object.hasOwn(attesters.keys, kid)) {
    return publicKeyFromJwk(attesters.keys[kid]);
  }
  throw new StandardError('key_attestation_untrusted', 'the attester is not known');
}

function attestedKeys(attested: readonly unknown[], maxKeys: number): readonly AttestedKey[] {
  if (attested.length > maxKeys) throw invalid('too many attested keys');
  const keys = attested.map((one): AttestedKey => {
    const jwk = publicEcJwk.safeParse(one);
    if (!jwk.success) throw invalid('an attested key is not a public P-256 key');
    const kid = isJsonObject(one) ? one['kid'] : undefined;
    return {
      jwk: jwk.data,
      thumbprint: jwkThumbprint(jwk.data),
      ...(typeof kid === 'string' ? { kid } : {}),
    };
  });
  if (new Set(keys.map(({ thumbprint }) => thumbprint)).size !== keys.length) {
    throw invalid('a key is attested twice');
  }
  return keys;
}

function reaches(
  stated: Pick<z.output<typeof claims>, 'key_storage' | 'user_authentication'>,
  required: KeyAttestationsRequired = {},
): boolean {
  return (['key_storage', 'user_authentication'] as const).every((name) => {
    const accepted = required[name];
    return accepted === undefined || stated[name]?.some((level) => accepted.includes(level));
  });
}

const invalid = (rule: string): StandardError => new StandardError('key_attestation_invalid', rule);
