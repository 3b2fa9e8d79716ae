/** Where trusts want their signals pushed. */
import type { Actor } from './actor.ts';
import { newWebhookSecret } from '../../../standards/webhook-signature.ts';
import { newSignalId, newSignalReceiverId, requestHash } from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import type { CredentialType } from './credential.ts';
import type { Signal, SignalCause, SignalStore } from './signal.ts';
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
  /** What it is told; everything when left out. */
  readonly causes?: readonly SignalCause[];
  /** Since when its secret signs; left out while it has none. */
  readonly secretSince?: Date;
  /** Until when the secret before signs too. */
  readonly previousSecretUntil?: Date;
}

/** A receiver with its secrets, for whoever pushes to it. */
export interface ReachedReceiver extends SignalReceiver {
  /** Those that sign now; none for a receiver that has no secret. */
  readonly secrets: readonly string[];
}

/** One attempt to push. */
export interface SignalAttempt {
  /** The `jti` of what was pushed. */
  readonly jti: string;
  readonly isTest: boolean;
  readonly at: Date;
  /** How long the receiver took. */
  readonly milliseconds?: number;
  /** `taken`, or the stable code of the failure; left out while a test waits. */
  readonly outcome?: string;
}

/** An attempt that has ended. */
export type EndedAttempt = Required<Omit<SignalAttempt, 'isTest'>>;

/** A receiver as its trust sees it. */
export interface ShownReceiver extends SignalReceiver {
  /** The last ones, newest first. */
  readonly attempts: readonly SignalAttempt[];
}

