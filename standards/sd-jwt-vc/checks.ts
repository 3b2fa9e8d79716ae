/**
 * Everything a verifier must check in a presentation, one name for each rule, in one fixed order.
 *
 * Source: RFC 9901 (SD-JWT), sections 7.1 and 7.3; draft-ietf-oauth-sd-jwt-vc, section 2;
 * draft-ietf-oauth-status-list, section 8.3.
 */
import { type SdJwtFault } from '../sd-jwt/process-sd-jwt.ts';

/** The name of each check with the section that asks for it, in the order they are made. */
export const CHECKS = [
  ['presentation_size', 'RFC 9901, section 4'],
  ['presentation_form', 'RFC 9901, section 4'],
  ['issuer_jwt_form', 'RFC 7515, section 5.2'],
  ['typ', 'SD-JWT VC, section 2.2.1'],
  ['alg', 'RFC 9901, section 7.1, step 2a'],
  ['crit', 'RFC 7515, section 4.1.11'],
  ['header_members', 'RFC 8725, section 3.10'],
  ['x5c_form', 'RFC 7515, section 4.1.6'],
  ['vct', 'SD-JWT VC, section 2.2.2.1'],
  ['vct_accepted', 'OpenID4VP 1.0, section 8.6'],
  ['issuer_named', 'SD-JWT VC, section 2.2.2.3'],
  ['issuer_key', 'SD-JWT VC, section 2.5'],
  ['issuer_certificate', 'SD-JWT VC, section 2.5'],
  ['issuer_signature', 'RFC 9901, section 7.1, step 2b'],
  ['issuer_trusted', 'RFC 9901, section 7.1, step 2c'],
  ['sd_alg', 'RFC 9901, section 7.1, step 2d'],
  ['disclosure_form', 'RFC 9901, section 4.2'],
  ['disclosures_unique', 'RFC 9901, section 7.1, step 4'],
  ['digests_form', 'RFC 9901, section 4.2.4'],
  ['nesting', 'RFC 9901, section 4.2.6'],
  ['object_disclosures', 'RFC 9901, section 7.1, step 3c(ii)(2)'],
  ['disclosure_names', 'RFC 9901, section 7.1, step 3c(ii)(3)'],
  ['disclosure_names_free', 'RFC 9901, section 7.1, step 3c(ii)(4)'],
  ['array_disclosures', 'RFC 9901, section 7.1, step 3c(iii)(2)'],
  ['digests_unique', 'RFC 9901, section 7.1, step 4'],
  ['disclosures_referenced', 'RFC 9901, section 7.1, step 5'],
  ['protected_claims', 'SD-JWT VC, section 2.2.2.3'],
  ['aka_vcts', 'SD-JWT VC, section 2.2.2.2'],
  ['vct_integrity', 'SD-JWT VC, section 6'],
  ['query_match', 'OpenID4VP 1.0, section 8.6'],
  ['audience', 'RFC 9901, section 7.1, step 6'],
  ['kb_present', 'RFC 9901, section 7.3, step 2'],
  ['holder_key', 'RFC 9901, section 7.3, step 5a'],
  ['kb_form', 'RFC 9901, section 7.3, step 5d'],
  ['kb_typ', 'RFC 9901, section 7.3, step 5c'],
  ['kb_alg', 'RFC 9901, section 7.3, step 5b'],
  ['kb_header', 'RFC 7515, section 4.1.11'],
  ['kb_signature', 'RFC 9901, section 7.3, step 5d'],
  ['kb_issued_at', 'RFC 9901, section 7.3, step 5e'],
  ['kb_audience', 'RFC 9901, section 7.3, step 5f'],
  ['kb_nonce', 'RFC 9901, section 7.3, step 5f'],
  ['kb_sd_hash', 'RFC 9901, section 7.3, step 5g'],
  ['issued_at', 'RFC 7519, section 4.1.6'],
  ['not_before', 'RFC 9901, section 7.1, step 6'],
  ['expiry', 'RFC 9901, section 7.1, step 6'],
  ['status_form', 'Token Status List, section 6.2'],
  ['status_readable', 'Token Status List, section 8.3'],
  ['status_in_range', 'Token Status List, section 8.3'],
  ['status_known', 'Token Status List, section 7.1'],
  ['not_revoked', 'Token Status List, section 7.1'],
  ['not_suspended', 'Token Status List, section 7.1'],
] as const;

/** The name of one check. */
export type CheckName = (typeof CHECKS)[number][0];

/** One check and how it went. */
export interface Check {
  /** Which rule. */
  readonly name: CheckName;
  /** The document and section that ask for it. */
  readonly section: string;
  /**
   * `not-reached` when an earlier check failed, or when the rule does not apply: no key binding was
   * required, or the credential has no status.
   */
  readonly outcome: 'passed' | 'failed' | 'not-reached';
  /** Why it failed; absent otherwise. */
  readonly code?: string;
}

/** Stops a verification at the check that failed. */
export class CheckFailed extends Error {
  /** Always `CheckFailed`. */
  override readonly name = 'CheckFailed';
  /** The check's reason code. */
  readonly code: string;

  /**
   * Makes the error.
   *
   * @param code the check's reason code
   */
  constructor(code: string) {
    super(`check failed: ${code}`);
    this.code = code;
  }
}

/** Where some checks are noted, by whoever makes only those. */
export interface ChecksNamed<Name extends string> {
  /**
   * Notes that a check passed (`code` is `undefined`) or failed.
   *
   * @throws {CheckFailed} when it failed
   */
  readonly check: (name: Name, code: string | undefined) => void;
}

/** Collects how each check went. */
export interface Checklist extends ChecksNamed<CheckName> {
  /** Every check in its fixed order. */
  readonly list: () => readonly Check[];
}

// Shared between verdicts and frozen: fifty objects for each presentation would be waste.
const noneReached = CHECKS.map(([name, section]) =>
  Object.freeze<Check>({ name, section, outcome: 'not-reached' }),
);

/** By name: where a check stands in the order, and what is noted when it passes. */
const PLACES = Object.fromEntries(
  CHECKS.map(([name, section], place) => [
    name,
    { place, section, passed: Object.freeze<Check>({ name, section, outcome: 'passed' }) },
  ]),
) as Readonly<Record<CheckName, Place>>;

interface Place {
  readonly place: number;
  readonly section: string;
  readonly passed: Check;
}

/** Starts an empty checklist. */
export function createChecklist(): Checklist {
  const checks = [...noneReached];
  return {
    check(name, code) {
      const { place, section, passed } = PLACES[name];
      if (code === undefined) {
        checks[place] = passed;
        return;
      }
      checks[place] = { name, section, outcome: 'failed', code };
      throw new CheckFailed(code);
    },
    list: () => checks,
  };
}

/** The check that each fault of RFC 9901, section 7.1 belongs to, in the order they are made. */
export const DISCLOSURE_CHECKS: readonly (readonly [CheckName, SdJwtFault])[] = [
  ['sd_alg', 'sd_alg_unsupported'],
  ['disclosure_form', 'disclosure_malformed'],
  ['disclosures_unique', 'disclosure_repeated'],
  ['digests_form', 'digests_malformed'],
  ['nesting', 'sd_jwt_depth_exceeded'],
  ['object_disclosures', 'disclosure_object_length'],
  ['disclosure_names', 'disclosure_name_reserved'],
  ['disclosure_names_free', 'disclosure_name_exists'],
  ['array_disclosures', 'disclosure_array_length'],
  ['digests_unique', 'digest_repeated'],
  ['disclosures_referenced', 'disclosure_unreferenced'],
];
