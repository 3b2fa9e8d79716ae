/**
 * Pushing signals to the trusts' receivers: to each in order, the next only when the last was taken. One that fails is
 * tried again at growing intervals, and parked after a day; what it has not taken waits for it.
 *
 * Source: RFC 8935, section 2.
 */
import type { Clock } from './ports/clock.ts';
import type { SignalStore } from './signal.ts';
import type {
  SignalPusher,
  SignalReceiver,
  SignalReceiverStore,
  SignSignal,
} from './signal-receivers.ts';

/** What delivering needs. */
export interface DeliveryParts {
  readonly signals: Pick<SignalStore, 'after'>;
  readonly signalReceivers: Pick<SignalReceiverStore, 'take' | 'acknowledge' | 'release' | 'fail'>;
  readonly signalPusher: SignalPusher;
  readonly signSignal: SignSignal;
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
  const receivers = await signalReceivers.take(AT_ONCE, now(), until);
  const taken = await Promise.all(receivers.map((receiver) => deliverTo(receiver, parts)));
  return taken.reduce((sum, count) => sum + count, 0);
}

async function deliverTo(
  receiver: SignalReceiver,
  { signals, signalReceivers, signalPusher, signSignal, now }: DeliveryParts,
): Promise<number> {
  const { id, odsCode, url, acknowledged } = receiver;
  const begun = now().getTime();
  let taken = 0;
  let last = receiver;
  for (const signal of await signals.after(odsCode, acknowledged, IN_A_ROW)) {
    const code = await signalPusher.push({ url, token: await signSignal(signal, receiver) });
    if (code !== undefined) {
      const failures = taken === 0 ? receiver.failures : 0;
      const since = (taken === 0 ? receiver.failingSince : undefined) ?? now();
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      await signalReceivers.fail(id, {
        code,
        now: now(),
        nextAttemptAt: new Date(now().getTime() + pause),
        parked: now().getTime() - since.getTime() >= PARKED_AFTER_MS,
      });
      return taken;
    }
    // Somebody ended it, or sent it back to an earlier signal.
    if (!(await signalReceivers.acknowledge(last, signal.position))) return taken;
    taken += 1;
    last = { ...last, acknowledged: signal.position };
    if (now().getTime() - begun >= ROUND_MS) break;
  }
  await signalReceivers.release(id, now());
  return taken;
}
