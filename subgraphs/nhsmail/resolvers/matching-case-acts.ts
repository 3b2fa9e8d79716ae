/** What people do about cases. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { NhsmailContext } from '../context.ts';
import {
  approveCase,
  assignCase,
  type CaseOutcome,
  decideCase,
  handOverCase,
  type OnCase,
  undoCase,
} from '../domain/act-on-case.ts';
import { caseErrors, casePartsOf, casePayload, inputFault } from './case-payload.ts';
import { reviewerOf } from './case-reviewer.ts';
import type { MatchingDecision, MutationResolvers } from './types.generated.ts';

/** Most cases that are decided at once: a person has to be able to read what they confirm. */
const MOST_AT_ONCE = 40;
const MOST_PAIRS = 20;

/** Acts on cases. */
export const matchingCaseMutations: Pick<
  MutationResolvers,
  | 'matchingCaseAssign'
  | 'matchingCaseHandOver'
  | 'matchingCaseDecide'
  | 'matchingCasesDecide'
  | 'matchingCaseApprove'
  | 'matchingCaseUndo'
> = {
  matchingCaseAssign: async (_parent, { input }, context) => {
    const by = reviewerOf(context, 'match:review', 'match:manage');
    const assignTo = input.assignTo ?? undefined;
    // Giving work to somebody else is for managers.
    if (assignTo !== undefined && assignTo !== by.staffId) reviewerOf(context, 'match:manage');
    const outcome =
      inputFault(input) ?? (await assignCase({ ...input, assignTo, by }, casePartsOf(context)));
    return casePayload(outcome, context);
  },

  matchingCaseHandOver: async (_parent, { input }, context) => {
    const by = reviewerOf(context, 'match:review', 'match:manage');
    const toOdsCode = input.toOdsCode ?? undefined;
    const outcome =
      inputFault(input) ?? (await handOverCase({ ...input, toOdsCode, by }, casePartsOf(context)));
    return casePayload(outcome, context);
  },

  matchingCaseDecide: async (_parent, { input }, context) => {
    const by = reviewerOf(context, 'match:review');
    const { pairs, toOdsCode, ...decided } = input;
    const outcome =
      inputFault(input) ??
      (pairs != null && (pairs.length === 0 || pairs.length > MOST_PAIRS)
        ? ({ kind: 'refused', code: 'INVALID_VALUE', field: 'pairs' } as const)
        : await decide({ ...decided, pairs: pairs ?? undefined, toOdsCode, by }, context));
    return casePayload(outcome, context);
  },

  matchingCasesDecide: async (_parent, { input }, context) => {
    const by = reviewerOf(context, 'match:review');
    const { cases, idempotencyKey, decision, reason } = input;
    const ids = new Set(cases.map(({ caseId }) => caseId));
    const fault =
      inputFault(input) ??
      (ids.size === 0 || cases.length > MOST_AT_ONCE || ids.size < cases.length
        ? ({ kind: 'refused', code: 'INVALID_VALUE', field: 'cases' } as const)
        : undefined);
    if (fault !== undefined) return { results: [], errors: caseErrors(fault) };
    const results = [];
    for (const one of cases) {
      // Each on its own: what was cut off goes on under the same key.
      const key = `${idempotencyKey}#${one.caseId}`;
      const outcome = await decide({ ...one, idempotencyKey: key, decision, reason, by }, context);
      results.push({ caseId: one.caseId, ...casePayload(outcome, context) });
    }
    return { results, errors: [] };
  },

  matchingCaseApprove: async (_parent, { input }, context) => {
    const by = reviewerOf(context, 'match:review');
    const outcome =
      inputFault(input) ?? (await approveCase({ ...input, by }, casePartsOf(context)));
    return casePayload(outcome, context);
  },

  matchingCaseUndo: async (_parent, { input }, context) => {
    const by = reviewerOf(context, 'match:review');
    const outcome = inputFault(input) ?? (await undoCase({ ...input, by }, casePartsOf(context)));
    return casePayload(outcome, context);
  },
};

function decide(
  {
    decision,
    toOdsCode,
    pairs,
    ...request
  }: OnCase & {
    readonly decision: MatchingDecision;
    readonly reason: string;
    readonly pairs?: Parameters<typeof decideCase>[0]['pairs'];
    readonly toOdsCode?: string | null | undefined;
  },
  context: NhsmailContext,
): Promise<CaseOutcome> {
  const parts = casePartsOf(context);
  switch (decision) {
    case 'SAME_PERSON':
    case 'DIFFERENT_PEOPLE':
      return decideCase({ ...request, decision, pairs }, parts);
    case 'NOT_SURE':
      return handOverCase({ ...request, toOdsCode: toOdsCode ?? undefined }, parts);
    case 'UNDO':
      throw publicError('INVALID_VALUE', { argument: 'decision' });
  }
}
