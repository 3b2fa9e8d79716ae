import type { Candidate } from './compare-pair.ts';
import type { LinkStatement } from './links.ts';
import type { KeyedRecord, MatchedWith, NotedRecord } from './match-index.ts';
import type { MatchOutcome } from './match-outcome.ts';
import type { MatchRun } from './match-run.ts';
import type { MatchedAccount } from './matched-account.ts';
import type { StaffPerson } from './staff.ts';

/** People and accounts that are there to be matched, by id. */
export interface PresentRecords {
  readonly people: ReadonlyMap<string, StaffPerson>;
  readonly accounts: ReadonlyMap<string, MatchedAccount>;
}

/** Records that changed, and what matching them begins with: all of one moment. */
export interface Changes extends PresentRecords {
  /** What the keys and candidates are of; `undefined` before everything was matched once. */
  readonly matchedWith: MatchedWith | undefined;
  /** The newest run that ended. */
  readonly last: Pick<MatchRun, 'id' | 'state' | 'linksBefore' | 'lost'> | undefined;
  /** Organisations that are closed. */
  readonly closed: ReadonlySet<string>;
  /** The oldest changes. None while a stopped run waits for somebody. */
  readonly noted: readonly NotedRecord[];
  /** Candidates that these records had until now. */
  readonly candidates: readonly Candidate[];
}

/** A statement of the ledger that holds, and whether its two sides are there to be matched. */
export interface KnownStatement {
  readonly statement: LinkStatement;
  /** The person's id of now. */
  readonly staffId: string;
  readonly isPersonThere: boolean;
  readonly isAccountThere: boolean;
}

/** What is kept about some records and everything that they form a pair with. */
export interface Surroundings {
  readonly candidates: readonly Candidate[];
  /** Links in force, and pairs that a person has decided are different. */
  readonly statements: readonly KnownStatement[];
  /** Whether matching has a case open about any of them that nobody has begun. */
  readonly haveCases: boolean;
}

/** People and accounts, by id. */
export interface Around {
  readonly staffIds: readonly string[];
  readonly accountIds: readonly string[];
}

/** What came of changes. */
export interface MatchedChanges {
  readonly noted: readonly NotedRecord[];
  /** Keys of the noted people, and of the noted accounts; none of those who are not matched. */
  readonly peopleKeys: readonly KeyedRecord[];
  readonly accountKeys: readonly KeyedRecord[];
  /** All candidates of the noted records. */
  readonly candidates: readonly Candidate[];
  /** What the ledger is told; left out where it says so already. */
  readonly outcome?: MatchOutcome;
}

/**
 * What matching a few changed records asks and writes, in as few questions as there can be: the way to the database costs
 * more than the answer. Each call throws an error with code `unavailable` when the database does not answer.
 */
export interface ChangeStore {
  /**
   * Takes or keeps the right to match, notes accounts that changed, and reads the records that have waited longest.
   *
   * @returns `undefined` when another process matches
   */
  take(
    holder: string,
    limits: {
      /** How long the right is held without a sign of life. */
      readonly seconds: number;
      readonly records: number;
      /** Changed accounts that are noted at most. */
      readonly accounts: number;
    },
  ): Promise<Changes | undefined>;
  /** People and accounts that have one of these keys, and what is kept around others. */
  findByKeys(
    keys: { readonly ofPeople: readonly number[]; readonly ofAccounts: readonly number[] },
    around: Around,
  ): Promise<PresentRecords & { readonly surroundings: Surroundings }>;
  /** What is kept around records. */
  readAround(around: Around): Promise<Surroundings>;
  /**
   * Writes all of it or nothing: keys, candidates, links and cases, and takes the records off the list that have not been
   * noted again.
   *
   * @param by who holds the right to match, and whether it is given back with this
   * @returns false, and nothing is written, when another process has taken that right
   */
  write(
    changes: MatchedChanges,
    by: {
      readonly holder: string;
      readonly isLast: boolean;
      readonly run: string;
      readonly ruleSet: number;
      readonly at: Date;
    },
  ): Promise<boolean>;
}
