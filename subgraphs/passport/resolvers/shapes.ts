/** Domain values as the graph shows them. */
import type { StoredPresentation } from '../domain/ports/presentations.ts';
import type { VerificationResult as DomainResult } from '../domain/verification-result.ts';
import type { PassportParts } from '../context.ts';
import type { PresentationRequest, VerificationResult } from './types.generated.ts';

/** The outcome of a check. */
export const resultShape = (result: DomainResult): VerificationResult => ({
  outcome: result.outcome,
  checkedAt: result.checkedAt,
  statusAsOf: result.statusAsOf ?? null,
  issuer: result.issuerOds === undefined ? null : { odsCode: result.issuerOds },
  type: result.type ?? null,
  claims: result.claims ?? null,
  checks: result.checks.map(({ name, section, outcome, code }) => ({
    name,
    section,
    outcome,
    code: code ?? null,
  })),
});

/** A check in progress, or done. */
export function requestShape(
  request: StoredPresentation,
  { addresses, now }: Pick<PassportParts, 'addresses' | 'now'>,
): PresentationRequest {
  const open = request.expiresAt > now() ? 'WAITING' : 'EXPIRED';
  return {
    id: request.id,
    type: request.type,
    vct: addresses.vct(request.type),
    claims: request.claims,
    nonce: request.nonce,
    audience: addresses.verifier(request.odsCode),
    state: request.answeredAt === undefined ? open : 'ANSWERED',
    createdAt: request.createdAt,
    expiresAt: request.expiresAt,
    result: request.result === undefined ? null : resultShape(request.result),
  };
}
