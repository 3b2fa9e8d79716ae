/**
 * Checking a credential in the form `vc+jwt`. There is no selective disclosure in it: whoever sees it sees all of it. That
 * its bearer is its holder is proved by what presents it, and not checked here.
 *
 * Source: VC-JOSE-COSE, sections 3.1 and 4.1; Verifiable Credentials Data Model 2.0 (VCDM), section 4;
 * draft-ietf-oauth-status-list, section 8.3.
 */
import { type CompactJws, jwsHeaderFault, splitCompactJws, verifyEs256 } from '../compact-jws.ts';
import { jwkThumbprint, publicEcJwk } from '../jwk-thumbprint.ts';
import { CheckFailed } from '../sd-jwt-vc/checks.ts';
import { isCertificateChain, isLeafKey } from '../sd-jwt-vc/leaf-certificate.ts';
import { outcomeOf } from '../sd-jwt-vc/outcome.ts';
import type {
  IssuerKey,
  PresentationOutcome,
  PresentationRules,
  ReadStatus,
} from '../sd-jwt-vc/presentation-rules.ts';
import { verifyStatus } from '../sd-jwt-vc/verify-status.ts';
import { verifyAudience, verifyTimes } from '../sd-jwt-vc/verify-validity.ts';
import { isNumericDate } from '../numeric-date.ts';
import { StandardError } from '../standard-error.ts';
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import { createVcJwtChecklist, type VcJwtCheck, type VcJwtChecklist } from './checks.ts';
import { VC_CONTENT_TYPE, VC_CONTEXT, VC_JWT_TYPE } from './issue-vc-jwt.ts';

/** What a credential says about who signed it. Not to be believed yet. */
export interface VcJwtKeyHint {
  /** The credential's `issuer`. */
  readonly issuer: string;
  /** The header's `kid`: the issuer's identifier, `#` and the key's name. */
  readonly kid: string | undefined;
  /** The header's `x5c`: base64 DER, leaf first. */
  readonly x5c: readonly string[] | undefined;
  /** The credential's types. */
  readonly types: readonly string[];
  /** The credential's `iat`. */
  readonly issuedAt: Date | undefined;
}

/** What a credential must satisfy. */
export interface VcJwtRules extends Pick<
  PresentationRules,
  'now' | 'clockSkewSeconds' | 'readStatus'
> {
  /** The credential must have one of these types, beside `VerifiableCredential`; any type unless given. */
  readonly acceptedTypes?: ReadonlySet<string>;
  /** This verifier's name; a credential made for one audience counts nowhere else (RFC 7519, section 4.1.3). */
  readonly audience?: string;
  /** Finds the key an issuer signs with; `undefined` when no permitted way leads to one. */
  readonly findIssuerKey: (hint: VcJwtKeyHint) => Promise<IssuerKey | undefined>;
}

/** What a verifier learns. Members other than the first two appear once what they say is proved. */
export interface VcJwtVerdict {
  /** `valid` only when every check that applies has passed. */
  readonly outcome: PresentationOutcome;
  /** Every check, always all of them, in one fixed order. */
  readonly checks: readonly VcJwtCheck[];
  /** The credential's `issuer`. */
  readonly issuer?: string;
  /** The whole payload. */
  readonly credential?: JsonObject;
  /** RFC 7638 thumbprint of the holder's key, when the credential names one. */
  readonly holderThumbprint?: string;
  /** The status that was read. */
  readonly status?: ReadStatus;
}

type Findings = { -readonly [Name in keyof VcJwtVerdict]?: VcJwtVerdict[Name] };

/** Verifies a credential against a verifier's rules. It answers for every input and never throws. */
export async function verifyVcJwt(jwt: string, rules: VcJwtRules): Promise<VcJwtVerdict> {
  const checklist = createVcJwtChecklist();
  const found: Findings = {};
  let outcome: PresentationOutcome = 'valid';
  try {
    await verifyAll(jwt, rules, checklist, found);
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    outcome = outcomeOf(error.code);
  }
  return { ...found, outcome, checks: checklist.list() };
}

