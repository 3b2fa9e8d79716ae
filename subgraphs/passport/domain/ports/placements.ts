/** Where the placements that credentials were issued for are kept. */

/** Why a placement is over. */
export type PlacementEnd = 'LAST_DAY' | 'AGREEMENT_ENDED' | 'REVOKED';

/** A placement that is over, with how things stand now. */
export interface EndedPlacement {
  readonly staffId: string;
  readonly hostOds: string;
  readonly at: Date;
  /** Whether another placement of the person at that host goes on. */
  readonly placedThere: boolean;
}

/** Keeps placements. Issuing writes them in its own transaction. */
export interface Placements {
  /** Credentials that count though the agreement they stand on was ended. */
  findWithoutAgreement(
    limit: number,
  ): Promise<readonly { readonly credentialId: string; readonly odsCode: string }[]>;
  /** Ends placements whose time has come, and returns how many. */
  endDue(now: Date, limit: number): Promise<number>;
  /** Endings after a position in their order, and the position after them. */
  listEnded(
    after: number,
    limit: number,
    now: Date,
  ): Promise<{ readonly ended: readonly EndedPlacement[]; readonly position: number }>;
}
