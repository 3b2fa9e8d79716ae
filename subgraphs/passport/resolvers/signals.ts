/** What a trust is told about its people, where it is pushed, and what waits for two approvals. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { PassportContext } from '../context.ts';
import { idempotencyKey } from '../domain/identifiers.ts';
import { pageOf } from '../domain/page.ts';
import {
  changeSecret,
  endReceiver,
  registerReceiver,
  replaySignals,
  type ShownReceiver,
  testReceiver,
  type ToldChange,
  type WithSecret,
} from '../domain/signal-receivers.ts';
import type { StaffEventHold as DomainHold } from '../domain/staff-events.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { actingFor, requirePurpose } from './caller-rules.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  SignalReachOf,
  SignalReceiver,
  SignalResolvers,
  StaffEventHold,
} from './types.generated.ts';
import { userErrors } from './user-errors.ts';
import { wantedPage } from './wanted-page.ts';

/** How long a hold is shown after it was released, in milliseconds: a day. */
const SHOWN_MS = 24 * 3_600_000;

const keyMisfit = {
  receiver: null,
  secret: null,
  errors: userErrors(refused('INVALID_VALUE', 'idempotencyKey')),
};

/** Queries about signals. */
export const signalQueries: Pick<
  QueryResolvers,
  'signals' | 'signalsAfter' | 'signalReceivers' | 'signalReach' | 'staffEventHolds'
> = {
  async signals(_parent, { first, after }, { caller, disclose, parts, takeReads }) {
    const { odsCode } = actingFor(caller, 'passport:read');
    requirePurpose(caller);
    const wanted = wantedPage(first, after);
    if (!takeReads(1)) throw publicError('INVALID_VALUE');
    return pageOf(await parts.signals.list(odsCode, wanted), wanted, (signal) => {
      disclose(signal.staffId);
      return signal;
    });
  },
  async signalsAfter(_parent, { signal, first }, { caller, disclose, parts, takeReads }) {
    const { odsCode } = actingFor(caller, 'passport:read');
    requirePurpose(caller);
    const wanted = wantedPage(first, undefined);
    if (!takeReads(1)) throw publicError('INVALID_VALUE');
    const { signals } = parts;
    const position = signal == null ? 0 : await signals.positionOf(odsCode, signal);
    if (position === undefined) throw publicError('INVALID_VALUE');
    return pageOf(await signals.after(odsCode, position, first + 1), wanted, (one) => {
      disclose(one.staffId);
      return one;
    });
  },
  async signalReceivers(_parent, _args, { caller, parts }) {
    const { odsCode } = actingFor(caller, 'signal:manage');
    return (await parts.signalReceivers.list(odsCode)).map(receiverShape);
  },
  async signalReach(_parent, { of }, { caller, parts }) {
    actingFor(caller, 'passport:revoke');
    const { odsCode } = actingFor(caller, 'signal:manage');
    const change = await findChange(of, odsCode, parts);
    return change === undefined ? null : parts.signalReceivers.reachOf(change, odsCode);
  },
  async staffEventHolds(_parent, _args, { caller, parts }) {
    const { odsCode } = actingFor(caller, 'signal:manage');
    const since = new Date(parts.now().getTime() - SHOWN_MS);
    return (await parts.staffEvents.listHolds(odsCode, since)).map(holdShape);
  },
};

/** What the organisation itself changed. Another's reads the same as none. */
async function findChange(
  of: SignalReachOf,
  odsCode: string,
  { credentials, stops }: PassportContext['parts'],
): Promise<ToldChange | undefined> {
  if (of.stopId != null) {
    const stop = await stops.find(of.stopId, odsCode);
    return stop?.state === 'STOPPED' && stop.decidedAt !== undefined
      ? { staffId: stop.staffId, at: stop.decidedAt }
      : undefined;
  }
  const found = await credentials.find(of.credentialId);
  return found?.odsCode === odsCode && found.statusChangedAt !== undefined
    ? { staffId: found.staffId, type: found.type, at: found.statusChangedAt }
    : undefined;
}

