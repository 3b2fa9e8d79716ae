/**
 * Pushing signals to the trusts' receivers: to each in order, the next only when the last was taken. One that fails is
 * tried again at growing intervals, and parked after a day; what it has not taken waits for it.
 *
 * Source: RFC 8935, section 2.
 */
import type { Clock } from './ports/clock.ts';
import type { SignalStore } from './signal.ts';
import type {
  DueTest,
  EndedAttempt,
  ReachedReceiver,
  SignalPusher,
  SignalReceiverStore,
  SignSignal,
  SignTest,
} from './signal-receivers.ts';

/** What delivering needs. */
export interface DeliveryParts {
  readonly signals: Pick<SignalStore, 'after'>;
  readonly signalReceivers: Pick<
    SignalReceiverStore,
    'take' | 'acknowledge' | 'release' | 'fail' | 'takeTests' | 'endTest'
  >;
  readonly signalPusher: SignalPusher;
  readonly signSignal: SignSignal;
  readonly signTest: SignTest;
  readonly now: Clock;
}

/** Receivers in one round, side by side. */
const AT_ONCE = 20;
/** Signals to one receiver in a round. */
const IN_A_ROW = 10;
/** A receiver that answers slowly gets no further signal in a round after so long, in milliseconds: others wait for it. */
const ROUND_MS = 1_000;
/** Nobody else pushes to a receiver for this long, in milliseconds: longer than a round to one that answers slowly. */
const TAKEN_MS = 60_000;
/** The first pause after a failure, in milliseconds; it doubles. */
const FIRST_PAUSE_MS = 1_000;
/** The longest pause, in milliseconds: five minutes. */
const LONGEST_PAUSE_MS = 5 * 60_000;
/** A receiver that has failed for this long is parked, in milliseconds: a day. */
const PARKED_AFTER_MS = 24 * 3_600_000;

/**
 * One round.
 *
 * @returns how many signals were taken
 */
export async function deliverSignals(parts: DeliveryParts): Promise<number> {
  const { signalReceivers, now } = parts;
  const until = new Date(now().getTime() + TAKEN_MS);
  const begunBefore = new Date(now().getTime() - TAKEN_MS);
  const tests = await signalReceivers.takeTests(AT_ONCE, now(), begunBefore);
  // A test goes beside the signals: it says how the receiver answers, also while that is parked.
  await Promise.all(tests.map((test) => pushTest(test, parts)));
  const receivers = await signalReceivers.take(AT_ONCE, now(), until);
  const taken = await Promise.all(receivers.map((receiver) => deliverTo(receiver, parts)));
  return taken.reduce((sum, count) => sum + count, 0);
}

async function pushTest(test: DueTest, parts: DeliveryParts): Promise<void> {
  const { receiver, jti, attemptId } = test;
  const token = await parts.signTest(test, parts.now());
  await parts.signalReceivers.endTest(attemptId, await attempt(receiver, { jti, token }, parts));
}

/** Pushes once. */
async function attempt(
  { url, secrets }: ReachedReceiver,
  { jti, token }: { readonly jti: string; readonly token: string },
  { signalPusher, now }: Pick<DeliveryParts, 'signalPusher' | 'now'>,
): Promise<EndedAttempt> {
  const at = now();
  const code = await signalPusher.push({ url, id: jti, token, secrets, at });
  return { jti, at, milliseconds: now().getTime() - at.getTime(), outcome: code ?? 'taken' };
}

async function deliverTo(receiver: ReachedReceiver, parts: DeliveryParts): Promise<number> {
  const { signals, signalReceivers, signSignal, now } = parts;
  const { id, odsCode, acknowledged } = receiver;
  const begun = now().getTime();
  let taken = 0;
  let last = receiver;
  for (const signal of await signals.after(odsCode, acknowledged, IN_A_ROW)) {
    const isTold = receiver.causes?.includes(signal.cause) ?? true;
    const ended = isTold
      ? await attempt(
          receiver,
          { jti: signal.id, token: await signSignal(signal, receiver) },
          parts,
        )
      : undefined;
    if (ended !== undefined && ended.outcome !== 'taken') {
      const failures = taken === 0 ? receiver.failures : 0;
      const since = (taken === 0 ? receiver.failingSince : undefined) ?? now();
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      await signalReceivers.fail(id, {
        attempt: ended,
        now: now(),
        nextAttemptAt: new Date(now().getTime() + pause),
        parked: now().getTime() - since.getTime() >= PARKED_AFTER_MS,
      });
      return taken;
    }
    // Somebody ended it, or sent it back to an earlier signal.
    if (!(await signalReceivers.acknowledge(last, signal.position, ended))) return taken;
    if (isTold) taken += 1;
    last = { ...last, acknowledged: signal.position };
    if (now().getTime() - begun >= ROUND_MS) break;
  }
  await signalReceivers.release(id, now());
  return taken;
}