/** A test that is to be pushed. */
export interface DueTest {
  readonly attemptId: number;
  readonly jti: string;
  readonly receiver: ReachedReceiver;
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

/** A change of credentials of one person. */
export interface ToldChange {
  readonly staffId: string;
  /** Of one kind; of every kind that changed then when left out. */
  readonly type?: CredentialType;
  readonly at: Date;
}

/** How far a change has got with the receivers that are told of it. */
export interface SignalReach {
  /** Of every organisation that is told. */
  readonly receivers: number;
  readonly reached: number;
  /** Those not reached to which pushing has failed since they last took anything. */
  readonly failing: number;
  /** An organisation's own that are not reached. */
  readonly notReached: readonly (Pick<SignalReceiver, 'url' | 'failures'> & {
    readonly receiverId: string;
    readonly isParked: boolean;
  })[];
}

/** Keeps receivers. Each function is one transaction or one statement. */
export interface SignalReceiverStore {
  /** Adds a receiver of what is signalled from now on. Refused past the limit. */
  add(
    receiver: Pick<SignalReceiver, 'id' | 'url' | 'audience' | 'causes'>,
    secret: string,
    limit: number,
    request: ReceiverRequest,
  ): Promise<ChangedReceiver | Refusal>;
  end(id: string, request: ReceiverRequest): Promise<ChangedReceiver | Refusal>;
  /** Takes another secret; the one before signs too until a moment. */
  changeSecret(
    id: string,
    secret: string,
    previousUntil: Date,
    request: ReceiverRequest,
  ): Promise<ChangedReceiver | Refusal>;
  /** Has a test pushed. Refused when there were so many since a moment. */
  addTest(
    id: string,
    jti: string,
    limit: { readonly most: number; readonly since: Date },
    request: ReceiverRequest,
  ): Promise<ChangedReceiver | Refusal>;
  /** Goes back to, or on from, after a signal; ends a parking. */
  replay(id: string, after: number, request: ReceiverRequest): Promise<ChangedReceiver | Refusal>;
  /** A trust's receivers that have not ended, newest first. */
  list(odsCode: string): Promise<readonly ShownReceiver[]>;
  /** How much waits for each of them. */
  backlogs(odsCode: string): Promise<readonly SignalBacklog[]>;
  /** How far a change has got, with the receivers of one organisation by name. */
  reachOf(change: ToldChange, odsCode: string): Promise<SignalReach>;
  /** Takes receivers for whom there is something, so that nobody else pushes to them before a moment. */
  take(limit: number, now: Date, until: Date): Promise<readonly ReachedReceiver[]>;
  /**
   * Notes that a receiver has taken a signal, or is not told it. False when it ended, or was sent elsewhere, in the meantime.
   *
   * @param attempt how it was pushed; none for what it is not told
   */
  acknowledge(
    receiver: SignalReceiver,
    position: number,
    attempt: EndedAttempt | undefined,
  ): Promise<boolean>;
  /** Lets go of a receiver, for the next round. */
  release(id: string, now: Date): Promise<void>;
  /** Notes that a push failed. */
  fail(
    id: string,
    failure: {
      readonly attempt: EndedAttempt;
      readonly nextAttemptAt: Date;
      readonly parked: boolean;
      readonly now: Date;
    },
  ): Promise<void>;
  /** Takes tests that wait, also those that somebody began before a moment and has not ended. */
  takeTests(limit: number, now: Date, begunBefore: Date): Promise<readonly DueTest[]>;
  endTest(attemptId: number, ended: Pick<EndedAttempt, 'milliseconds' | 'outcome'>): Promise<void>;
}

/** A receiver after a change. */
export interface ChangedReceiver extends ShownReceiver {
  /** A repeat of the call that changed it. */
  readonly isRepeat: boolean;
}

/** A receiver after a change that made a secret. It is told once. */
export interface WithSecret {
  readonly receiver: ShownReceiver;
  /** Left out for a repeat of the call. */
  readonly secret?: string;
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
/** How long a secret still signs beside the one that came after it, in milliseconds: a day. */
const OVERLAP_MS = 24 * 3_600_000;
/** Most tests of one receiver in a minute. */
const TESTS_A_MINUTE = 10;

/** Registers a receiver. */
export async function registerReceiver(
  request: {
    readonly url: string;
    readonly audience: string;
    /** Everything when left out. */
    readonly causes?: readonly SignalCause[] | undefined;
    readonly idempotencyKey: string;
    readonly by: Actor;
  },
  { signalReceivers, allowHttp, now }: ReceiverParts,
): Promise<WithSecret | Refusal> {
  const { url, audience, causes, idempotencyKey, by } = request;
  const address = receiverAddress(url, allowHttp);
  if (address === undefined) return refused('INVALID_VALUE', 'url');
  if (audience.length < 1 || audience.length > LONGEST || /[^\x21-\x7e]/.test(audience)) {
    return refused('INVALID_VALUE', 'audience');
  }
  if (causes?.length === 0) return refused('INVALID_VALUE', 'causes');
  const chosen = causes === undefined ? undefined : [...new Set(causes)].sort();
  const secret = newWebhookSecret();
  const added = await signalReceivers.add(
    {
      id: newSignalReceiverId(),
      url: address,
      audience,
      ...(chosen === undefined ? {} : { causes: chosen }),
    },
    secret,
    LIMIT,
    {
      by,
      idempotencyKey,
      requestHash: requestHash([
        'receiver',
        address,
        audience,
        by.odsCode,
        ...(chosen === undefined ? [] : [chosen.join(' ')]),
      ]),
      now: now(),
    },
  );
  return withSecret(added, secret);
}

const withSecret = (changed: ChangedReceiver | Refusal, secret: string): WithSecret | Refusal =>
  'kind' in changed ? changed : { receiver: changed, ...(changed.isRepeat ? {} : { secret }) };

/** Gives a receiver another secret. The one before signs too for a day, so that nothing is refused meanwhile. */
export async function changeSecret(
  {
    receiverId,
    idempotencyKey,
    by,
  }: { readonly receiverId: string; readonly idempotencyKey: string; readonly by: Actor },
  { signalReceivers, now }: ReceiverParts,
): Promise<WithSecret | Refusal> {
  const secret = newWebhookSecret();
  const until = new Date(now().getTime() + OVERLAP_MS);
  const changed = await signalReceivers.changeSecret(receiverId, secret, until, {
    by,
    idempotencyKey,
    requestHash: requestHash(['receiver-secret', receiverId, by.odsCode]),
    now: now(),
  });
  return withSecret(changed, secret);
}

/** Has a test event pushed to a receiver, beside its signals. How it went is among the attempts. */
export function testReceiver(
  {
    receiverId,
    idempotencyKey,
    by,
  }: { readonly receiverId: string; readonly idempotencyKey: string; readonly by: Actor },
  { signalReceivers, now }: ReceiverParts,
): Promise<ChangedReceiver | Refusal> {
  const since = new Date(now().getTime() - 60_000);
  return signalReceivers.addTest(
    receiverId,
    newSignalId(),
    { most: TESTS_A_MINUTE, since },
    {
      by,
      idempotencyKey,
      requestHash: requestHash(['receiver-test', receiverId, by.odsCode]),
      now: now(),
    },
  );
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
): Promise<ChangedReceiver | Refusal> {
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
): Promise<ChangedReceiver | Refusal> {
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
  /** Its `jti`. */
  readonly id: string;
  /** The security event token. */
  readonly token: string;
  /** Secrets that sign it beside. */
  readonly secrets: readonly string[];
  readonly at: Date;
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

/** A test, signed like a signal. */
export type SignTest = (test: DueTest, now: Date) => Promise<string>;