async function verifyAll(
  jwt: string,
  rules: VcJwtRules,
  checklist: VcJwtChecklist,
  found: Findings,
): Promise<void> {
  const { check } = checklist;
  const jws = split(jwt, checklist);
  const { payload } = jws;
  verifyHeader(jws.header, checklist);
  check('no_wrapper', ['vc', 'vp'].some((name) => name in payload) ? 'wrapper_present' : undefined);
  check('context', contextFault(payload['@context']));
  const types = typesOf(payload['type']);
  check('type', types === undefined ? 'type_malformed' : undefined);
  const accepted = rules.acceptedTypes;
  const isAccepted = accepted === undefined || types?.some((type) => accepted.has(type)) === true;
  check('type_accepted', isAccepted ? undefined : 'type_not_accepted');
  const issuer = identifierOf(payload['issuer']);
  check('issuer', issuer === undefined ? 'issuer_malformed' : undefined);
  const key = await verifyIssuer(
    jws,
    { issuer: issuer ?? '', types: types ?? [] },
    rules,
    checklist,
  );
  check('issuer_trusted', key.trusted ? undefined : 'issuer_not_trusted');
  found.issuer = issuer ?? '';

  check('identifier', idFault(payload['id']));
  check('subject', subjectFault(payload['credentialSubject']));
  check('claims_agree', disagreement(payload, issuer));
  verifyAudience(payload, rules.audience, checklist);
  found.credential = payload;
  verifyHolder(payload['cnf'], checklist, found);
  verifyValidity(payload, rules, checklist);
  await verifyStatus(payload, rules, checklist, (read) => {
    found.status = read;
  });
}

function split(jwt: string, { check }: VcJwtChecklist): CompactJws {
  try {
    const jws = splitCompactJws(jwt);
    check('jwt_form', undefined);
    return jws;
  } catch (error) {
    if (error instanceof StandardError) check('jwt_form', error.code);
    throw error;
  }
}

/** Makes the checks from `typ` to `header_members`. */
function verifyHeader(header: JsonObject, { check }: VcJwtChecklist): void {
  const { typ, cty, alg, x5c } = header;
  check('typ', typ === VC_JWT_TYPE ? undefined : typ === undefined ? 'typ_missing' : 'typ_wrong');
  check(
    'cty',
    cty === VC_CONTENT_TYPE ? undefined : cty === undefined ? 'cty_missing' : 'cty_wrong',
  );
  check(
    'alg',
    alg === 'ES256'
      ? undefined
      : alg === undefined
        ? 'alg_missing'
        : alg === 'none'
          ? 'alg_none'
          : 'alg_unsupported',
  );
  const fault = jwsHeaderFault(header);
  check('crit', fault === 'jws_crit_unsupported' ? fault : undefined);
  const malformed = x5c !== undefined && !isCertificateChain(x5c);
  check('header_members', fault ?? (malformed ? 'x5c_malformed' : undefined));
}

