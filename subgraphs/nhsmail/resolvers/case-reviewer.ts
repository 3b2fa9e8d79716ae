/** Who may see and decide cases: people, each for one organisation, who say why. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { NhsmailContext } from '../context.ts';
import type { CaseActor } from '../domain/case-ports.ts';

/** Scopes of those who decide, and of those who give work to others and dispute links. */
export type CaseScope = 'match:review' | 'match:manage';

/**
 * The caller as somebody who may do this.
 *
 * @param scopes any of them is enough
 * @throws `FORBIDDEN`, `PURPOSE_REQUIRED`
 */
export function reviewerOf(
  { caller }: Pick<NhsmailContext, 'caller'>,
  ...scopes: readonly CaseScope[]
): CaseActor {
  const may = caller.kind === 'person' && scopes.some((scope) => caller.scopes.has(scope));
  if (!may || caller.odsCode === undefined) throw publicError('FORBIDDEN');
  if (caller.purpose === undefined) throw publicError('PURPOSE_REQUIRED');
  return { staffId: caller.subject, odsCode: caller.odsCode };
}
