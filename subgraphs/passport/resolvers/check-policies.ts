/** Policies for employment checks: read by whoever checks, changed by administrators. */
import type { Caller } from '../../../runtime/caller-statement.ts';
import { publicError } from '../../../runtime/graphql-error.ts';
import { activatePolicy, draftPolicy, importBlueprint } from '../domain/change-policy.ts';
import { idempotencyKey, staffId } from '../domain/identifiers.ts';
import { PageInvalid, pageOf, pageRequest } from '../domain/page.ts';
import { type CheckPolicy, defaultPolicy } from '../domain/policy.ts';
import { MOST_POLICIES } from '../domain/policy-blueprint.ts';
import { dryRunPolicy, MOST_LOOKED_AT } from '../domain/policy-dry-run.ts';
import { staffGroup } from '../domain/staff-groups.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import type { PassportParts } from '../context.ts';
import { actingFor, requirePurpose } from './caller-rules.ts';
import { policyShape, trainingShape } from './check-shapes.ts';
import type {
  CheckPolicyContentInput,
  CheckPolicyPayload,
  MutationResolvers,
  QueryResolvers,
} from './types.generated.ts';
import { userErrors } from './user-errors.ts';

/** The organisation whose policies the caller may read. Refuses everybody else. */
const readsPoliciesOf = (caller: Caller): string =>
  actingFor(caller, caller.scopes.has('policy:manage') ? 'policy:manage' : 'passport:verify')
    .odsCode;

async function ownPolicy(
  id: string,
  odsCode: string,
  { checkPolicies }: PassportParts,
): Promise<CheckPolicy | undefined> {
  const nobodyWrote = defaultPolicy(odsCode);
  if (id === nobodyWrote.id) return nobodyWrote;
  const found = await checkPolicies.find(id);
  return found?.odsCode === odsCode ? found : undefined;
}

/** Resolvers of `Query`. */
export const CheckPoliciesQuery: Pick<
  QueryResolvers,
  'checkPolicy' | 'checkPolicies' | 'checkPolicyDryRun' | 'checkPolicyBlueprint'
> = {
  async checkPolicy(_parent, { id }, { caller, parts }) {
    const policy = await ownPolicy(id, readsPoliciesOf(caller), parts);
    return policy === undefined ? null : policyShape(policy);
  },

  async checkPolicies(_parent, { first, after }, { caller, parts }) {
    const wanted = wantedPage(first, after);
    return pageOf(
      await parts.checkPolicies.list(readsPoliciesOf(caller), wanted),
      wanted,
      policyShape,
    );
  },

  async checkPolicyDryRun(_parent, { id, first, after }, { caller, disclose, parts, takeReads }) {
    const { odsCode } = actingFor(caller, 'policy:manage');
    requirePurpose(caller);
    // The most people that one call looks at: they count as if each had been asked for.
    if (!takeReads(MOST_LOOKED_AT)) throw publicError('INVALID_VALUE');
    const wanted = wantedPage(first, undefined).first;
    const policy = await ownPolicy(id, odsCode, parts);
    if (policy === undefined) return null;
    const page = await dryRunPolicy(
      policy,
      { first: wanted, after: personAfter(after), requestId: caller.requestId },
      parts,
    );
    for (const found of page.failing) disclose(found.staffId);
    return {
      policy: policyShape(policy),
      looked: page.looked,
      edges: page.failing.map((found) => ({
        cursor: cursorOf(found.staffId),
        node: {
          person: { id: found.staffId },
          checks: found.checks,
          training: found.training.map(trainingShape),
          missing: found.missing,
        },
      })),
      pageInfo: {
        hasNextPage: page.next !== undefined,
        endCursor: page.next === undefined ? null : cursorOf(page.next),
      },
    };
  },

  async checkPolicyBlueprint(_parent, { ids }, { caller, parts }) {
    const odsCode = readsPoliciesOf(caller);
    const policies =
      ids == null ? await inForce(odsCode, parts) : await chosen(ids, odsCode, parts);
    if (policies === undefined) return null;
    return {
      jwt: await parts.blueprints.sign(odsCode, policies),
      policies: policies.map(policyShape),
    };
  },
};

