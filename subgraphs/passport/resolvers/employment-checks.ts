/** Employment checks: what they say of a person, and what people of a trust note about them. */
import { publicError } from '../../../runtime/graphql-error.ts';
import {
  decideCheck,
  type DecisionAsked,
  withdrawDecision,
} from '../domain/employment-checks/decide-check.ts';
import { checkPerson } from '../domain/employment-checks/check-person.ts';
import { idempotencyKey } from '../domain/identifiers.ts';
import { type Refusal, refused, refusedAt } from '../domain/user-error.ts';
import type { PassportContext } from '../context.ts';
import { actingFor, requirePurpose } from './caller-rules.ts';
import { checksShape, decisionShape } from './check-shapes.ts';
import type {
  EmploymentChecksBy,
  EmploymentCheckDecisionPayload,
  MutationResolvers,
  QueryResolvers,
} from './types.generated.ts';
import { userErrors } from './user-errors.ts';

/** Resolvers of `Query`. */
export const EmploymentChecksQuery: Pick<QueryResolvers, 'employmentChecks'> = {
  async employmentChecks(_parent, { by, staffGroup, policyId }, context) {
    const { caller, disclose, parts, takeReads } = context;
    const { odsCode } = actingFor(caller, 'passport:verify');
    requirePurpose(caller);
    if (!takeReads(1)) throw publicError('INVALID_VALUE');
    const answered = await checkPerson(
      {
        by: whose(by),
        odsCode,
        staffGroup: staffGroup ?? undefined,
        policyId: policyId ?? undefined,
        requestId: caller.requestId,
      },
      parts,
    );
    if (answered === undefined) return null;
    if (answered.staffId !== undefined) disclose(answered.staffId);
    return checksShape(answered);
  },
};

/** The one that is given: the schema lets no other input through. */
const whose = ({ staffId, presentationId }: EmploymentChecksBy) =>
  staffId == null ? { presentationId } : { staffId };

/** Resolvers of `Mutation`. */
export const EmploymentChecksMutation: Pick<
  MutationResolvers,
  'employmentCheckRecord' | 'employmentCheckBypass' | 'employmentCheckWithdraw'
> = {
  employmentCheckRecord: (_parent, { input }, context) => {
    const { idempotencyKey: key, staffId, check, outcome, standard, endsOn } = input;
    if (outcome != null && outcome !== 'PASS' && outcome !== 'FAIL') {
      return notDecided(refusedAt(['outcome'], 'pass_or_fail'));
    }
    return decided(
      {
        idempotencyKey: key,
        staffId,
        check,
        ...(outcome == null ? { kind: 'ORIGINALS_SEEN' } : { kind: 'CHECKED', outcome }),
        reason: standard,
        endsOn: endsOn ?? undefined,
      },
      'standard',
      context,
    );
  },

  employmentCheckBypass: (_parent, { input }, context) => {
    const { idempotencyKey: key, staffId, check, reason, endsOn } = input;
    return decided(
      {
        idempotencyKey: key,
        staffId,
        check,
        kind: 'BYPASSED',
        reason,
        endsOn: endsOn ?? undefined,
      },
      'reason',
      context,
    );
  },

  async employmentCheckWithdraw(_parent, { input }, { caller, disclose, parts }) {
    const by = actingFor(caller, 'passport:verify');
    if (caller.kind !== 'person') throw publicError('FORBIDDEN');
    requirePurpose(caller);
    if (!idempotencyKey.safeParse(input.idempotencyKey).success) return { errors: keyRefused };
    const outcome = await withdrawDecision({ ...input, by }, parts);
    if ('kind' in outcome) return { errors: userErrors(outcome) };
    disclose(outcome.staffId);
    return { errors: [] };
  },
};

const keyRefused = userErrors(refused('INVALID_VALUE', 'idempotencyKey'));

const notDecided = (refusal: Refusal): EmploymentCheckDecisionPayload => ({
  decision: null,
  errors: userErrors(refusal),
});

async function decided(
  asked: Omit<DecisionAsked, 'by'>,
  reasonField: string,
  { caller, disclose, parts }: PassportContext,
): Promise<EmploymentCheckDecisionPayload> {
  const by = actingFor(caller, 'passport:verify');
  // A decision has a name. A system has none.
  if (caller.kind !== 'person') throw publicError('FORBIDDEN');
  requirePurpose(caller);
  if (!idempotencyKey.safeParse(asked.idempotencyKey).success) {
    return { decision: null, errors: keyRefused };
  }
  const outcome = await decideCheck({ ...asked, by }, parts);
  if (outcome.kind === 'refused') {
    const path = outcome.path?.[0] === 'reason' ? { path: [reasonField] } : {};
    return notDecided({ ...outcome, ...path });
  }
  disclose(asked.staffId);
  return { decision: decisionShape(outcome), errors: [] };
}
