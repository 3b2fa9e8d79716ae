/** The rules of matching and what they would do, for the managers of one organisation. */
import type { RuleSetVersion } from '../domain/rule-set-store.ts';
import { reviewerOf } from './case-reviewer.ts';
import type { MatchingRuleSetState, QueryResolvers } from './types.generated.ts';

const VERSIONS_SHOWN = 50;
const NOTHING = { linked: 0, lost: 0, queued: 0 };

/** Queries about the rules. */
export const matchingRuleQueries: Pick<QueryResolvers, 'matchingRuleSets' | 'matchingSimulate'> = {
  matchingRuleSets: async (_parent, _args, context) => {
    reviewerOf(context, 'match:manage');
    return (await context.rules.list())
      .slice(-VERSIONS_SHOWN)
      .toReversed()
      .map((one) => ({
        version: one.version,
        name: one.name,
        state: stateOf(one),
        addedAt: one.addedAt,
      }));
  },

  matchingSimulate: async (_parent, { odsCode, ruleSet }, context) => {
    const by = reviewerOf(context, 'match:manage');
    const standing = odsCode === by.odsCode ? await context.rules.simulate(ruleSet) : undefined;
    if (standing === undefined) return null;
    const { state } = standing;
    return {
      ruleSet,
      organisation: { odsCode },
      state,
      startedAt: state === 'WAITING' ? null : standing.startedAt,
      recordsRead: state === 'WAITING' ? 0 : standing.recordsRead,
      counts: state === 'DONE' ? (standing.result.organisations[odsCode] ?? NOTHING) : null,
    };
  },
};

function stateOf({ lastAct, isActive }: RuleSetVersion): MatchingRuleSetState {
  if (isActive) return 'ACTIVE';
  if (lastAct === undefined) return 'ADDED';
  return lastAct.act === 'APPROVED' ? 'REPLACED' : lastAct.act;
}
