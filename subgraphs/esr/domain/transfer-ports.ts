/** Where transfers are kept. */
import type { OrganisationView } from './access.ts';
import type { ComparedRecord, StoredTransfer, TransferState } from './transfer.ts';

/** Who does something to a transfer. */
export interface TransferActor {
  readonly kind: 'person' | 'machine';
  readonly subject: string;
  /** The organisation acted for; none for the person. */
  readonly odsCode: string | undefined;
}

/** One thing that is done to a transfer. */
export interface TransferAct {
  readonly action: 'request' | 'consent-give' | 'consent-withdraw' | 'decide' | 'complete';
  readonly by: TransferActor;
  readonly at: Date;
  readonly reason?: string;
  readonly idempotencyKey: string;
  /** Tells one request under a key from another. */
  readonly requestHash: string;
}

/** What an act changes. */
export type TransferChange = Partial<
  Pick<StoredTransfer, 'state' | 'consent' | 'queue' | 'fromEsrPersonId' | 'completedAt'>
> & { readonly decidedBy?: string };

/** A move that is asked for. */
export interface RequestedMove {
  readonly id: string;
  readonly staffId: string;
  readonly toOds: string;
  readonly fromOds: string;
  /** Most moves of one person at once. */
  readonly limit: number;
}

/** Reading and writing in one transaction that no other act on the same transfer shares. */
export interface TransferRecords {
  /** The transfer that was acted on under a key, `reused` when the key stands for another request. */
  findRepeat(act: TransferAct): Promise<StoredTransfer | 'reused' | undefined>;
  /**
   * The transfer of a move, made when there is none yet, and locked.
   *
   * @returns `undefined` when the person has no employment there, or no such organisation is known; `too-many`
   */
  findOrAdd(
    move: RequestedMove,
    act: TransferAct,
    day: string,
  ): Promise<StoredTransfer | 'too-many' | undefined>;
  /** Locks a transfer. */
  lock(id: string): Promise<StoredTransfer | undefined>;
  /** The record at the new employer; `undefined` once the employment was taken out. */
  findSubject(transfer: StoredTransfer, day: string): Promise<ComparedRecord | undefined>;
  /** Records at the previous employer with the same number, or the same last name and date of birth. */
  findCandidates(
    transfer: StoredTransfer,
    subject: ComparedRecord,
    day: string,
  ): Promise<readonly ComparedRecord[]>;
  /** Employments at the previous employer under an employee number. */
  findByEmployeeNumber(odsCode: string, employeeNumber: string): Promise<readonly string[]>;
  write(
    transfer: StoredTransfer,
    change: TransferChange,
    act: TransferAct,
  ): Promise<StoredTransfer>;
}

/** An alert that nobody has accepted the person as a joiner. */
export interface TransferAlert {
  readonly day: number;
  readonly raisedAt: Date;
}

/** Who reads transfers: the person, or an organisation that is part of them. */
export type TransferView = { readonly staffId: string } | OrganisationView;

/** Keeps transfers. */
export interface Transfers {
  inTransaction<Result>(work: (records: TransferRecords) => Promise<Result>): Promise<Result>;
  /** A transfer that the person or the organisation may read. */
  find(id: string, view: TransferView): Promise<StoredTransfer | undefined>;
  /** To and from an organisation, newest first; one more than asked for when there are more. */
  list(
    odsCode: string,
    page: {
      readonly state: TransferState | undefined;
      /** As they stood at the end of this day. */
      readonly asOf: string | undefined;
      readonly changedSince: Date | undefined;
      readonly after: number | undefined;
      readonly limit: number;
    },
  ): Promise<readonly StoredTransfer[]>;
  listOf(staffId: string, limit: number, asOf?: string): Promise<readonly StoredTransfer[]>;
  /** Transfers of people that a view is part of, newest first. */
  findOfPeople(
    staffIds: readonly string[],
    view: TransferView,
    asOf?: string,
  ): Promise<readonly StoredTransfer[]>;
  listAlerts(transferId: string, view: TransferView): Promise<readonly TransferAlert[]>;
  /** What a person has to compare; `undefined` once the employment was taken out. */
  findCase(
    transfer: StoredTransfer,
    day: string,
  ): Promise<
    { readonly subject: ComparedRecord; readonly candidates: readonly ComparedRecord[] } | undefined
  >;
  /** Whose the released employment is, its employee number, and whether the employment at the new employer goes on. */
  findReleased(
    transfer: StoredTransfer,
    day: string,
  ): Promise<
    | { readonly staffId: string; readonly employeeNumber: string; readonly goesOn: boolean }
    | undefined
  >;
  /** Raises the alerts that are due, each once, and returns how many. */
  raiseAlerts(day: string, now: Date): Promise<number>;
  /** Organisations that hold a record of a person, in order. */
  findRecordLocations(staffId: string): Promise<readonly string[]>;
}