/** A signal. */
export const Signal: SignalResolvers = {
  staff: ({ staffId }) => ({ id: staffId }),
  registrationBody: ({ registration }) => registration?.body ?? null,
  registrationStatus: ({ registration }) => registration?.status ?? null,
  registerReadAt: ({ registration }) => registration?.readAt ?? null,
  credentialType: ({ credential }) => credential?.type ?? null,
  credentialState: ({ credential }) => credential?.state ?? null,
  securityEventToken: (signal, _args, { caller, parts }) => {
    // Whom a token is for is its receiver, and no other organisation's.
    if (caller.kind !== 'machine') throw publicError('FORBIDDEN');
    return parts.signSignal(signal, { audience: parts.addresses.signalsTo(caller.clientId) });
  },
};

/** Mutations about signals. */
export const signalMutations: Pick<
  MutationResolvers,
  | 'signalReceiverRegister'
  | 'signalReceiverEnd'
  | 'signalReceiverReplay'
  | 'signalReceiverTest'
  | 'signalReceiverSecretChange'
  | 'staffEventHoldApprove'
> = {
  async signalReceiverRegister(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'signal:manage');
    if (!keyFits(input.idempotencyKey)) return keyMisfit;
    const causes = input.causes ?? undefined;
    return secretAnswer(await registerReceiver({ ...input, causes, by }, parts));
  },
  async signalReceiverSecretChange(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'signal:manage');
    if (!keyFits(input.idempotencyKey)) return keyMisfit;
    return secretAnswer(await changeSecret({ ...input, by }, parts));
  },
  async signalReceiverTest(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'signal:manage');
    if (!keyFits(input.idempotencyKey)) return keyMisfit;
    return receiverAnswer(await testReceiver({ ...input, by }, parts));
  },
  async signalReceiverEnd(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'signal:manage');
    if (!keyFits(input.idempotencyKey)) return keyMisfit;
    return receiverAnswer(await endReceiver({ ...input, by }, parts));
  },
  async signalReceiverReplay(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'signal:manage');
    if (!keyFits(input.idempotencyKey)) return keyMisfit;
    const afterSignal = input.afterSignal ?? undefined;
    return receiverAnswer(await replaySignals({ ...input, afterSignal, by }, parts));
  },
  async staffEventHoldApprove(_parent, { input }, { caller, parts }) {
    const { subject, requestId, odsCode } = actingFor(caller, 'signal:manage');
    // Four eyes are two people's.
    if (caller.kind !== 'person') throw publicError('FORBIDDEN');
    const outcome = await parts.staffEvents.approveHold(
      { id: input.holdId, odsCode },
      { subject, requestId },
      parts.now(),
    );
    if (outcome === 'not-found') {
      return { hold: null, errors: userErrors(refused('NOT_FOUND', 'holdId')) };
    }
    if (outcome === 'same-person') {
      return { hold: null, errors: userErrors(refused('STATUS_CHANGE_NOT_ALLOWED', 'holdId')) };
    }
    return { hold: holdShape(outcome), errors: [] };
  },
};

const keyFits = (key: string): boolean => idempotencyKey.safeParse(key).success;

function receiverAnswer(outcome: ShownReceiver | Refusal) {
  return secretAnswer('kind' in outcome ? outcome : { receiver: outcome });
}

function secretAnswer(outcome: WithSecret | Refusal) {
  return 'kind' in outcome
    ? { receiver: null, secret: null, errors: userErrors(outcome) }
    : { receiver: receiverShape(outcome.receiver), secret: outcome.secret ?? null, errors: [] };
}

const receiverShape = (receiver: ShownReceiver): SignalReceiver => ({
  id: receiver.id,
  url: receiver.url,
  audience: receiver.audience,
  registeredAt: receiver.registeredAt,
  endedAt: receiver.endedAt ?? null,
  failures: receiver.failures,
  failingSince: receiver.failingSince ?? null,
  lastFailure: receiver.lastFailure ?? null,
  parkedAt: receiver.parkedAt ?? null,
  causes: receiver.causes ?? null,
  secretSince: receiver.secretSince ?? null,
  previousSecretUntil: receiver.previousSecretUntil ?? null,
  attempts: receiver.attempts.map(({ jti, isTest, at, milliseconds, outcome }) => ({
    signalId: jti,
    isTest,
    at,
    milliseconds: milliseconds ?? null,
    outcome: outcome ?? null,
  })),
});

const holdShape = (hold: DomainHold): StaffEventHold => ({
  id: hold.id,
  people: hold.people,
  heldAt: hold.heldAt,
  approvedAt: hold.approvedAt ?? null,
  releasedAt: hold.releasedAt ?? null,
});
