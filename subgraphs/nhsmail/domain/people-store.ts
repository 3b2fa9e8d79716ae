import type { StaffPerson } from './staff.ts';

/** How far the staff of one organisation have been read. */
export interface OrganisationReading {
  readonly odsCode: string;
  readonly closed: boolean;
  /** Changes from this moment on have not been read. `undefined` before the first whole read. */
  readonly changesFrom?: Date;
  readonly wholeReadAt?: Date;
  /** A whole read that is going on: when it began, and after whom it goes on. */
  readonly reading?: { readonly since: Date; readonly after?: string };
}

/** An id of a person who has another id now. */
export interface JoinedId {
  readonly id: string;
  readonly joinedTo: string;
}

/**
 * What matching keeps of the staff record. Nobody is ever deleted. What changes is noted, in the same transaction, to be
 * matched. Each call throws an error with code `unavailable` when the database does not answer.
 */
export interface PeopleStore {
  /** Every organisation that people work at or accounts belong to. */
  readOrganisations(): Promise<readonly OrganisationReading[]>;
  /** Organisations that are closed, as far as they have been read. */
  readClosed(): Promise<ReadonlySet<string>>;
  /** Notes where reading an organisation stands. Its accounts are noted when it closes or opens. */
  saveOrganisation(organisation: OrganisationReading): Promise<void>;
  /** Writes people as they are now; returns how many say something new. */
  upsert(people: readonly StaffPerson[], at: Date): Promise<number>;
  /** Marks people whom the staff record does not show any more. Ends nothing. */
  markGone(ids: readonly string[], at: Date): Promise<void>;
  /** Ids of those of an organisation's people whom nothing has shown since a moment. */
  findUnseen(odsCode: string, since: Date): Promise<readonly string[]>;
  /** Says of ids that nobody is shown under any more, who they are now. Until somebody is shown under them again. */
  saveJoined(joined: readonly JoinedId[]): Promise<void>;
  /** Every id that was joined to another. */
  findJoined(): Promise<readonly string[]>;
  /** People by id, those that are gone left out. */
  findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, StaffPerson>>;
  /** Everybody who is not gone, in the order of ids, in pages read as they are taken. */
  readPages(): AsyncIterable<readonly StaffPerson[]>;
}
