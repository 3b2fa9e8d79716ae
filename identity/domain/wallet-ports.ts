/** What the authorization server keeps about wallets and the offers they redeem. */
import type { StoredOffer } from './ports.ts';

/** A wallet that may collect credentials. It holds no secret. */
export interface RegisteredWallet {
  readonly clientId: string;
  readonly name: string;
  /** Where people are sent back to; compared to the letter. None for a wallet that only redeems codes. */
  readonly redirectUris: readonly string[];
  /** It comes with an attestation of its maker, or not at all. */
  readonly attested: boolean;
}

/** The wallets that are registered. */
export interface WalletStore {
  find(clientId: string): Promise<RegisteredWallet | undefined>;
  /** Registers a wallet, or replaces what is known of it. */
  put(wallet: RegisteredWallet, createdBy: string): Promise<void>;
}

/** What a try of a transaction code came to. */
export type TryOutcome =
  /** The code is right and the offer can be redeemed by this wallet. */
  | 'right'
  /** The code is wrong. */
  | 'wrong'
  /** Nobody can redeem the offer any more, with this code or another. */
  | 'closed';

/** Counts wrong transaction codes. */
export interface OfferTries {
  /**
   * Takes one try of an offer, in one statement: however many come at once, no more than five wrong codes are ever
   * answered. The fifth removes the offer's code and grant and leaves a notice. A right code ties the offer to the
   * wallet that gave it first.
   */
  take(
    offer: Pick<StoredOffer, 'offerId' | 'grantId'>,
    attempt: { readonly right: boolean; readonly clientId: string },
  ): Promise<TryOutcome>;
}

/** Which offers people let wallets collect by signing in. */
export interface WalletGrants {
  /** Offers to a person that can still be redeemed, newest first. */
  findOpen(staffId: string): Promise<readonly StoredOffer[]>;
  put(grant: {
    readonly grantId: string;
    readonly offerId: string;
    readonly expiresAt: Date;
  }): Promise<void>;
}

/** Offers that ended before their time. */
export interface OfferNotices {
  /** Those that have not been told yet, oldest first. */
  list(limit: number): Promise<readonly { readonly offerId: string; readonly endedAt: Date }[]>;
  /** Forgets one that has been told. */
  told(offerId: string): Promise<void>;
}

/** Tells whoever made an offer that it ended before its time: the passport subgraph, through the graph. */
export interface OfferMakers {
  /** @throws {Error} with code `unavailable` when it cannot be told now */
  tellDead(offerId: string, endedAt: Date): Promise<void>;
}
