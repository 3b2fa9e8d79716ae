/** What the rules look at, put together from the copy of the directory, the links and what the staff records said. */
import type { AccountKind, AccountStatus } from '../directory-entry.ts';

/** The end of all of a person's employments at one organisation, as the records told it. */
export interface Departure {
  readonly odsCode: string;
  /** When the records learnt of it. */
  readonly knownAt: Date;
}

/** Where a person works, and where not any more. */
export interface PersonStanding {
  readonly staffId: string;
  /** Organisations at which the person works now, in order. */
  readonly worksAt: readonly string[];
  readonly departures: readonly Departure[];
  /** The person died in service, and nobody employs them. */
  readonly deceased: boolean;
}

/** An owner of a shared mailbox or application account. */
export interface OwnerFacts {
  readonly accountId: string;
  /** `undefined` when the copy of the directory does not hold the owner: nothing is known, so the owner counts. */
  readonly account?: {
    readonly status: AccountStatus;
    readonly odsCode?: string;
    readonly person?: PersonStanding;
  };
}

/** An account with what else is known of it. */
export interface AccountFacts {
  readonly id: string;
  readonly kind: AccountKind;
  readonly status: AccountStatus;
  readonly odsCode?: string;
  /** When it was made; when it was first read, where the directory does not say. */
  readonly createdAt: Date;
  /** When it was marked as a leaver's; when that was first read, where the directory does not say. */
  readonly leaverSince?: Date;
  readonly deleteDueAt?: Date;
  /** The directory did not show it any more when it was last read whole. Its findings stand as they were. */
  readonly gone: boolean;
  /** The person of the current link, if that is certain or confirmed by a person. A likely link says nothing here. */
  readonly person?: PersonStanding;
  /** Somebody may be its person: a likely link, or a case that waits. */
  readonly undecided: boolean;
  /** None for an account that is a person's. */
  readonly owners: readonly OwnerFacts[];
}

/** Somebody who works at an organisation without an account. */
export interface PersonFacts {
  readonly staffId: string;
  readonly odsCode: string;
  /** When the employment began there, or was first read. */
  readonly startedAt: Date;
  readonly worksAt: readonly string[];
}

/** The departure from an organisation, unless the person works there again. */
export const departureFrom = (
  { worksAt, departures }: PersonStanding,
  odsCode: string | undefined,
): Departure | undefined =>
  odsCode === undefined || worksAt.includes(odsCode)
    ? undefined
    : departures.find((departure) => departure.odsCode === odsCode);
