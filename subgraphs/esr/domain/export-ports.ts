/** What bulk exports need from outside: the jobs, whom they are about, and the credentials of those people. */

/** Where an export stands. */
export type ExportState = 'QUEUED' | 'RUNNING' | 'READY' | 'FAILED' | 'EXPIRED';

/** In whose name records are read, as the access log keeps it. */
export interface ExportReader {
  /** The person's id, or the system's client id. */
  readonly subject: string;
  readonly name: string;
  readonly odsCode: string;
  /** Purpose of use. */
  readonly purpose: string;
}

/** An export as it is noted. */
export interface NewExport {
  readonly id: string;
  readonly reader: ExportReader;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly requestedAt: Date;
  /** Only what changed since then; everything when `null`. */
  readonly since: Date | null;
  /** Authenticates the links to its parts: 32 random bytes. */
  readonly linkSecret: Uint8Array;
}

/** How many there were of each kind of line. */
export interface LineCounts {
  readonly records: number;
  readonly left: number;
  readonly failed: number;
}

/** An export with how far it is. */
export interface StoredExport extends NewExport, LineCounts {
  readonly state: ExportState;
  readonly cursor: Date | null;
  /** People to go through; `null` until they have been counted. */
  readonly people: number | null;
  /** The last person gone through. */
  readonly afterStaffId: string | null;
  readonly done: number;
  readonly parts: number;
  /** A source does not answer. */
  readonly waiting: boolean;
  /** Compact JWS. */
  readonly manifest: string | null;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** A part without its content. */
export interface ExportPart {
  /** From 1. */
  readonly number: number;
  readonly lines: number;
  /** Of the gzip file. */
  readonly bytes: number;
  /** Of the gzip file, base64url. */
  readonly sha256: string;
}

/** What came of noting an export. */
export type NotedExport =
  | { readonly kind: 'noted'; readonly export: StoredExport }
  | { readonly kind: 'reused' }
  | { readonly kind: 'already-running' }
  | { readonly kind: 'too-many' };

/** The store of exports. Every function rejects with `code: 'unavailable'` when it does not answer. */
export interface RecordExports {
  /** Notes an export, or finds the one that was noted for the same request. */
  note(wanted: NewExport, mostKept: number): Promise<NotedExport>;
  find(id: string): Promise<StoredExport | undefined>;
  /** Parts in order, after a number. */
  listParts(id: string, after: number, limit: number): Promise<readonly ExportPart[]>;
  findPart(id: string, number: number): Promise<ExportPart | undefined>;
  /** Bytes of a part's gzip file; fewer at its end. */
  readPart(id: string, number: number, from: number, length: number): Promise<Uint8Array>;

  /** Takes the oldest unfinished export that nobody works on. */
  lease(worker: string, now: Date, until: Date): Promise<StoredExport | undefined>;
  /** Lets go of an export. Nobody takes it before then. */
  release(
    id: string,
    worker: string,
    left: { readonly until: Date; readonly waiting: boolean },
  ): Promise<void>;
  addPeople(id: string, staffIds: readonly string[]): Promise<void>;
  /** Closes the list of people. False when the export is no longer this worker's. */
  startReading(id: string, worker: string, cursor: Date): Promise<boolean>;
  /** People in the order of their ids. */
  nextPeople(id: string, after: string | null, limit: number): Promise<readonly string[]>;
  /** Keeps a part and moves the export on, in one transaction. False when the export is no longer this worker's. */
  keepPart(
    before: StoredExport,
    worker: string,
    part: ExportPart & LineCounts & { readonly content: Uint8Array; readonly lastStaffId: string },
    leasedUntil: Date,
  ): Promise<boolean>;
  finish(
    id: string,
    worker: string,
    outcome: { readonly manifest: string; readonly finishedAt: Date; readonly expiresAt: Date },
  ): Promise<boolean>;
  /** Gives up what was requested before then. */
  failOlderThan(moment: Date, now: Date): Promise<void>;
  /** Erases the parts of exports whose time is over. */
  erase(now: Date): Promise<number>;
}

/** Whom an export is about. */
export interface ExportedPeople {
  /** A moment before which nothing is still being written. */
  settledMoment(): Promise<Date>;
  /**
   * Ids in order of people whose record at the organisation changed since, by itself or because a day has come: those who
   * have left too.
   */
  listChanged(wanted: {
    readonly odsCode: string;
    readonly since: Date;
    readonly day: string;
    readonly after: string | undefined;
    readonly limit: number;
  }): Promise<readonly string[]>;
  /** Those of the ids that are of a person with several, in one statement. */
  findGroups(staffIds: readonly string[]): Promise<ReadonlyMap<string, PersonGroup>>;
}

/** The ids of one person. */
export interface PersonGroup {
  /** The id under which lists show the person. */
  readonly shownAs: string;
  readonly members: readonly string[];
}

/** How one kind of credential of the organisation stands for one person. Moments are RFC 3339. */
export interface CredentialStanding {
  readonly staffId: string;
  readonly type: string;
  readonly state: string;
  readonly credentials: number;
  readonly reason: string | null;
  readonly issuedAt: string | null;
  readonly expiresAt: string;
  readonly lastStatusChangeAt: string | null;
}

/** The passport, through the graph. Rejects with `code: 'unavailable'` when it does not answer. */
export interface CredentialStandings {
  /** Writes into access logs that people are read, and answers how their credentials stand. Up to 1,000 ids. */
  disclose(wanted: {
    readonly reader: ExportReader;
    /** The export's id. */
    readonly requestId: string;
    readonly idempotencyKey: string;
    readonly fields: readonly string[];
    readonly staffIds: readonly string[];
  }): Promise<readonly CredentialStanding[]>;
  /** Ids in order of people whose credentials of the organisation changed. */
  listChanged(wanted: {
    readonly odsCode: string;
    readonly since: Date;
    readonly after: string | undefined;
    readonly limit: number;
  }): Promise<readonly string[]>;
}
