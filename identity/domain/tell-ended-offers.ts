/** Offers that too many wrong codes ended: whoever made them is told, however long it takes. */
import type { OfferMakers, OfferNotices } from './wallet-ports.ts';

/** Most notices in one round. */
const ROUND = 50;

/**
 * Tells all that wait. A notice goes when it was told, so that it may be told twice but never lost.
 *
 * @throws {Error} with code `unavailable` at the first that cannot be told now
 */
export async function tellEndedOffers(parts: {
  readonly notices: OfferNotices;
  readonly makers: OfferMakers;
}): Promise<void> {
  for (const { offerId, endedAt } of await parts.notices.list(ROUND)) {
    await parts.makers.tellDead(offerId, endedAt);
    await parts.notices.told(offerId);
  }
}
