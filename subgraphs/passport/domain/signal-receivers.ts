/** Where trusts want their signals pushed. */
import type { Actor } from './actor.ts';
import { newSignalReceiverId, requestHash } from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import type { Signal, SignalStore } from './signal.ts';
import { type Refusal, refused } from './user-error.ts';

/** A receiver. */
export interface SignalReceiver {
  readonly id: string;
  readonly odsCode: string;
  readonly url: string;
  /** The `aud` of its tokens. */
  readonly audience: string;
  readonly registeredAt: Date;
  readonly endedAt?: Date;
  /** Position of the last signal that it has taken. */
  readonly acknowledged: number;
  /** Attempts that failed since the last that did not. */
  readonly failures: number;
  readonly failingSince?: Date;
  /** Stable code of the last failure. */
  readonly lastFailure?: string;
  /** Since when it is not tried any more. */
  readonly parkedAt?: Date;
}

/** Somebody's request under an idempotency key. */
export interface ReceiverRequest {
  readonly by: Actor;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly now: Date;
}

/** What waits to be pushed to a receiver. */
export interface SignalBacklog extends Pick<SignalReceiver, 'url' | 'failures' | 'parkedAt'> {
  readonly receiverId: string;
  /** 10,000 at most are counted. */
  readonly waiting: number;
  /** When the first of them was noted. */
  readonly oldestAt?: Date;
}

/** Keeps receivers. Each function is one transaction or one statement. */
export interface SignalReceiverStore {
  /** Adds a receiver of what is signalled from now on. Refused past the limit. */
  add(
    receiver: Pick<SignalReceiver, 'id' | 'url' | 'audience'>,
    limit: number,
    request: ReceiverRequest,
  ): Promise<SignalReceiver | Refusal>;
  end(id: string, request: ReceiverRequest): Promise<SignalReceiver | Refusal>;
  /** Goes back to, or on from, after a signal; ends a parking. */
  replay(id: string, after: number, request: ReceiverRequest): Promise<SignalReceiver | Refusal>;
  /** A trust's receivers that have not ended, newest first. */
  list(odsCode: string): Promise<readonly SignalReceiver[]>;
  /** How much waits for each of them. */
  backlogs(odsCode: string): Promise<readonly SignalBacklog[]>;
  /** Takes receivers for whom there is something, so that nobody else pushes to them before a moment. */
  take(limit: number, now: Date, until: Date): Promise<readonly SignalReceiver[]>;
  /** Notes that a receiver has taken a signal. False when it ended, or was sent elsewhere, in the meantime. */
  acknowledge(receiver: SignalReceiver, position: number): Promise<boolean>;
  /** Lets go of a receiver, for the next round. */
  release(id: string, now: Date): Promise<void>;
  /** Notes that a push failed. */
  fail(
    id: string,
    failure: {
      readonly code: string;
      readonly nextAttemptAt: Date;
      readonly parked: boolean;
      readonly now: Date;
    },
  ): Promise<void>;
}

/** What administering receivers needs. */
export interface ReceiverParts {
  readonly signals: Pick<SignalStore, 'positionOf'>;
  readonly signalReceivers: SignalReceiverStore;
  /** Whether `http` addresses will do: never in production. */
  readonly allowHttp: boolean;
  readonly now: Clock;
}

/** Most receivers of one trust. */
const LIMIT = 10;
const LONGEST = 500;

/** Registers a receiver. */
export async function registerReceiver(
  request: {
    readonly url: string;
    readonly audience: string;
    readonly idempotencyKey: string;
    readonly by: Actor;
  },
  { signalReceivers, allowHttp, now }: ReceiverParts,
): Promise<SignalReceiver | Refusal> {
  const { url, audience, idempotencyKey, by } = request;
  const address = receiverAddress(url, allowHttp);
  if (address === undefined) return refused('INVALID_VALUE', 'url');
  if (audience.length < 1 || audience.length > LONGEST || /[^\x21-\x7e]/.test(audience)) {
    return refused('INVALID_VALUE', 'audience');
  }
  return signalReceivers.add({ id: newSignalReceiverId(), url: address, audience }, LIMIT, {
    by,
    idempotencyKey,
    requestHash: requestHash(['receiver', address, audience, by.odsCode]),
    now: now(),
  });
}

/** An address as it is kept; `undefined` when it is not one to push to. */
function receiverAddress(url: string, allowHttp: boolean): string | undefined {
  if (url.length > LONGEST || !URL.canParse(url)) return undefined;
  const { protocol, username, password, hash, href } = new URL(url);
  if (protocol !== 'https:' && !(allowHttp && protocol === 'http:')) return undefined;
  // Names and passwords in an address end up in logs.
  return username === '' && password === '' && hash === '' ? href : undefined;
}

/** Ends a receiver: nothing more is pushed to it. */
export function endReceiver(
  {
    receiverId,
    idempotencyKey,
    by,
  }: { readonly receiverId: string; readonly idempotencyKey: string; readonly by: Actor },
  { signalReceivers, now }: ReceiverParts,
): Promise<SignalReceiver | Refusal> {
  return signalReceivers.end(receiverId, {
    by,
    idempotencyKey,
    requestHash: requestHash(['receiver-end', receiverId, by.odsCode]),
    now: now(),
  });
}

/** Has a receiver get its signals again: those after one of them, or all that there ever were. Ends a parking. */
export async function replaySignals(
  {
    receiverId,
    afterSignal,
    idempotencyKey,
    by,
  }: {
    readonly receiverId: string;
    /** Id of a signal; none for the beginning. */
    readonly afterSignal: string | undefined;
    readonly idempotencyKey: string;
    readonly by: Actor;
  },
  { signals, signalReceivers, now }: ReceiverParts,
): Promise<SignalReceiver | Refusal> {
  const after = afterSignal === undefined ? 0 : await signals.positionOf(by.odsCode, afterSignal);
  if (after === undefined) return refused('NOT_FOUND', 'afterSignal');
  return signalReceivers.replay(receiverId, after, {
    by,
    idempotencyKey,
    requestHash: requestHash(['receiver-replay', receiverId, after, by.odsCode]),
    now: now(),
  });
}

/** A signal on its way to a receiver. */
export interface SignalPush {
  readonly url: string;
  /** The security event token. */
  readonly token: string;
}

/** Reaches receivers. */
export interface SignalPusher {
  /** @returns `undefined` when the receiver has taken it, or a stable code of the failure */
  push(push: SignalPush): Promise<string | undefined>;
}

/** Signals of one trust, signed. */
export type SignSignal = (
  signal: Signal,
  receiver: Pick<SignalReceiver, 'audience'>,
) => Promise<string>;
