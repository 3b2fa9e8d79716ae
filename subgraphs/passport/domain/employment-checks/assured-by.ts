/** Who answers for the outcome of a check, and by what standard. */
import type { CheckResult } from './employment-checks.ts';

/** Who answers for an outcome. */
export interface AssuredBy {
  /** The organisation; a regulator is none. */
  readonly odsCode?: string;
  readonly name?: string;
  readonly standard: string;
  readonly outcome?: string;
  readonly method?: string;
  readonly at?: Date;
}

/** What a reading of the register is made under. */
const REGISTER_STANDARD = 'NHS Employment Check Standards: professional registration';

/**
 * Who answers for a check: the person of the trust who made it, the regulator whose register was read, or the issuer of
 * the credential.
 *
 * @param odsCode the trust that checks
 * @returns `undefined` while nobody has assured anything
 */
export function assuredBy(
  { check, outcome, reasons, checkedLocally, register, evidence }: CheckResult,
  odsCode: string,
): AssuredBy | undefined {
  if (outcome === 'NOT_APPLICABLE') return undefined;
  const isLocal = reasons.some((one) => one === 'CHECKED_LOCALLY' || one === 'LOCAL_CHECK_FAILED');
  if (checkedLocally !== undefined && isLocal) {
    const { by, reason, at } = checkedLocally;
    return { odsCode, name: by.name, standard: reason, outcome, at };
  }
  if (check === 'PROFESSIONAL_REGISTRATION' && register !== undefined) {
    const { body, status, readAt } = register;
    return {
      name: body,
      standard: REGISTER_STANDARD,
      outcome: status,
      method: 'Record Verification',
      ...(readAt === undefined ? {} : { at: readAt }),
    };
  }
  const shown = evidence.find(({ provenance }) => provenance?.assurance_policy !== undefined);
  if (shown?.provenance?.assurance_policy === undefined) return undefined;
  const { provider, assurance_policy, assurance_outcome, verification_method, last_refresh } =
    shown.provenance;
  return {
    ...(shown.issuerOds === undefined ? {} : { odsCode: shown.issuerOds }),
    ...(provider === undefined ? {} : { name: provider }),
    standard: assurance_policy,
    ...(assurance_outcome === undefined ? {} : { outcome: assurance_outcome }),
    ...(verification_method === undefined ? {} : { method: verification_method }),
    ...(last_refresh === undefined ? {} : { at: new Date(last_refresh) }),
  };
}
