/** The authorization server's desk for offers (OpenID4VCI 1.0, section 4). */

/** What is offered to whom. */
export interface OfferRequest {
  readonly offerId: string;
  readonly staffId: string;
  /** Credential configuration ids. */
  readonly configurationIds: readonly string[];
  readonly issuerOds: string;
  readonly expiresAt: Date;
  readonly deferred: boolean;
}

/** An offer as the holder's wallet gets it. */
export interface OfferAnswer {
  /** Offer by reference (section 4.1.3). */
  readonly uri: string;
  /** The same offer by value (section 4.1.2). */
  readonly uriByValue: string;
  /** 6 digits; reaches the holder by another way. */
  readonly transactionCode: string;
  readonly expiresAt: Date;
}

/** Makes offers collectable. */
export interface OfferDesk {
  /**
   * Opens an offer. The same `offerId` again gives the same answer.
   *
   * @throws an error with `code: 'unavailable'` when the desk does not answer
   */
  open(request: OfferRequest): Promise<OfferAnswer>;
}