/** Every policy of the trust that is in force; the one that nobody wrote when there is none for everybody. */
async function inForce(
  odsCode: string,
  { checkPolicies }: PassportParts,
): Promise<readonly CheckPolicy[]> {
  const groups = [undefined, ...staffGroup.options];
  const found = await Promise.all(groups.map((group) => checkPolicies.inForce(odsCode, group)));
  const everybody = found[0] ?? defaultPolicy(odsCode);
  return [everybody, ...found.flatMap((one) => (one?.staffGroup === undefined ? [] : [one]))];
}

/** The trust's own of these ids; `undefined` when one is not, or two are for the same people. */
async function chosen(
  ids: readonly string[],
  odsCode: string,
  parts: PassportParts,
): Promise<readonly CheckPolicy[] | undefined> {
  if (ids.length === 0 || ids.length > MOST_POLICIES) throw publicError('INVALID_VALUE');
  const found = await Promise.all(ids.map((id) => ownPolicy(id, odsCode, parts)));
  const policies = found.flatMap((one) => one ?? []);
  const groups = new Set(policies.map((one) => one.staffGroup));
  return policies.length === ids.length && groups.size === ids.length ? policies : undefined;
}

/** Resolvers of `Mutation`. */
export const CheckPoliciesMutation: Pick<
  MutationResolvers,
  'checkPolicyDraft' | 'checkPolicyActivate' | 'checkPolicyImport'
> = {
  async checkPolicyDraft(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'policy:manage');
    if (!keyFits(input.idempotencyKey)) return payload(keyRefused);
    return payload(
      await draftPolicy(
        {
          idempotencyKey: input.idempotencyKey,
          staffGroup: input.staffGroup ?? undefined,
          content: statedContent(input.content),
          by,
        },
        parts,
      ),
    );
  },

  async checkPolicyActivate(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'policy:manage');
    if (!keyFits(input.idempotencyKey)) return payload(keyRefused);
    return payload(await activatePolicy({ ...input, by }, parts));
  },

  async checkPolicyImport(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'policy:manage');
    if (!keyFits(input.idempotencyKey)) return { policies: [], errors: userErrors(keyRefused) };
    const outcome = await importBlueprint({ ...input, by }, parts);
    if ('kind' in outcome) return { policies: [], errors: userErrors(outcome) };
    return { policies: outcome.map(policyShape), errors: [] };
  },
};

const keyFits = (key: string): boolean => idempotencyKey.safeParse(key).success;
const keyRefused = refused('INVALID_VALUE', 'idempotencyKey');

const payload = (outcome: CheckPolicy | Refusal): CheckPolicyPayload =>
  'kind' in outcome
    ? { policy: null, errors: userErrors(outcome) }
    : { policy: policyShape(outcome), errors: [] };

/** What is null in the input is not said. */
const statedContent = (content: CheckPolicyContentInput) => ({
  ...content,
  criminalRecord: {
    ...content.criminalRecord,
    workforce: content.criminalRecord.workforce ?? undefined,
  },
  training: content.training.map((one) => ({ ...one, level: one.level ?? undefined })),
});

function wantedPage(first: number, after: string | null | undefined) {
  try {
    return pageRequest(first, after);
  } catch (error) {
    throw error instanceof PageInvalid ? publicError('INVALID_VALUE') : error;
  }
}

/** The cursor of a person. Opaque to clients. */
const cursorOf = (id: string): string => Buffer.from(`v1:${id}`).toString('base64url');

function personAfter(cursor: string | null | undefined): string | undefined {
  if (cursor == null) return undefined;
  const [version, id] = Buffer.from(cursor, 'base64url').toString('latin1').split(':');
  if (version !== 'v1' || !staffId.safeParse(id).success) throw publicError('INVALID_VALUE');
  return id;
}
