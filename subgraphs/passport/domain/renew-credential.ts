/**
 * A wallet comes back for a credential: it gets a new one when the record says something else by now, or the old one is
 * about to end, and then the old one counts no more.
 *
 * Source: OpenID4VCI 1.0, section 14.5.
 */
import type { AuditActor } from './audit.ts';
import { requestHash } from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import type { CredentialStore, EarlierIssue } from './ports/credentials.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';
import { type Refusal, refused } from './user-error.ts';

/** A credential that has less time left than this is renewed though nothing has changed, in milliseconds: 14 days. */
const NEAR_END_MS = 14 * 24 * 3_600_000;
/** Most credentials superseded in one round. */
const AT_ONCE = 100;
/** How far back renewals are looked at that a crash may have left half done, in milliseconds: 30 days. */
const LOOKED_AT_MS = 30 * 24 * 3_600_000;

/**
 * Why a credential is not renewed; `undefined` when it is. One that its issuer suspended or revoked is not: renewing is no
 * way around that.
 *
 * @param claimsHash of what the record says now
 */
export async function refuseRenewal(
  earlier: EarlierIssue,
  claimsHash: string,
  {
    credentials,
    now,
  }: { readonly credentials: Pick<CredentialStore, 'listIssue'>; readonly now: Clock },
): Promise<Refusal | undefined> {
  const issued = (await credentials.listIssue(earlier)).filter(
    ({ reason }) => reason !== 'SUPERSEDED',
  );
  const [latest] = issued;
  if (issued.some(({ state }) => state === 'SUSPENDED' || state === 'REVOKED')) {
    return refused('NOT_ELIGIBLE', 'offerId');
  }
  if (latest === undefined) return refused('NOT_ELIGIBLE', 'renewal');
  const ending = latest.expiresAt.getTime() - now().getTime() <= NEAR_END_MS;
  return latest.claimsHash === claimsHash && !ending ? refused('UNCHANGED', 'renewal') : undefined;
}

/** Revokes credentials in whose place newer ones have come. What a crash leaves is for the next round. */
export async function supersede(
  by: AuditActor,
  parts: {
    readonly credentials: Pick<CredentialStore, 'findSuperseded' | 'changeStatus'>;
    readonly publisher: Pick<StatusListPublisher, 'publish'>;
    readonly now: Clock;
  },
  offerId?: string,
): Promise<number> {
  const lists = new Set<string>();
  const old = await parts.credentials.findSuperseded(
    new Date(parts.now().getTime() - LOOKED_AT_MS),
    AT_ONCE,
    offerId,
  );
  for (const { id, odsCode } of old) {
    const outcome = await parts.credentials.changeStatus({
      credentialId: id,
      to: 'REVOKED',
      reason: 'SUPERSEDED',
      by: { subject: by.subject, name: by.subject, odsCode, requestId: by.requestId ?? '' },
      idempotencyKey: `supersede:${id}`,
      requestHash: requestHash(['supersede', id]),
      now: parts.now(),
    });
    if (!('kind' in outcome)) lists.add(outcome.listId);
  }
  for (const listId of lists) await parts.publisher.publish(listId);
  return old.length;
}
