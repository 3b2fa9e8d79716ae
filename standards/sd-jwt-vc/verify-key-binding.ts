/**
 * Checking that the holder made this presentation, now, for this verifier.
 *
 * Source: RFC 9901 (SD-JWT), section 7.3, step 5; draft-ietf-oauth-sd-jwt-vc, section 2.4.
 */
import { type KeyObject } from 'node:crypto';

import { type CompactJws, jwsHeaderFault, splitCompactJws, verifyEs256 } from '../compact-jws.ts';
import { importPublicJwk } from '../jwk-thumbprint.ts';
import { isNumericDate } from '../numeric-date.ts';
import { DEFAULT_SD_ALG, isSdAlg, sdHash } from '../sd-jwt/disclosure.ts';
import { type ParsedSdJwt } from '../sd-jwt/serialisation.ts';
import { StandardError } from '../standard-error.ts';
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import { type Checklist, CheckFailed } from './checks.ts';
import { KEY_BINDING_TYPE } from './key-binding.ts';
import { type KeyBindingRules } from './presentation-rules.ts';

/** What the key binding is checked against. */
export interface KeyBindingContext {
  /** The presentation. */
  readonly parsed: ParsedSdJwt;
  /** The issuer's payload, for `_sd_alg` and `cnf`; its signature has been checked. */
  readonly payload: JsonObject;
  /** What the verifier asked for. */
  readonly rules: KeyBindingRules;
  /** The moment of the check, in seconds since 1970. */
  readonly seconds: number;
  /** How far clocks may differ, in seconds. */
  readonly skew: number;
}

/**
 * Makes every `kb_` check and `holder_key`.
 *
 * @returns the RFC 7638 thumbprint of the holder's key
 * @throws {CheckFailed} at the first that fails
 */
export function verifyKeyBinding(context: KeyBindingContext, { check }: Checklist): string {
  const { parsed, payload, rules, seconds, skew } = context;
  const { keyBindingJwt } = parsed;
  check('kb_present', keyBindingJwt === undefined ? 'key_binding_missing' : undefined);
  const holder = holderKey(payload);
  check('holder_key', holder.fault);
  const jws = splitKeyBinding(keyBindingJwt ?? '');
  check('kb_form', typeof jws === 'string' ? jws : undefined);
  if (typeof jws === 'string' || holder.key === undefined) throw new CheckFailed('kb_form');
  const { header, payload: proof } = jws;
  check('kb_typ', header['typ'] === KEY_BINDING_TYPE ? undefined : 'kb_typ_wrong');
  check('kb_alg', header['alg'] === 'ES256' ? undefined : 'kb_alg_unsupported');
  check('kb_header', jwsHeaderFault(header));
  const signed = verifyEs256(jws.signingInput, jws.signature, holder.key);
  check('kb_signature', signed ? undefined : 'kb_signature_invalid');
  check('kb_issued_at', ageFault(proof['iat'], seconds, skew, rules.maxAgeSeconds ?? 300));
  check('kb_audience', proof['aud'] === rules.audience ? undefined : 'kb_audience_wrong');
  check('kb_nonce', proof['nonce'] === rules.nonce ? undefined : 'kb_nonce_wrong');
  const named = payload['_sd_alg'] ?? DEFAULT_SD_ALG;
  const hashed = isSdAlg(named) ? sdHash(parsed.bound, named) : undefined;
  check('kb_sd_hash', proof['sd_hash'] === hashed ? undefined : 'kb_sd_hash_wrong');
  return holder.thumbprint;
}

type Holder =
  | { readonly key: KeyObject; readonly thumbprint: string; readonly fault?: undefined }
  | { readonly key?: undefined; readonly fault: string };

function holderKey({ cnf }: JsonObject): Holder {
  if (!isJsonObject(cnf) || !isJsonObject(cnf['jwk'])) return { fault: 'cnf_missing' };
  try {
    return importPublicJwk(cnf['jwk']);
  } catch {
    return { fault: 'holder_key_unsuitable' };
  }
}

function splitKeyBinding(compact: string): CompactJws | string {
  try {
    return splitCompactJws(compact);
  } catch (error) {
    return error instanceof StandardError ? error.code : 'jws_malformed';
  }
}

function ageFault(
  issuedAt: unknown,
  seconds: number,
  skew: number,
  maxAge: number,
): string | undefined {
  if (!isNumericDate(issuedAt)) return 'kb_iat_missing';
  if (issuedAt > seconds + skew) return 'kb_iat_in_future';
  return seconds - issuedAt > maxAge ? 'kb_iat_too_old' : undefined;
}
