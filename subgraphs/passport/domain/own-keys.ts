/** An organisation's own keys, as its administrators see, rotate and turn them off. */
import { X509Certificate } from 'node:crypto';

import type { Actor } from './actor.ts';
import { requestHash } from './identifiers.ts';
import { keyEndsAt, keyState, type KeyState } from './key-state.ts';
import type { KeyUse, StoredKeyUse } from './ports/keys.ts';
import type { RepeatClaim, Repeats } from './ports/repeats.ts';
import { compromiseKey, rotateKey, type RotationParts } from './rotate-keys.ts';
import { type Refusal, refused, refusedAt } from './user-error.ts';

/** What looking after keys needs. */
export type OwnKeysParts = RotationParts & { readonly repeats: Repeats };

/** What an organisation's keys are for. The others are everybody's. */
export const OWN_USES = [
  'credential',
  'status-list',
  'request',
  'receipt',
] as const satisfies readonly KeyUse[];

/** What one of them is for. */
export type OwnUse = (typeof OWN_USES)[number];

/** A key as its organisation sees it. */
export interface OwnKey extends Omit<StoredKeyUse, 'use'> {
  readonly use: OwnUse;
  readonly state: KeyState;
  readonly certificateEndsAt: Date;
  /** When nothing that it signed counts any more. */
  readonly endsAt?: Date;
}

/** Most keys that are shown. */
const SHOWN = 200;

/** An organisation's keys, newest first. */
export async function findOwnKeys(
  odsCode: string,
  { issuerKeyStore, now }: Pick<OwnKeysParts, 'issuerKeyStore' | 'now'>,
): Promise<readonly OwnKey[]> {
  const at = now();
  const keys = await issuerKeyStore.list(at, odsCode);
  return keys
    .flatMap((key) => ownKey(key, keys, at) ?? [])
    .toReversed()
    .slice(0, SHOWN);
}

function ownKey(key: StoredKeyUse, all: readonly StoredKeyUse[], now: Date): OwnKey | undefined {
  const use = OWN_USES.find((one) => one === key.use);
  if (use === undefined) return undefined;
  const siblings = all.filter((other) => other.use === key.use);
  const endsAt = key.compromisedAt ?? keyEndsAt(key, siblings, now);
  return {
    ...key,
    use,
    state: keyState(key, siblings, now),
    certificateEndsAt: certificateEndsAt(key.certificate),
    ...(endsAt === undefined ? {} : { endsAt }),
  };
}

/**
 * When a certificate runs out.
 *
 * @param certificate base64 DER
 */
export const certificateEndsAt = (certificate: string): Date =>
  new Date(new X509Certificate(Buffer.from(certificate, 'base64')).validTo);

/** Publishes a new key for a use that the organisation signs for already. A repeated call gives the same key. */
export async function rotateOwnKey(
  {
    idempotencyKey,
    use,
    by,
  }: { readonly idempotencyKey: string; readonly use: OwnUse; readonly by: Actor },
  parts: OwnKeysParts,
): Promise<OwnKey | Refusal> {
  const claim = claimOf(idempotencyKey, ['issuer-key.rotate', by.odsCode, use], by, parts);
  const before = await findOwnKeys(by.odsCode, parts);
  // The first key is made when something has to be signed, and signs at once.
  if (!before.some((key) => key.use === use)) return refused('NOT_FOUND', 'use');
  const claimed = await parts.repeats.claim(claim);
  if (claimed.kind === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
  const repeated = claimed.kind === 'repeat' ? claimed.answer : undefined;
  const kid = repeated ?? (await rotateKey({ odsCode: by.odsCode, use }, parts, by)).kid;
  if (repeated === undefined) await parts.repeats.answer(claim, kid);
  return readOwnKey(kid, by, parts);
}

/**
 * Takes a key out of everything that is published, once somebody has read how many credentials depend on it. Nothing is
 * revoked: our record knows what it signed until now.
 */
export async function turnOffOwnKey(
  {
    idempotencyKey,
    kid,
    inForce,
    by,
  }: {
    readonly idempotencyKey: string;
    readonly kid: string;
    /** As they have read it. */
    readonly inForce: number;
    readonly by: Actor;
  },
  parts: OwnKeysParts,
): Promise<OwnKey | Refusal> {
  const key = (await findOwnKeys(by.odsCode, parts)).find((one) => one.kid === kid);
  if (key === undefined) return refused('NOT_FOUND', 'keyId');
  const claim = claimOf(
    idempotencyKey,
    ['issuer-key.turn-off', by.odsCode, kid, inForce],
    by,
    parts,
  );
  const claimed = await parts.repeats.claim(claim);
  if (claimed.kind === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
  // Done before, by this call or another.
  if (key.compromisedAt !== undefined) return key;
  if (key.inForce > inForce) return refusedAt(['inForce'], 'more_depend_on_it');
  const outcome = await compromiseKey({ kid, since: parts.now(), by }, parts);
  return typeof outcome === 'string' ? refused('NOT_FOUND', 'keyId') : readOwnKey(kid, by, parts);
}

const claimOf = (
  key: string,
  what: readonly unknown[],
  by: Actor,
  { now }: Pick<OwnKeysParts, 'now'>,
): RepeatClaim => ({ actor: by.subject, key, requestHash: requestHash(what), now: now() });

async function readOwnKey(kid: string, { odsCode }: Actor, parts: OwnKeysParts): Promise<OwnKey> {
  const found = (await findOwnKeys(odsCode, parts)).find((key) => key.kid === kid);
  if (found === undefined) throw new Error('a key is missing');
  return found;
}
