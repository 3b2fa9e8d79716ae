/**
 * Whether what was presented is what was asked for.
 *
 * Source: OpenID4VP 1.0, sections 6.4, 7 and 8.6.
 */
import { DcqlPresentationResult, DcqlQuery as Dcql } from 'dcql';

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

/** Whether an answer is what was asked for. */
export interface DcqlMatch {
  /** It is. */
  readonly satisfied: boolean;
  /** What is wrong; empty when nothing is. */
  readonly faults: readonly DcqlFault[];
}

/**
 * Matches presentations against a query. Every presentation has to fit, and together they have to be enough. Wallets
 * are not relied on for `values` or `trusted_authorities` (section 6.4).
 *
 * @param query from `parseDcqlQuery`
 */
export function matchDcql(
  query: DcqlQuery,
  presented: ReadonlyMap<string, readonly PresentedClaims[]>,
): DcqlMatch {
  const faults = [...presented].flatMap(([queryId, presentations]) => {
    const asked = query.credentials.find(({ id }) => id === queryId);
    const codes =
      asked === undefined ? ['credential_not_asked_for' as const] : faultsOf(asked, presentations);
    return codes.map((code) => ({ queryId, code }));
  });
  const all = [...faults, ...missing(query, presented)];
  // The library has the last word on the whole; the faults say why.
  const satisfied = all.length === 0 && agrees(query, presented);
  return satisfied || all.length > 0
    ? { satisfied, faults: all }
    : { satisfied, faults: [{ code: 'credential_set_not_satisfied' }] };
}

function faultsOf(
  asked: DcqlCredential,
  presentations: readonly PresentedClaims[],
): readonly DcqlFaultCode[] {
  if (presentations.length === 0) return ['credential_not_presented'];
  if (presentations.length > 1 && asked.multiple !== true) return ['credential_presented_twice'];
  return presentations.flatMap((one) => faultOf(asked, one) ?? []);
}

function faultOf(asked: DcqlCredential, one: PresentedClaims): DcqlFaultCode | undefined {
  if (!asked.meta.vct_values.includes(one.vct)) return 'credential_type_not_asked_for';
  const authorities = asked.trusted_authorities?.flatMap(({ values }) => values);
  if (authorities !== undefined && !one.authorityKeyIds.some((id) => authorities.includes(id))) {
    return 'credential_authority_not_asked_for';
  }
  return discloses(asked, one.claims) ? undefined : 'claims_not_disclosed';
}

/** Section 6.4.1: one of the claim sets, or all claims. */
function discloses({ claims = [], claim_sets: sets }: DcqlCredential, held: JsonObject): boolean {
  const there = (claim: DcqlClaim): boolean => fits(claim, held);
  if (sets === undefined) return claims.every(there);
  return sets.some((set) =>
    claims.filter(({ id }) => id !== undefined && set.includes(id)).every(there),
  );
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

/** Section 6.4.2: all credentials, or one option of each required set. */
function missing(
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

/** The library's own types: they can be written to, which nothing here does. */
type Input = Parameters<typeof Dcql.parse>[0];
type Presented = Parameters<typeof DcqlPresentationResult.fromDcqlPresentation>[0];

function agrees(
  query: DcqlQuery,
  presented: ReadonlyMap<string, readonly PresentedClaims[]>,
): boolean {
  const shown: Record<string, unknown> = {};
  for (const [id, presentations] of presented) shown[id] = presentations.map(asLibrary);
  try {
    const dcqlQuery = Dcql.parse(query as unknown as Input);
    return DcqlPresentationResult.fromDcqlPresentation(shown as Presented, { dcqlQuery })
      .can_be_satisfied;
  } catch {
    // It throws at what it cannot read, which is then not what was asked for.
    return false;
  }
}

const asLibrary = ({ format, vct, claims, authorityKeyIds }: PresentedClaims): object => ({
  credential_format: format,
  vct,
  claims,
  cryptographic_holder_binding: true,
  ...(authorityKeyIds.length === 0 ? {} : { authority: { type: 'aki', values: authorityKeyIds } }),
});
