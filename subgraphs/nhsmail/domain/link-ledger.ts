/** Where links and cases are kept, for those who propose them. */
import type { CaseSource, ProposedCase } from './cases.ts';
import type { LinkEvidence, LinkStatement, Pair } from './links.ts';
import type { Covered, MatchOutcome } from './match-outcome.ts';

/** What was written. */
export interface AppliedOutcome {
  /** New links. */
  readonly linked: number;
  /** Likely links that ended. */
  readonly ended: number;
  readonly casesOpened: number;
  readonly casesClosed: number;
  /** Proposals that say what is known already, or what a person has decided. */
  readonly unchanged: number;
}

/** The ledger of links. Statements are added; nothing is changed or deleted. */
export interface LinkLedger {
  /** Every id of the people who have these ids, as a statement may be under any of them. By the id asked for. */
  findIds(staffIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Links of these people that are in force, whatever their assurance, and whether each is contradicted. */
  findByStaff(staffIds: readonly string[]): Promise<readonly LinkStatement[]>;
  /** Links of these accounts that are in force, whatever their assurance, and whether each is contradicted. */
  findByAccounts(accountIds: readonly string[]): Promise<readonly LinkStatement[]>;
  /** Every statement about these people, the newest first; those that no longer hold too. 500 of a person at most. */
  findHistory(staffIds: readonly string[]): Promise<readonly LinkStatement[]>;
  /**
   * Statements that hold about pairs with one of these people or accounts: links, and pairs that a person has decided
   * are different.
   */
  findStanding(records: {
    readonly staffIds: readonly string[];
    readonly accountIds: readonly string[];
  }): Promise<readonly LinkStatement[]>;
  /** Every statement that holds, links and rejected pairs, in pages of one transaction each. */
  readStanding(): AsyncIterable<LinkStatement>;
  /**
   * Writes what matching says. What a person has decided stands; a certain link is never ended or moved, a proposal that
   * contradicts one becomes a case; a case that a person has begun stays. In transactions of up to 1,000 records each:
   * applied again after it was cut off, it completes.
   */
  apply(
    outcome: MatchOutcome,
    by: { readonly run?: string; readonly ruleSet?: number; readonly at: Date },
  ): Promise<AppliedOutcome>;
}

/** Cases, for those who open them. */
export interface CaseBook {
  /**
   * Opens the cases that are not open yet, and withdraws those of the same source, about nothing but covered records, that
   * are not proposed any more. A case that a person has begun is left alone; one about nothing but pairs that a person has
   * decided is not opened.
   */
  reconcile(
    proposed: {
      readonly source: Exclude<CaseSource, 'PERSON'>;
      readonly covered: Covered;
      readonly cases: readonly ProposedCase[];
    },
    at: Date,
  ): Promise<{ readonly opened: number; readonly closed: number }>;
  /** Pairs of these people that are candidates of a case that is not closed. */
  findCandidatesOf(staffIds: readonly string[]): Promise<readonly OpenCandidate[]>;
}

/** A pair that waits for a person to decide. */
export interface OpenCandidate extends Pair {
  readonly caseId: string;
  /** The account's organisation. */
  readonly odsCode: string | undefined;
  readonly openedAt: Date;
  readonly evidence: readonly LinkEvidence[];
}
