/**
 * Whether one credential is what was asked for, and what is missing of a whole answer. A verifier and a wallet ask the same.
 *
 * Source: OpenID4VP 1.0, sections 6.4 and 7.
 */
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import type { ClaimStep, DcqlClaim, DcqlCredential, DcqlQuery } from './dcql.ts';

/** A presentation whose proofs have been checked. */
export interface PresentedClaims {
  /** Its format. */
  readonly format: 'dc+sd-jwt';
  /** The credential's type. */
  readonly vct: string;
  /** The processed claims: those that were disclosed. */
  readonly claims: JsonObject;
  /** Key identifiers of the authorities that its certificates come from, base64url. */
  readonly authorityKeyIds: readonly string[];
}

/** Why an answer is not what was asked for. */
export type DcqlFaultCode =
  | 'claims_not_disclosed'
  | 'credential_authority_not_asked_for'
  | 'credential_not_asked_for'
  | 'credential_not_presented'
  | 'credential_presented_twice'
  | 'credential_set_not_satisfied'
  | 'credential_type_not_asked_for';

/** One thing that is wrong. */
export interface DcqlFault {
  /** Which credential of the query; missing when it is about the whole set. */
  readonly queryId?: string;
  /** What. */
  readonly code: DcqlFaultCode;
}

/**
 * Why a credential is none of those that are asked for.
 *
 * @returns `undefined` when it is one
 */
export function dcqlFaultOf(
  asked: DcqlCredential,
  one: Omit<PresentedClaims, 'format'>,
): DcqlFaultCode | undefined {
  if (!asked.meta.vct_values.includes(one.vct)) return 'credential_type_not_asked_for';
  const authorities = asked.trusted_authorities?.flatMap(({ values }) => values);
  if (authorities !== undefined && !one.authorityKeyIds.some((id) => authorities.includes(id))) {
    return 'credential_authority_not_asked_for';
  }
  return enoughClaims(asked, one.claims) === undefined ? 'claims_not_disclosed' : undefined;
}

/**
 * The claims that are enough, of those that are asked for: the first of the claim sets that is there as a whole, or all
 * claims (section 6.4.1).
 *
 * @returns `undefined` when the credential does not have enough
 */
export function enoughClaims(
  { claims = [], claim_sets: sets }: DcqlCredential,
  held: JsonObject,
): readonly DcqlClaim[] | undefined {
  const choices =
    sets === undefined
      ? [claims]
      : sets.map((set) => claims.filter(({ id }) => id !== undefined && set.includes(id)));
  return choices.find((choice) => choice.every((claim) => fits(claim, held)));
}

function fits({ path, values }: DcqlClaim, held: JsonObject): boolean {
  const found = select(held, path).filter((one) => one !== null && one !== undefined);
  return values === undefined
    ? found.some((one) => !Array.isArray(one) || one.length > 0)
    : found.some((one) => values.some((expected) => expected === one));
}

/**
 * Section 7.1. An element that was kept back is not there, so those after it have moved: a number stands for any
 * element, as `null` does.
 */
function select(value: unknown, [step, ...rest]: readonly ClaimStep[]): readonly unknown[] {
  if (step === undefined) return [value];
  if (typeof step !== 'string') {
    return Array.isArray(value) ? value.flatMap((element) => select(element, rest)) : [];
  }
  return isJsonObject(value) && Object.hasOwn(value, step) ? select(value[step], rest) : [];
}

/** What is missing of a whole answer: all credentials are needed, or one option of each required set (section 6.4.2). */
export function missingCredentials(
  { credentials, credential_sets: sets }: DcqlQuery,
  presented: ReadonlyMap<string, unknown>,
): readonly DcqlFault[] {
  if (sets === undefined) {
    return credentials
      .filter(({ id }) => !presented.has(id))
      .map(({ id }) => ({ queryId: id, code: 'credential_not_presented' }));
  }
  return sets
    .filter(
      ({ required = true, options }) =>
        required && !options.some((option) => option.every((id) => presented.has(id))),
    )
    .map(() => ({ code: 'credential_set_not_satisfied' }));
}
