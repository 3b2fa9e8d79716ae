/** What people who decide cases need: the cases of their organisation, and one transaction for what they do. */
import type { CaseQueue, CaseState, MatchingCase } from './cases.ts';
import type { LinkStatement } from './links.ts';
import type { DecisionPlan, WrittenStatement } from './plan-decision.ts';

/** Who does something about a case. */
export interface CaseActor {
  /** The person's id in the graph. */
  readonly staffId: string;
  /** The organisation that they act for. */
  readonly odsCode: string;
}

/** What can be done about a case. */
export type CaseAction = 'OPEN' | 'ASSIGN' | 'HAND_OVER' | 'DECIDE' | 'APPROVE' | 'REFUSE' | 'UNDO';

/** One thing that a person did about a case. */
export interface CaseAct {
  readonly action: CaseAction;
  readonly by: CaseActor;
  readonly at: Date;
  readonly reason?: string;
}

/** An act that is about to be written. */
export interface NewCaseAct extends CaseAct {
  readonly idempotencyKey: string;
  /** Tells one request under a key from another. */
  readonly requestHash: string;
  /** What was said, ids alone. */
  readonly said: Readonly<Record<string, unknown>>;
}

/** An act as it is shown. */
export interface RecordedCaseAct extends CaseAct {
  /** What the case was after it. */
  readonly state: CaseState;
}

/** What an act changes. */
export type CaseChange = Partial<
  Pick<MatchingCase, 'state' | 'odsCode' | 'handedFrom' | 'candidates'>
> & {
  readonly assignedTo?: string | null;
  readonly decision?: MatchingCase['decision'] | null;
  readonly closedAt?: Date | null;
};

/** Reading and writing in one transaction, with the ledger locked. */
export interface CaseRecords {
  /** The case that was acted on under a key, `reused` when the key stands for another request. */
  findRepeat(act: NewCaseAct): Promise<MatchingCase | 'reused' | undefined>;
  find(id: string): Promise<MatchingCase | undefined>;
  /** Adds a case that a person opens. When there is an open one about the same link, that one. */
  open(
    one: Pick<
      MatchingCase,
      'queue' | 'staffId' | 'accountId' | 'odsCode' | 'because' | 'candidates'
    >,
    at: Date,
  ): Promise<MatchingCase>;
  /** A link that holds. */
  findLink(id: string): Promise<LinkStatement | undefined>;
  /** Statements that hold about these accounts, ended ones too. */
  findCurrent(accountIds: readonly string[]): Promise<readonly LinkStatement[]>;
  /** What the last decision on a case wrote that was not taken back. */
  findWritten(caseId: string): Promise<readonly WrittenStatement[]>;
  /** Whether somebody works at an organisation, as far as the copy of the staff record says. */
  worksAt(staffId: string, odsCode: string): Promise<boolean>;
  /** Where accounts are now, as far as the copy of the directory has them: by id, `undefined` for no organisation. */
  findPlaces(accountIds: readonly string[]): Promise<ReadonlyMap<string, string | undefined>>;
  /** Whether another open case has the same queue, person and account. */
  hasOpenTwin(one: MatchingCase): Promise<boolean>;
  /** Writes what an act changes, the act, and what it says in the ledger. */
  write(
    one: MatchingCase,
    change: CaseChange,
    act: NewCaseAct,
    plan?: DecisionPlan,
  ): Promise<MatchingCase>;
}

/**
 * How likely the most likely candidate of a case is: a thousand to one or more (10 bits), even or better, worse than even,
 * or not scored.
 */
export type CaseScore = 'LIKELY' | 'POSSIBLE' | 'UNLIKELY' | 'NOT_SCORED';

/** How many cases that are not closed arose at an organisation. */
export interface OriginCount {
  readonly odsCode: string;
  readonly open: number;
}

/** Which cases to list. */
export interface WantedCases {
  readonly odsCode: string;
  readonly queue: CaseQueue | undefined;
  /** `undefined`: those that are not closed. */
  readonly state: CaseState | undefined;
  readonly assignedTo: string | undefined;
  /** Only what was due before this. */
  readonly dueBefore: Date | undefined;
  /** The organisation that had it first. */
  readonly origin: string | undefined;
  /** Of the most likely candidate. */
  readonly score: CaseScore | undefined;
  /** Position of the last one seen. */
  readonly after: number | undefined;
  readonly limit: number;
}

/** Which likely links to list. */
export interface WantedLinks {
  /** The account's organisation of now. */
  readonly odsCode: string;
  /** Id of the last one seen. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** How many cases of a queue are not closed. */
export interface QueueCount {
  readonly queue: CaseQueue;
  readonly open: number;
  readonly overdue: number;
  /** Those that wait for a second person. */
  readonly awaiting: number;
  readonly oldestOpenedAt: Date;
}

/** Cases, for those who decide them. */
export interface CaseDesk {
  inTransaction<Done>(work: (records: CaseRecords) => Promise<Done>): Promise<Done>;
  /** A case of this organisation. */
  find(id: string, odsCode: string): Promise<MatchingCase | undefined>;
  /** Oldest first. */
  list(wanted: WantedCases): Promise<readonly MatchingCase[]>;
  /** Likely links in force, oldest first. */
  listLikely(wanted: WantedLinks): Promise<readonly LinkStatement[]>;
  count(odsCode: string, now: Date): Promise<readonly QueueCount[]>;
  /** Where its cases that are not closed arose, most first, 50 at most. */
  countOrigins(odsCode: string): Promise<readonly OriginCount[]>;
  /** What people did about cases, in order, 100 of each at most. */
  findActs(
    caseIds: readonly string[],
  ): Promise<readonly (RecordedCaseAct & { readonly caseId: string })[]>;
}

/** Who holds a passport that is in force. */
export interface PassportHolders {
  /**
   * Those among these people who hold one, be it paused.
   *
   * @throws when it cannot be told
   */
  findHolders(staffIds: readonly string[]): Promise<ReadonlySet<string>>;
}
