/**
 * An offer is redeemed once: with its pre-authorized code, or by its person signing in.
 *
 * Source: OpenID4VCI 1.0, sections 3.4, 3.5 and 5.1.3.
 */
import { type DeriveKey, sameText } from './derive.ts';
import { offerCodes } from './offer.ts';
import type { ModelStore, OfferStore, StoredOffer } from './ports.ts';
import type { WalletGrants } from './wallet-ports.ts';

/** What a wallet asked for when it sent a person here. */
export interface WalletRequest {
  readonly staffId: string;
  /** Credential configuration ids, from the scope. */
  readonly configurationIds: readonly string[];
  /** From the offer; missing when the wallet came by itself. */
  readonly issuerState: string | undefined;
}

/**
 * The offer that a person can let a wallet collect: the one named, or else the newest that has all that was asked for.
 * Somebody else's offer is as good as none.
 */
export async function findCollectable(
  { staffId, configurationIds, issuerState }: WalletRequest,
  {
    walletGrants,
    deriveKey,
  }: { readonly walletGrants: WalletGrants; readonly deriveKey: DeriveKey },
): Promise<StoredOffer | undefined> {
  const open = await walletGrants.findOpen(staffId);
  return open.find(
    (offer) =>
      (issuerState === undefined ||
        sameText(issuerState, offerCodes(offer.offerId, deriveKey).issuerState)) &&
      configurationIds.every((id) => offer.configurationIds.includes(id)),
  );
}

/** Uses up the offer behind a person's approval. True for one caller alone, and for none once the offer has ended. */
export async function redeemOffer(
  grantId: string,
  {
    models,
    offers,
    deriveKey,
    now,
  }: {
    readonly models: Pick<ModelStore, 'consume'>;
    readonly offers: Pick<OfferStore, 'findByGrant'>;
    readonly deriveKey: DeriveKey;
    readonly now: () => Date;
  },
): Promise<boolean> {
  const offer = await offers.findByGrant(grantId);
  if (offer === undefined || offer.expiresAt.getTime() <= now().getTime()) return false;
  // The code of a dead offer is gone.
  return models.consume(
    'PreAuthorizedCode',
    offerCodes(offer.offerId, deriveKey).preAuthorizedCode,
  );
}
