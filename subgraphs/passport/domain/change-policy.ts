/** Writing and putting in force a trust's policies. A version is a draft first, and what it says never changes. */
import type { Actor } from './actor.ts';
import { newPolicyId, requestHash } from './identifiers.ts';
import type { CheckPolicies, NewPolicy } from './ports/check-policies.ts';
import type { Clock } from './ports/clock.ts';
import { type CheckPolicy, policyContent } from './policy.ts';
import type { BlueprintReader } from './policy-blueprint.ts';
import type { StaffGroup } from './staff-groups.ts';
import { type Refusal, refused, refusedAt } from './user-error.ts';

/** What changing policies needs. */
export interface PolicyParts {
  readonly checkPolicies: CheckPolicies;
  readonly blueprints: { readonly read: BlueprintReader };
  readonly now: Clock;
}

/** Makes a draft: the trust's next version for the group. */
export async function draftPolicy(
  asked: {
    readonly idempotencyKey: string;
    readonly staffGroup?: StaffGroup | undefined;
    readonly content: unknown;
    readonly by: Actor;
  },
  parts: PolicyParts,
): Promise<CheckPolicy | Refusal> {
  const content = policyContent.safeParse(asked.content);
  if (!content.success) {
    const path = content.error.issues[0]?.path.map(String) ?? [];
    return refusedAt(['content', ...path], content.error.issues[0]?.code ?? 'invalid');
  }
  const policy = { id: newPolicyId(), staffGroup: asked.staffGroup, content: content.data };
  const made = await add([policy], asked, parts);
  if ('kind' in made) return made;
  const [draft] = made;
  if (draft === undefined) throw new Error('a policy is missing');
  return draft;
}

/** Makes drafts of what another trust, or this one, exported. */
export async function importBlueprint(
  asked: {
    readonly idempotencyKey: string;
    /** Compact JWS. */
    readonly blueprint: string;
    readonly by: Actor;
  },
  parts: PolicyParts,
): Promise<readonly CheckPolicy[] | Refusal> {
  const read = await parts.blueprints.read(asked.blueprint);
  if (read.kind === 'refused') return refusedAt(['blueprint'], read.fault);
  const policies = read.policies.map(({ staffGroup, content }) => ({
    id: newPolicyId(),
    staffGroup,
    content,
    copiedFrom: read.odsCode,
  }));
  return add(policies, asked, parts);
}

async function add(
  policies: readonly NewPolicy[],
  { idempotencyKey, by }: { readonly idempotencyKey: string; readonly by: Actor },
  { checkPolicies, now }: PolicyParts,
): Promise<readonly CheckPolicy[] | Refusal> {
  const said = policies.map(({ staffGroup, content, copiedFrom }) => [
    staffGroup ?? null,
    content,
    copiedFrom ?? null,
  ]);
  const made = await checkPolicies.add(
    policies,
    by,
    { key: idempotencyKey, requestHash: requestHash(['check-policy', by.odsCode, said]) },
    now(),
  );
  return made === 'reused' ? refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey') : made;
}

/** Puts a draft in force. The version that it replaces is kept. */
export async function activatePolicy(
  {
    idempotencyKey,
    policyId,
    by,
  }: { readonly idempotencyKey: string; readonly policyId: string; readonly by: Actor },
  { checkPolicies, now }: PolicyParts,
): Promise<CheckPolicy | Refusal> {
  const activated = await checkPolicies.activate(
    policyId,
    by,
    {
      key: idempotencyKey,
      requestHash: requestHash(['check-policy-activate', by.odsCode, policyId]),
    },
    now(),
  );
  if (activated === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
  return activated ?? refused('NOT_FOUND', 'policyId');
}
