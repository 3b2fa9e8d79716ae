/** Suspending, reinstating and revoking: true in the record first, then published. */
import type { Actor } from './actor.ts';
import type { CredentialRecord, StatusReason, StoredState } from './credential.ts';
import { newStopId, requestHash } from './identifiers.ts';
import { reviewDueAt } from './passport-stop.ts';
import type { Clock } from './ports/clock.ts';
import type { CredentialStore } from './ports/credentials.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';
import { type Refusal, refused } from './user-error.ts';

/** What an administrator asks for. */
export interface StatusRequest {
  readonly action: 'suspend' | 'reinstate' | 'revoke';
  readonly credentialId: string;
  readonly reason: StatusReason;
  readonly expectedVersion?: number | undefined;
  readonly idempotencyKey: string;
  readonly by: Actor;
}

/** What a status change needs. */
export interface StatusParts {
  readonly credentials: Pick<CredentialStore, 'changeStatus'>;
  readonly publisher: Pick<StatusListPublisher, 'publish'>;
  readonly now: Clock;
}

const TARGET = { suspend: 'SUSPENDED', reinstate: 'ACTIVE', revoke: 'REVOKED' } as const;

/** The changes that exist. What was revoked stays revoked. */
const ALLOWED: Readonly<Record<StoredState, readonly StoredState[]>> = {
  ISSUING: ['REVOKED'],
  ACTIVE: ['SUSPENDED', 'REVOKED'],
  SUSPENDED: ['ACTIVE', 'REVOKED'],
  REVOKED: [],
  FAILED: [],
};

/** Tells whether a credential may go from one state to another. */
export const mayChange = (from: StoredState, to: StoredState): boolean =>
  ALLOWED[from].includes(to);

/** Changes a status. A repeated call gives the same answer. Whoever stops one alone is reviewed by somebody else. */
export async function changeStatus(
  request: StatusRequest,
  { credentials, publisher, now }: StatusParts,
): Promise<CredentialRecord | Refusal> {
  const { action, credentialId, reason, expectedVersion, idempotencyKey, by } = request;
  const never = reason === 'RECORD_RESTORED' || reason === 'SUPERSEDED';
  if (never || (reason === 'REINSTATED') !== (action === 'reinstate')) {
    return refused('INVALID_VALUE', 'reason');
  }
  const at = now();
  const outcome = await credentials.changeStatus({
    credentialId,
    to: TARGET[action],
    reason,
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
    ...(action === 'revoke' ? { review: { stopId: newStopId(), dueAt: reviewDueAt(at) } } : {}),
    by,
    idempotencyKey,
    requestHash: requestHash([action, credentialId, reason, expectedVersion ?? null, by.odsCode]),
    now: at,
  });
  if (!('kind' in outcome)) await publisher.publish(outcome.listId);
  return outcome;
}
