/**
 * The transaction code that comes with a pre-authorized code: five wrong ones, and the offer is dead.
 *
 * Source: OpenID4VCI 1.0, sections 6.1 and 13.6.
 */
import { type DeriveKey, sameText } from './derive.ts';
import { offerCodes } from './offer.ts';
import type { ModelStore, OfferStore } from './ports.ts';
import type { OfferTries, TryOutcome } from './wallet-ports.ts';

/** What trying needs. */
export interface TryParts {
  readonly models: Pick<ModelStore, 'find'>;
  readonly offers: Pick<OfferStore, 'findByGrant'>;
  readonly tries: OfferTries;
  readonly deriveKey: DeriveKey;
}

/** Takes one try. `closed` also for a pre-authorized code that never was. */
export async function tryTransactionCode(
  given: {
    readonly preAuthorizedCode: string;
    readonly transactionCode: string;
    readonly clientId: string;
  },
  { models, offers, tries, deriveKey }: TryParts,
): Promise<TryOutcome> {
  const code = await models.find('PreAuthorizedCode', given.preAuthorizedCode);
  const grantId = code?.payload['grantId'];
  const offer = typeof grantId === 'string' ? await offers.findByGrant(grantId) : undefined;
  if (offer === undefined) return 'closed';
  const right = sameText(
    given.transactionCode,
    offerCodes(offer.offerId, deriveKey).transactionCode,
  );
  // A code that was used opens nothing: coming back with it, and knowing the transaction code, is a replay.
  if (code?.consumedAt !== undefined) return right ? 'right' : 'closed';
  return tries.take(offer, { right, clientId: given.clientId });
}
