/**
 * Checking a wallet's whole answer: each credential, then what they are together.
 *
 * Source: OpenID4VP 1.0, section 8.6.
 */
import { matchDcql } from '../../../standards/openid4vp/match-dcql.ts';
import { type CheckedCredential, type CheckingParts, checkCredential } from './check-credential.ts';
import type { StoredPresentation } from './presentation-request.ts';
import type {
  DisclosedClaims,
  StoredCheck,
  StoredResult,
  VerificationOutcome,
} from './verification-result.ts';

/** An answer whose form has been checked. */
export interface PresentedAnswer {
  /** Presentations by the name of what they are presented for. */
  readonly vpToken: ReadonlyMap<string, readonly string[]>;
  /** Whom the holder was to prove it to; it depends on the way that the answer came. */
  readonly audience: string;
}

/** What came of an answer. */
export interface CheckedAnswer {
  readonly result: StoredResult;
  readonly claims: DisclosedClaims;
}

/** Checks an answer. */
export async function checkAnswer(
  request: Pick<StoredPresentation, 'query' | 'nonce' | 'staffId'>,
  { vpToken, audience }: PresentedAnswer,
  parts: CheckingParts,
): Promise<CheckedAnswer> {
  const { nonce, query } = request;
  const toCheck = query.credentials.flatMap((asked) =>
    (vpToken.get(asked.id) ?? []).map((presentation) => ({ presentation, asked, audience, nonce })),
  );
  const checked = await Promise.all(toCheck.map((one) => checkCredential(one, parts)));
  const { staffId, checks } = checkTogether(request, checked);
  const failed = checks.some(({ outcome }) => outcome === 'FAILED');
  return {
    result: {
      outcome: failed ? 'INVALID' : worst(checked.map(({ credential }) => credential.outcome)),
      checkedAt: parts.now().toISOString(),
      ...(staffId === undefined ? {} : { staffId }),
      credentials: checked.map(({ credential }) => credential),
      checks: [...checks],
    },
    claims: new Map(
      checked.flatMap(({ credential, shown }) =>
        shown === undefined ? [] : [[credential.queryId, shown] as const],
      ),
    ),
  };
}

/** From the worst to the best. */
const OUTCOMES = ['INVALID', 'REVOKED', 'EXPIRED', 'SUSPENDED', 'CANNOT_CHECK', 'VALID'] as const;

/** The worst of several outcomes; nothing at all is no valid answer. */
const worst = (outcomes: readonly VerificationOutcome[]): VerificationOutcome =>
  OUTCOMES.find((outcome) => outcomes.includes(outcome)) ?? 'INVALID';

/** The set is enough, and all of it is one person's: the one who was asked, when somebody was. */
function checkTogether(
  { query, staffId: expected }: Pick<StoredPresentation, 'query' | 'staffId'>,
  checked: readonly CheckedCredential[],
): { readonly staffId?: string; readonly checks: readonly StoredCheck[] } {
  const people = [...new Set(checked.map(({ credential }) => credential.staffId))];
  const [staffId] = people.length === 1 ? people : [];
  const presented = Map.groupBy(
    checked.flatMap((one) => (one.presented === undefined ? [] : [{ ...one, of: one.presented }])),
    ({ credential }) => credential.queryId,
  );
  const [fault] = matchDcql(
    query,
    new Map([...presented].map(([id, ones]) => [id, ones.map(({ of }) => of)])),
  ).faults;
  const codes = [
    ['query_answered', 'OpenID4VP 1.0, section 8.6', fault?.code],
    ['one_holder', 'Issuer’s record', staffId === undefined ? 'holders_differ' : undefined],
    [
      'holder_asked',
      'Issuer’s record',
      expected !== undefined && staffId !== expected ? 'holder_not_asked' : undefined,
    ],
  ] as const;
  // What is not proved of one credential cannot be compared with the others.
  let reached =
    checked.length > 0 && checked.every(({ credential }) => credential.outcome !== 'INVALID');
  const checks = codes.map(([name, section, code]): StoredCheck => {
    if (!reached) return { name, section, outcome: 'NOT_REACHED' };
    if (code === undefined) return { name, section, outcome: 'PASSED' };
    reached = false;
    return { name, section, outcome: 'FAILED', code };
  });
  return { ...(staffId === undefined ? {} : { staffId }), checks };
}
