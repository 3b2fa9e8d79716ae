/** Where an offer stands, for those who made it. */
import type { ListedOffer } from './ports/offers.ts';

/** Where an offer stands. */
export type OfferState = 'OFFERED' | 'COLLECTED' | 'DEAD' | 'EXPIRED';

/** The state of an offer. What was collected stays so, whatever happens to the offer afterwards. */
export function offerState({ collected, deadAt, expiresAt }: ListedOffer, now: Date): OfferState {
  if (collected) return 'COLLECTED';
  if (deadAt !== undefined) return 'DEAD';
  return expiresAt <= now ? 'EXPIRED' : 'OFFERED';
}
