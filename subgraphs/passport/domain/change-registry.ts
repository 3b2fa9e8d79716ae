/** Changing the register: one person asks, after seeing what it alters and whom it touches, and another approves. */
import type { Actor } from './actor.ts';
import { anchorHash } from './anchor-hash.ts';
import { newRegistryChangeId, requestHash } from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { Registry, RegistryEffect } from './ports/registry.ts';
import {
  checkingTaken,
  concerns,
  mayApprove,
  mayPropose,
  needsKeeper,
  readWanted,
  registryBasis,
  type RegistryChange,
  type RegistryLine,
  registryLines,
  typesTaken,
} from './registry.ts';
import { ukDay } from './uk-day.ts';
import { type Refusal, refused, refusedAt } from './user-error.ts';

/** What changing it needs. */
export interface RegistryParts {
  readonly registry: Registry;
  /** The organisation that keeps the register. */
  readonly registryKeeper: string;
  readonly keys: Pick<IssuerKeys, 'anchors' | 'signer'>;
  readonly now: Clock;
}

/** What a change would do. */
export interface RegistryDryRun {
  readonly lines: readonly RegistryLine[];
  readonly effect: RegistryEffect;
  readonly needsKeeper: boolean;
}

/** Whom a change touches. */
export const effectOf = (
  { odsCode, lines }: Pick<RegistryChange, 'odsCode' | 'lines'>,
  { registry, now }: Pick<RegistryParts, 'registry' | 'now'>,
): Promise<RegistryEffect> =>
  registry.effect(odsCode, { types: typesTaken(lines), checking: checkingTaken(lines) }, now());

/** Says what a change would do. */
export async function dryRunChange(
  given: unknown,
  by: Actor,
  parts: RegistryParts,
): Promise<RegistryDryRun | Refusal> {
  const compared = await compare(given, by, parts);
  if ('kind' in compared) return compared;
  const { lines } = compared;
  const effect = await effectOf({ odsCode: compared.wanted.odsCode, lines }, parts);
  return { lines, effect, needsKeeper: needsKeeper(lines) };
}

async function compare(given: unknown, by: Actor, parts: RegistryParts) {
  const { registry, registryKeeper, now } = parts;
  const wanted = readWanted(given, ukDay(now()));
  if ('kind' in wanted) return wanted;
  // Whose entry it is, is not secret: the register is there to be read.
  if (!mayPropose(by, wanted.odsCode, registryKeeper)) {
    return refusedAt(['wanted', 'odsCode'], 'other_organisation');
  }
  const current = await registry.find(wanted.odsCode, now());
  return { wanted, lines: registryLines(current, wanted), basis: registryBasis(current) };
}

/** Asks for a change. A repeated call gives the same one. */
export async function proposeChange(
  {
    idempotencyKey,
    wanted: given,
    reason: why,
    by,
  }: {
    readonly idempotencyKey: string;
    readonly wanted: unknown;
    readonly reason: string;
    readonly by: Actor;
  },
  parts: RegistryParts,
): Promise<RegistryChange | Refusal> {
  const reason = why.trim();
  if (reason === '' || reason.length > 300) return refused('INVALID_VALUE', 'reason');
  const compared = await compare(given, by, parts);
  if ('kind' in compared) return compared;
  const { wanted, lines, basis } = compared;
  const repeat = {
    key: idempotencyKey,
    requestHash: requestHash(['registry.propose', by.odsCode, wanted, reason]),
  };
  return parts.registry.propose(
    { id: newRegistryChangeId(), wanted, lines, basis, reason },
    by,
    repeat,
    parts.now(),
  );
}

/** What somebody decides about a change. */
export interface ChangeDecision {
  readonly idempotencyKey: string;
  readonly changeId: string;
  readonly by: Actor;
}

/** Puts a change that somebody else asked for into the register. */
export async function approveChange(
  { idempotencyKey, changeId, by }: ChangeDecision,
  { registry, registryKeeper, keys, now }: RegistryParts,
): Promise<RegistryChange | Refusal> {
  const change = await registry.findChange(changeId);
  if (change === undefined || !concerns(change, by, registryKeeper)) {
    return refused('NOT_FOUND', 'changeId');
  }
  const repeat = {
    key: idempotencyKey,
    requestHash: requestHash(['registry.approve', by.odsCode, changeId]),
  };
  // What has been decided is for the store to say: this may be a repeated call.
  if (change.state === 'WAITING' && !mayApprove(change, by, registryKeeper)) {
    return change.proposedBy === by.subject
      ? refusedAt(['changeId'], 'second_person_required')
      : refusedAt(['changeId'], 'keeper_required');
  }
  return registry.apply(changeId, by, await anchorHash(keys), repeat, now());
}

/** Turns a change down, or takes it back. */
export async function turnDownChange(
  { idempotencyKey, changeId, by }: ChangeDecision,
  { registry, registryKeeper, now }: RegistryParts,
): Promise<RegistryChange | Refusal> {
  const change = await registry.findChange(changeId);
  if (change === undefined || !concerns(change, by, registryKeeper)) {
    return refused('NOT_FOUND', 'changeId');
  }
  const repeat = {
    key: idempotencyKey,
    requestHash: requestHash(['registry.turn-down', by.odsCode, changeId]),
  };
  return registry.turnDown(changeId, by, repeat, now());
}
