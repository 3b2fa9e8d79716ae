/** Replacing the keys of issuing trusts: on a schedule, or because somebody else may have one. */
import { type AuditActor, OPERATOR, PASSPORT_ITSELF } from './audit.ts';
import { PUBLISHED_BEFORE_SIGNING_MS, keyState, signingKey } from './key-state.ts';
import type { Clock } from './ports/clock.ts';
import {
  BEGINNING,
  type IssuerKeys,
  type IssuerKeyStore,
  type KeyMaker,
  type KeyUse,
  type NewKey,
  type RevocationCursor,
  type StoredKey,
} from './ports/keys.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';

/** What replacing keys needs. */
export interface RotationParts {
  readonly issuerKeyStore: IssuerKeyStore;
  readonly keys: KeyMaker & Pick<IssuerKeys, 'refresh'>;
  readonly publisher: Pick<StatusListPublisher, 'publish' | 'round'>;
  readonly now: Clock;
  /** Told of a key that could not be made. */
  readonly report: (error: unknown) => void;
}

/** A key that waits for its time. */
export interface Rotation {
  readonly odsCode: string;
  readonly use: KeyUse;
  readonly kid: string;
  readonly activatesAt: Date;
  /** Whether it was made now; false when one waited already. */
  readonly made: boolean;
}

/**
 * Publishes a new key that takes over once every cached document shows it. When one waits already, that one is the
 * answer.
 */
export async function rotateKey(
  owner: { readonly odsCode: string; readonly use: KeyUse },
  { issuerKeyStore, keys, now }: RotationParts,
  by: AuditActor = PASSPORT_ITSELF,
): Promise<Rotation> {
  const waiting = (known: readonly StoredKey[]): StoredKey | undefined =>
    known.find((key) => keyState(key, known, now()) === 'waiting');
  let stored = waiting(await issuerKeyStore.find(owner));
  let made: NewKey | undefined;
  if (stored === undefined) {
    made = await keys.make(owner, new Date(now().getTime() + PUBLISHED_BEFORE_SIGNING_MS));
    stored = await issuerKeyStore.add(made, waiting, by);
    if (stored.kid !== made.kid) await keys.discard(made);
    keys.refresh();
  }
  const { kid, activatesAt } = stored;
  return { ...owner, kid, activatesAt, made: kid === made?.kid };
}

/** A key signs this long before another takes over, in milliseconds: a year. */
const SIGNS_FOR_MS = 365 * 86_400_000;

/**
 * Rotates every key that has signed for a year, so that no certificate ends before what its key signed. One that cannot
 * be rotated now is left for the next round, and keeps no other waiting.
 */
export async function rotateAgeingKeys(parts: RotationParts): Promise<readonly Rotation[]> {
  const before = new Date(parts.now().getTime() - SIGNS_FOR_MS);
  const rotations: Rotation[] = [];
  for (const owner of await parts.issuerKeyStore.findAgeing(before)) {
    try {
      rotations.push(await rotateKey(owner, parts));
    } catch (error) {
      parts.report(error);
    }
  }
  return rotations;
}

/** Why a key was left alone. */
export type KeyRefusal = 'key_unknown' | 'key_is_the_anchor' | 'key_compromised' | 'key_needed';

/** Stops a key from signing; what it signed goes on counting. Refused while no other key signs in its place. */
export async function retireKey(
  kid: string,
  { issuerKeyStore, keys, now }: RotationParts,
  by: AuditActor = OPERATOR,
): Promise<KeyRefusal | 'retired'> {
  const key = await findLeafKey(kid, issuerKeyStore);
  if (typeof key === 'string') return key;
  if (key.compromisedAt !== undefined) return 'key_compromised';
  const retired = await issuerKeyStore.retire(
    key,
    (known) => signingKey(known, now())?.kid !== kid,
    now(),
    by,
  );
  keys.refresh();
  return retired ? 'retired' : 'key_needed';
}

/** What came of a compromise. */
export interface Compromise {
  readonly kid: string;
  /** From when on nothing that the key signed is believed. */
  readonly since: Date;
  /** Credentials revoked by this call. */
  readonly revoked: number;
  /** The key that signs now; `undefined` when none could be made yet. */
  readonly successor?: string;
}

/**
 * Takes a key out of every document at once, has a new one sign, and revokes what it signed since a time. The first
 * transaction holds all of it for up to five thousand credentials; more follow in pieces, and what is left when this
 * process dies is done by the next round of any other.
 */
export async function compromiseKey(
  {
    kid,
    since,
    by = OPERATOR,
  }: { readonly kid: string; readonly since: Date; readonly by?: AuditActor },
  parts: RotationParts,
): Promise<Compromise | KeyRefusal> {
  const { issuerKeyStore, keys, publisher, now, report } = parts;
  const key = await findLeafKey(kid, issuerKeyStore);
  if (typeof key === 'string') return key;
  const successor = await makeSuccessor(key, parts).catch((error: unknown) => {
    // Stopping the key must not wait for a keeper that is down: the trust's next signature makes a key.
    report(error);
    return undefined;
  });
  const first = await issuerKeyStore.compromise(key, {
    since,
    at: now(),
    by,
    successor,
    needed: (known) => signingKey(known, now()) === undefined,
  });
  if (successor !== undefined && !first.successorStored) await keys.discard(successor);
  keys.refresh();
  const rest = await revokeFrom(kid, first.next, parts);
  const lists = new Set([...first.listIds, ...rest.listIds]);
  for (const listId of lists) await publisher.publish(listId);
  if (key.use === 'status-list') await publisher.round();
  const signs = signingKey(await issuerKeyStore.find(key), now());
  return {
    kid,
    since: first.since,
    revoked: first.revoked + rest.revoked,
    ...(signs === undefined ? {} : { successor: signs.kid }),
  };
}

/** Goes on where a process that revoked a compromised key's credentials died. */
export async function settleCompromises(
  parts: Pick<RotationParts, 'issuerKeyStore' | 'now'>,
): Promise<number> {
  let revoked = 0;
  for (const kid of await parts.issuerKeyStore.findUnsettled()) {
    revoked += (await revokeFrom(kid, BEGINNING, parts)).revoked;
  }
  return revoked;
}

async function revokeFrom(
  kid: string,
  from: RevocationCursor | undefined,
  { issuerKeyStore, now }: Pick<RotationParts, 'issuerKeyStore' | 'now'>,
): Promise<{ readonly revoked: number; readonly listIds: readonly string[] }> {
  let revoked = 0;
  const listIds = new Set<string>();
  for (let next = from; next !== undefined;) {
    const piece = await issuerKeyStore.revokeSigned(kid, next, now());
    revoked += piece.revoked;
    for (const id of piece.listIds) listIds.add(id);
    ({ next } = piece);
  }
  return { revoked, listIds: [...listIds] };
}

async function findLeafKey(
  kid: string,
  store: Pick<IssuerKeyStore, 'findByKid'>,
): Promise<StoredKey | 'key_unknown' | 'key_is_the_anchor'> {
  const key = await store.findByKid(kid);
  if (key === undefined) return 'key_unknown';
  // Every certificate hangs on it: another anchor means another installation.
  return key.use === 'anchor' ? 'key_is_the_anchor' : key;
}

async function makeSuccessor(
  { odsCode, use }: StoredKey,
  { keys, now }: RotationParts,
): Promise<NewKey | undefined> {
  return use === 'anchor' ? undefined : keys.make({ odsCode, use }, now());
}
