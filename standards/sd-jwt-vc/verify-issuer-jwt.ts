/**
 * Checking the token an issuer signed, before anything in it is believed.
 *
 * Source: RFC 9901 (SD-JWT), section 7.1, step 2; draft-ietf-oauth-sd-jwt-vc, sections 2.2 and 2.5.
 */
import { type KeyObject } from 'node:crypto';

import { type CompactJws, jwsHeaderFault, splitCompactJws, verifyEs256 } from '../compact-jws.ts';
import { isNumericDate } from '../numeric-date.ts';
import { StandardError } from '../standard-error.ts';
import { type JsonObject } from '../strict-json.ts';
import { CheckFailed, type Checklist } from './checks.ts';
import { SD_JWT_VC_TYPE } from './issue-sd-jwt-vc.ts';
import { isCertificateChain, isLeafKey } from './leaf-certificate.ts';
import {
  type IssuerKey,
  type IssuerKeyHint,
  type PresentationRules,
} from './presentation-rules.ts';

/** What an issuer signed. */
export interface IssuerSigned {
  /** The credential's `iss`. */
  readonly issuer: string;
  /** The credential's `vct`. */
  readonly vct: string;
  /** The payload with its digests. */
  readonly payload: JsonObject;
}

/**
 * Makes the checks from `issuer_jwt_form` to `issuer_trusted`.
 *
 * @param jwt the compact JWS
 * @throws {CheckFailed} at the first that fails
 */
export async function verifyIssuerJwt(
  jwt: string,
  rules: PresentationRules,
  checklist: Checklist,
): Promise<IssuerSigned> {
  const { check } = checklist;
  const jws = split(jwt, checklist);
  const { header, payload } = jws;
  check('typ', typFault(header['typ']));
  check('alg', algFault(header['alg']));
  const fault = jwsHeaderFault(header);
  check('crit', fault === 'jws_crit_unsupported' ? fault : undefined);
  check('header_members', fault ?? kidFault(header['kid']));
  const { x5c, kid } = header;
  check('x5c_form', x5c === undefined || isCertificateChain(x5c) ? undefined : 'x5c_malformed');
  const { vct, iss, iat } = payload;
  check('vct', isName(vct) ? undefined : 'vct_missing');
  const type = vct as string;
  const accepted = rules.acceptedTypes?.has(type) ?? true;
  check('vct_accepted', accepted ? undefined : 'vct_not_accepted');
  check('issuer_named', isName(iss) ? undefined : 'iss_missing');
  const issuer = iss as string;
  const chain = x5c as readonly string[] | undefined;
  const hint: IssuerKeyHint = {
    issuer,
    kid: kid as string | undefined,
    x5c: chain,
    vct: type,
    issuedAt: isNumericDate(iat) ? new Date(iat * 1000) : undefined,
  };
  const { key, trusted } = await findKey(hint, rules, checklist);
  check('issuer_certificate', chain === undefined ? undefined : certificateFault(chain, key));
  const signed = verifyEs256(jws.signingInput, jws.signature, key);
  check('issuer_signature', signed ? undefined : 'signature_invalid');
  check('issuer_trusted', trusted ? undefined : 'issuer_not_trusted');
  return { issuer, vct: type, payload };
}

function split(jwt: string, { check }: Checklist): CompactJws {
  try {
    const jws = splitCompactJws(jwt);
    check('issuer_jwt_form', undefined);
    return jws;
  } catch (error) {
    if (error instanceof StandardError) check('issuer_jwt_form', error.code);
    throw error;
  }
}

function typFault(typ: unknown): string | undefined {
  if (typ === undefined) return 'typ_missing';
  return typ === SD_JWT_VC_TYPE ? undefined : 'typ_wrong';
}

function algFault(alg: unknown): string | undefined {
  if (alg === undefined) return 'alg_missing';
  if (alg === 'none') return 'alg_none';
  return alg === 'ES256' ? undefined : 'alg_unsupported';
}

function kidFault(kid: unknown): string | undefined {
  return kid === undefined || isName(kid) ? undefined : 'kid_malformed';
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 2048;
}

async function findKey(
  hint: IssuerKeyHint,
  rules: PresentationRules,
  { check }: Checklist,
): Promise<IssuerKey> {
  let found: IssuerKey | undefined;
  let fault: string | undefined;
  try {
    found = await rules.findIssuerKey(hint);
    if (found === undefined) fault = 'issuer_key_unknown';
  } catch {
    fault = 'issuer_key_unavailable';
  }
  check('issuer_key', fault);
  if (found === undefined) throw new CheckFailed('issuer_key_unknown');
  return found;
}

function certificateFault(x5c: readonly string[], key: KeyObject): string | undefined {
  try {
    return isLeafKey(x5c, key) ? undefined : 'certificate_key_mismatch';
  } catch {
    return 'x5c_malformed';
  }
}
