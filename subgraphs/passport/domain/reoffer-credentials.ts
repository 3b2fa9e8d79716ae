/**
 * A holder moves to another wallet or device. Credentials are bound to keys that never leave a device, so they are not
 * copied: they are offered and issued once more.
 */
import { requestHash } from './identifiers.ts';
import type { Actor } from './actor.ts';
import type { CredentialRecord, CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { offerCredentials, type Offered, type OfferingParts } from './offer-credentials.ts';
import type { CredentialStore } from './ports/credentials.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';
import { type Refusal, refused } from './user-error.ts';

/** The holder, who acts for themselves. */
export interface HolderWish {
  readonly idempotencyKey: string;
  readonly by: Omit<Actor, 'odsCode'>;
}

/** What can be had once more, and what only its issuer can give. */
export interface Reoffered {
  readonly kind: 'reoffered';
  readonly offers: readonly Offered[];
  readonly notOffered: readonly { readonly type: CredentialType; readonly odsCode: string }[];
}

/** What offering once more needs. */
export interface ReofferParts extends OfferingParts {
  readonly credentials: Pick<CredentialStore, 'list'>;
}

/** Most credentials looked at, the newest first: several wallets with a batch of each kind. */
const LOOKED_AT = 500;
/** Most offers named when earlier credentials are stopped. */
const MAX_OFFERS = 20;

/**
 * Offers what the holder has: an offer for each issuer and each sort of employment, since one offer has one record behind
 * it. A repeated call gives the same offers.
 */
export async function reofferCredentials(
  { idempotencyKey, by }: HolderWish,
  parts: ReofferParts,
): Promise<Reoffered | Refusal> {
  const held = await standing(by.subject, parts);
  const groups = new Map<string, { odsCode: string; types: Set<CredentialType> }>();
  const notOffered = new Map<string, { type: CredentialType; odsCode: string }>();
  for (const { type, odsCode } of held) {
    const { matter, employment } = CREDENTIAL_TYPES[type];
    if (matter.from === 'attested') notOffered.set(`${odsCode} ${type}`, { type, odsCode });
    else {
      const key = `${odsCode} ${employment ?? 'live'}`;
      const group = groups.get(key) ?? { odsCode, types: new Set() };
      groups.set(key, { ...group, types: group.types.add(type) });
    }
  }
  if (held.length === 0) return refused('NOT_ELIGIBLE', 'idempotencyKey');
  const offers: Offered[] = [];
  for (const [name, { odsCode, types }] of groups) {
    const outcome = await offerCredentials(
      {
        idempotencyKey: `${idempotencyKey} ${name}`,
        staffId: by.subject,
        types: [...types].sort(),
        attestations: [],
        deferred: false,
        by: { ...by, odsCode },
      },
      parts,
    );
    if (outcome.kind === 'offered') offers.push(outcome);
    else if (outcome.code === 'NOT_ELIGIBLE' || outcome.code === 'NOT_FOUND') {
      // The record does not say it any more: somebody has to look.
      for (const type of types) notOffered.set(`${odsCode} ${type}`, { type, odsCode });
    } else return outcome;
  }
  return { kind: 'reoffered', offers, notOffered: [...notOffered.values()] };
}

/**
 * Stops what newer credentials have taken the place of: of the same kind and issuer, and not from the offers named. Somebody
 * else's offers, and those from which nothing came, stop nothing.
 *
 * @returns how many were stopped
 */
export async function endEarlier(
  { by, offerIds }: HolderWish & { readonly offerIds: readonly string[] },
  parts: {
    readonly credentials: Pick<CredentialStore, 'list' | 'changeStatus'>;
    readonly publisher: Pick<StatusListPublisher, 'publish'>;
    readonly now: () => Date;
  },
): Promise<number | Refusal> {
  if (offerIds.length < 1 || offerIds.length > MAX_OFFERS)
    return refused('INVALID_VALUE', 'offerIds');
  const held = await standing(by.subject, parts);
  const kindOf = ({ odsCode, type }: CredentialRecord): string => `${odsCode} ${type}`;
  const newer = held.filter(({ offerId }) => offerIds.includes(offerId));
  const replaced = new Set(newer.map(kindOf));
  const lists = new Set<string>();
  let ended = 0;
  for (const one of held) {
    if (offerIds.includes(one.offerId) || !replaced.has(kindOf(one))) continue;
    const outcome = await parts.credentials.changeStatus({
      credentialId: one.id,
      to: 'REVOKED',
      reason: 'SUPERSEDED',
      by: { ...by, odsCode: one.odsCode },
      idempotencyKey: `moved:${one.id}`,
      requestHash: requestHash(['moved', one.id]),
      now: parts.now(),
    });
    if ('kind' in outcome) continue;
    ended += 1;
    lists.add(outcome.listId);
  }
  for (const listId of lists) await parts.publisher.publish(listId);
  return ended;
}

/** What the holder could show now: nothing that was paused or stopped, which moving must be no way around. */
async function standing(
  staffId: string,
  {
    credentials,
    now,
  }: { readonly credentials: Pick<CredentialStore, 'list'>; readonly now: () => Date },
): Promise<readonly CredentialRecord[]> {
  const all = await credentials.list({ staffId }, { first: LOOKED_AT });
  const paused = new Set(
    all
      .filter(({ state }) => state === 'SUSPENDED')
      .map(({ odsCode, type }) => `${odsCode} ${type}`),
  );
  return all.filter(
    ({ state, expiresAt, odsCode, type }) =>
      state === 'ACTIVE' && expiresAt > now() && !paused.has(`${odsCode} ${type}`),
  );
}
