/**
 * Whether what was presented is what was asked for.
 *
 * Source: OpenID4VP 1.0, sections 6.4, 7 and 8.6.
 */
import { DcqlPresentationResult, DcqlQuery as Dcql } from 'dcql';

import type { DcqlCredential, DcqlQuery } from './dcql.ts';
import {
  dcqlFaultOf,
  type DcqlFault,
  type DcqlFaultCode,
  missingCredentials,
  type PresentedClaims,
} from './fit-dcql.ts';

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
  const all = [...faults, ...missingCredentials(query, presented)];
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
  return presentations.flatMap((one) => dcqlFaultOf(asked, one) ?? []);
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
