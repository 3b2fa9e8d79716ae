/**
 * Everything a verifier must check in a credential in the form `vc+jwt`, one name for each rule, in one fixed order.
 *
 * Source: VC-JOSE-COSE, sections 3.1 and 4.1; Verifiable Credentials Data Model 2.0 (VCDM), section 4;
 * draft-ietf-oauth-status-list, section 8.3.
 */
import { CheckFailed, type ChecksNamed } from '../sd-jwt-vc/checks.ts';

/** The name of each check with the section that asks for it, in the order they are made. */
export const VC_JWT_CHECKS = [
  ['jwt_form', 'RFC 7515, section 5.2'],
  ['typ', 'VC-JOSE-COSE, section 3.1.1'],
  ['cty', 'VC-JOSE-COSE, section 3.1.1'],
  ['alg', 'RFC 8725, section 3.1'],
  ['crit', 'RFC 7515, section 4.1.11'],
  ['header_members', 'RFC 8725, section 3.10'],
  ['no_wrapper', 'VC-JOSE-COSE, section 3.1.3'],
  ['context', 'VCDM 2.0, section 4.3'],
  ['type', 'VCDM 2.0, section 4.5'],
  ['type_accepted', 'OpenID4VP 1.0, section 8.6'],
  ['issuer', 'VCDM 2.0, section 4.7'],
  ['key_named', 'VC-JOSE-COSE, section 4.1'],
  ['key_of_issuer', 'VC-JOSE-COSE, section 4.1.1'],
  ['issuer_key', 'VC-JOSE-COSE, section 4.1'],
  ['issuer_certificate', 'RFC 7515, section 4.1.6'],
  ['issuer_signature', 'RFC 7515, section 5.2'],
  ['issuer_trusted', 'VCDM 2.0, section 4.7'],
  ['identifier', 'VCDM 2.0, section 4.4'],
  ['subject', 'VCDM 2.0, section 4.8'],
  ['claims_agree', 'VC-JOSE-COSE, section 3.1.3'],
  ['audience', 'RFC 7519, section 4.1.3'],
  ['holder_key', 'RFC 7800, section 3.2'],
  ['issued_at', 'RFC 7519, section 4.1.6'],
  ['not_before', 'RFC 7519, section 4.1.5'],
  ['expiry', 'RFC 7519, section 4.1.4'],
  ['valid_from', 'VCDM 2.0, section 4.9'],
  ['valid_until', 'VCDM 2.0, section 4.9'],
  ['status_form', 'Token Status List, section 6.2'],
  ['status_readable', 'Token Status List, section 8.3'],
  ['status_in_range', 'Token Status List, section 8.3'],
  ['status_known', 'Token Status List, section 7.1'],
  ['not_revoked', 'Token Status List, section 7.1'],
  ['not_suspended', 'Token Status List, section 7.1'],
] as const;

/** The name of one check. */
export type VcJwtCheckName = (typeof VC_JWT_CHECKS)[number][0];

/** One check and how it went; `not-reached` when an earlier one failed, or when there is nothing to check. */
export interface VcJwtCheck {
  /** Which rule. */
  readonly name: VcJwtCheckName;
  /** The document and section that ask for it. */
  readonly section: string;
  /** How it went. */
  readonly outcome: 'passed' | 'failed' | 'not-reached';
  /** Why it failed; absent otherwise. */
  readonly code?: string;
}

/** Collects how each check went. */
export interface VcJwtChecklist extends ChecksNamed<VcJwtCheckName> {
  /** Every check in its fixed order. */
  readonly list: () => readonly VcJwtCheck[];
}

/** Starts an empty checklist. */
export function createVcJwtChecklist(): VcJwtChecklist {
  const done = new Map<VcJwtCheckName, string | undefined>();
  return {
    check(name, code) {
      done.set(name, code);
      if (code !== undefined) throw new CheckFailed(code);
    },
    list: () =>
      VC_JWT_CHECKS.map(([name, section]): VcJwtCheck => {
        if (!done.has(name)) return { name, section, outcome: 'not-reached' };
        const code = done.get(name);
        if (code === undefined) return { name, section, outcome: 'passed' };
        return { name, section, outcome: 'failed', code };
      }),
  };
}
