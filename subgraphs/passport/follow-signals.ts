/** Keeps following what happens to people, and telling the trusts, for as long as the process runs. */
import type { Logger } from '../../runtime/log.ts';
import { repeatedly } from '../../runtime/repeatedly.ts';
import { type DeliveryParts, deliverSignals } from './domain/deliver-signals.ts';
import { type DueOfferParts, makeDueOffers } from './domain/due-offers.ts';
import {
  type Followed,
  type FollowingParts,
  followStaffEvents,
} from './domain/follow-staff-events.ts';

/** How often the records are asked, in milliseconds. The first pause lets this process answer the graph before it asks. */
const FOLLOW_EVERY_MS = 1_000;
/**
 * How often it is looked whether something is to be pushed, in milliseconds. It is work of its own: a receiver that answers
 * slowly delays no suspension.
 */
const DELIVER_EVERY_MS = 250;
/** How often offers are made that are due, in milliseconds. */
const OFFER_EVERY_MS = 2_000;
/** Failures between two lines in the log: about a minute. */
const FAILURES_A_LINE = 60;

/** One round of each kind of work. */
export interface SignalWork {
  /** Follows what happened to people. */
  readonly follow: () => Promise<Followed>;
  /** Pushes to receivers; says how many signals were taken. */
  readonly deliver: () => Promise<number>;
  /** Makes offers that are due; says how many. */
  readonly offer: () => Promise<number>;
}

/** The work, on these parts. */
export const signalWork = (parts: FollowingParts & DeliveryParts & DueOfferParts): SignalWork => ({
  follow: () => followStaffEvents(parts),
  deliver: () => deliverSignals(parts),
  offer: () => makeDueOffers(parts),
});

/** Starts. The returned functions stop it, and wait for what is being done. */
export function followSignals(work: SignalWork, log: Logger): readonly (() => Promise<void>)[] {
  const follow = async (): Promise<void> => {
    const { held } = await work.follow();
    if (held > 0)
      log.error({ held }, 'too many people at once: what stops their credentials waits');
  };
  const tried = (round: () => Promise<unknown>, what: string) => {
    let failures = 0;
    return [
      async () => {
        await round();
        failures = 0;
      },
      (error: unknown) => {
        failures += 1;
        if (failures % FAILURES_A_LINE === 3) log.warn({ err: error, failures }, what);
      },
    ] as const;
  };
  const [following, notFollowed] = tried(follow, 'the records do not tell what has happened');
  const [delivering, notDelivered] = tried(work.deliver, 'signals are not pushed');
  const [offering, notOffered] = tried(work.offer, 'offers that are due wait');
  return [
    repeatedly(following, FOLLOW_EVERY_MS, notFollowed),
    repeatedly(delivering, DELIVER_EVERY_MS, notDelivered),
    repeatedly(offering, OFFER_EVERY_MS, notOffered),
  ];
}