/** Makes the checks from `key_named` to `issuer_signature`. */
async function verifyIssuer(
  { header, payload, signingInput, signature }: CompactJws,
  { issuer, types }: Pick<VcJwtKeyHint, 'issuer' | 'types'>,
  rules: VcJwtRules,
  { check }: VcJwtChecklist,
): Promise<IssuerKey> {
  const { kid, x5c } = header;
  const keyUrl =
    typeof kid === 'string' && /^did:[^#\s]{1,1000}#[^#\s]{1,1000}$/.test(kid) ? kid : undefined;
  const chain = x5c as readonly string[] | undefined;
  const wellNamed = kid === undefined ? chain !== undefined : keyUrl !== undefined;
  check('key_named', wellNamed ? undefined : kid === undefined ? 'key_not_named' : 'kid_malformed');
  const ofIssuer = keyUrl === undefined || keyUrl.split('#')[0] === issuer;
  check('key_of_issuer', ofIssuer ? undefined : 'kid_not_of_issuer');
  const { iat } = payload;
  const issuedAt = isNumericDate(iat) ? new Date(iat * 1000) : undefined;
  let found: IssuerKey | undefined;
  let fault: string | undefined;
  try {
    found = await rules.findIssuerKey({ issuer, kid: keyUrl, x5c: chain, types, issuedAt });
    if (found === undefined) fault = 'issuer_key_unknown';
  } catch {
    fault = 'issuer_key_unavailable';
  }
  check('issuer_key', fault);
  if (found === undefined) throw new CheckFailed('issuer_key_unknown');
  check('issuer_certificate', chain === undefined ? undefined : certificateFault(chain, found));
  const signed = verifyEs256(signingInput, signature, found.key);
  check('issuer_signature', signed ? undefined : 'signature_invalid');
  return found;
}

function certificateFault(chain: readonly string[], { key }: IssuerKey): string | undefined {
  try {
    return isLeafKey(chain, key) ? undefined : 'certificate_key_mismatch';
  } catch {
    return 'x5c_malformed';
  }
}

function contextFault(context: unknown): string | undefined {
  if (!Array.isArray(context) || context.length === 0) return 'context_missing';
  if (context[0] !== VC_CONTEXT) return 'context_wrong';
  return context.every((one) => isUrl(one) || isJsonObject(one)) ? undefined : 'context_malformed';
}

/** The types, without `VerifiableCredential`; `undefined` when that is missing, or anything is no text. */
function typesOf(type: unknown): readonly string[] | undefined {
  const all: readonly unknown[] = Array.isArray(type) ? type : [type];
  if (!all.every((one): one is string => typeof one === 'string' && one !== '')) return undefined;
  if (!all.includes('VerifiableCredential')) return undefined;
  return all.filter((one) => one !== 'VerifiableCredential');
}

/** A URL, or the `id` of an object. */
function identifierOf(value: unknown): string | undefined {
  const id = isJsonObject(value) ? value['id'] : value;
  return isUrl(id) ? id : undefined;
}

const idFault = (id: unknown): string | undefined =>
  id === undefined || isUrl(id) ? undefined : 'id_malformed';

function subjectFault(subject: unknown): string | undefined {
  const all: readonly unknown[] = Array.isArray(subject) ? subject : [subject];
  if (subject === undefined || all.length === 0) return 'subject_missing';
  const wellFormed = all.every(
    (one) => isJsonObject(one) && Object.keys(one).length > 0 && idFault(one['id']) === undefined,
  );
  return wellFormed ? undefined : 'subject_malformed';
}

/** Claims of RFC 7519 and properties of the data model that say the same must say the same. */
function disagreement(
  { iss, jti, sub, id, credentialSubject }: JsonObject,
  issuer: string | undefined,
): string | undefined {
  if (iss !== undefined && iss !== issuer) return 'iss_differs';
  if (jti !== undefined && id !== undefined && jti !== id) return 'jti_differs';
  if (sub === undefined) return undefined;
  const subject = isJsonObject(credentialSubject) ? credentialSubject['id'] : undefined;
  return sub === subject ? undefined : 'sub_differs';
}

function verifyHolder(cnf: unknown, { check }: VcJwtChecklist, found: Findings): void {
  if (cnf === undefined) {
    check('holder_key', undefined);
    return;
  }
  const key = publicEcJwk.safeParse(isJsonObject(cnf) ? cnf['jwk'] : undefined);
  check('holder_key', key.success ? undefined : 'holder_key_malformed');
  if (key.success) found.holderThumbprint = jwkThumbprint(key.data);
}

/** Makes the checks from `issued_at` to `valid_until`. */
function verifyValidity(payload: JsonObject, rules: VcJwtRules, checklist: VcJwtChecklist): void {
  const { check } = checklist;
  const seconds = rules.now.getTime() / 1000;
  const skew = rules.clockSkewSeconds ?? 60;
  verifyTimes(payload, seconds, skew, checklist);
  const { validFrom, validUntil } = payload;
  const from = momentOf(validFrom);
  const until = momentOf(validUntil);
  check('valid_from', from === 'malformed' ? 'valid_from_malformed' : early(from, seconds + skew));
  if (until === 'malformed') check('valid_until', 'valid_until_malformed');
  const reversed = typeof from === 'number' && typeof until === 'number' && until < from;
  check('valid_until', reversed ? 'validity_reversed' : late(until, seconds - skew));
}

const early = (from: number | undefined, latest: number): string | undefined =>
  from !== undefined && from > latest ? 'not_yet_valid' : undefined;
const late = (until: number | 'malformed' | undefined, earliest: number): string | undefined =>
  typeof until === 'number' && until <= earliest ? 'expired' : undefined;

/** `dateTimeStamp` of XML Schema 1.1: with a time zone. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** In seconds since 1970; `undefined` when it is not given. */
function momentOf(value: unknown): number | 'malformed' | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !MOMENT.test(value)) return 'malformed';
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? 'malformed' : moment / 1000;
}

const isUrl = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= 2_048 &&
  /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(value);
