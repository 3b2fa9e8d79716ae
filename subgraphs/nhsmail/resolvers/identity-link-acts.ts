/** Links that somebody says are wrong, or right. */
import { confirmLink, disputeLink } from '../domain/act-on-case.ts';
import { casePartsOf, casePayload, inputFault } from './case-payload.ts';
import { reviewerOf } from './case-reviewer.ts';
import type { MutationResolvers } from './types.generated.ts';

/** Acts on links. */
export const identityLinkMutations: Pick<
  MutationResolvers,
  'identityLinkConfirm' | 'identityLinkEnd' | 'identityLinkMove'
> = {
  identityLinkConfirm: async (_parent, { input }, context) => {
    const by = reviewerOf(context, 'match:review');
    const outcome =
      inputFault(input) ?? (await confirmLink({ ...input, by }, casePartsOf(context)));
    return casePayload(outcome, context);
  },

  identityLinkEnd: async (_parent, { input }, context) => {
    const by = reviewerOf(context, 'match:manage');
    const outcome =
      inputFault(input) ??
      (await disputeLink({ ...input, toStaffId: undefined, by }, casePartsOf(context)));
    return casePayload(outcome, context);
  },

  identityLinkMove: async (_parent, { input }, context) => {
    const by = reviewerOf(context, 'match:manage');
    const outcome =
      inputFault(input) ?? (await disputeLink({ ...input, by }, casePartsOf(context)));
    return casePayload(outcome, context);
  },
};
