/** Where joiners, movers and leavers are kept. */
import type { AccountFacts, PersonFacts } from './account-facts.ts';
import type { DeletionWarning } from './deletion.ts';
import type { Finding, FindingKind } from './finding.ts';
import type { ReadinessCounts } from './readiness.ts';

/** What a round looks at: everything, or what is about these people and accounts. */
export type RoundScope =
  | { readonly kind: 'everything' }
  | {
      readonly kind: 'records';
      readonly staffIds: readonly string[];
      readonly accountIds: readonly string[];
    };

/** What a round wrote. */
export interface RoundSummary {
  readonly opened: number;
  readonly ended: number;
  readonly warned: number;
}

/** One round, in one transaction: it sees one moment, and nobody else is in a round. */
export interface LifecycleRound {
  /**
   * What has changed since it was last looked at, with the accounts of its people and the people of its accounts, and is
   * looked at with this round. `everything` when that is less work, or when it never was.
   */
  takeDue(): Promise<RoundScope | undefined>;
  /** Organisations that are closed. */
  readClosed(): Promise<ReadonlySet<string>>;
  /** Accounts within the scope about which there may be something to say; pages, in the order of ids. */
  readAccounts(scope: RoundScope): AsyncIterable<readonly AccountFacts[]>;
  /** People within the scope who work somewhere and have no account and no case about one. */
  readPeopleWithoutAccount(scope: RoundScope): AsyncIterable<readonly PersonFacts[]>;
  /**
   * Makes what stands within the scope what was found: opens, ends, and tells the organisations. A finding that is there
   * already is told no more.
   */
  keep(
    scope: RoundScope,
    found: {
      readonly findings: readonly Finding[];
      readonly warnings: readonly DeletionWarning[];
    },
  ): Promise<RoundSummary>;
}

/** Cases about leavers whose accounts are active, which only people decide. */
export interface LeaverCases {
  /** Opens those that are not open yet, and withdraws those within the scope that are not found any more. */
  reconcile(scope: RoundScope, leavers: readonly Finding[], at: Date): Promise<void>;
}

/** A finding that is kept. */
export interface KeptFinding extends Finding {
  /** Rises with every finding. */
  readonly id: number;
  readonly since: Date;
  readonly openedAt: Date;
}

/** What an organisation is told. */
export interface DirectoryEvent {
  readonly id: number;
  readonly type: 'FINDING_OPENED' | 'FINDING_ENDED' | 'DELETION_NEAR';
  readonly odsCode: string;
  readonly kind: FindingKind | undefined;
  readonly accountId: string | undefined;
  readonly staffId: string | undefined;
  readonly deceased: boolean;
  readonly day: number | undefined;
  readonly deleteDueAt: Date | undefined;
  readonly at: Date;
}

/** How many findings of a kind are open, and the oldest. */
export interface FindingCount {
  readonly kind: FindingKind;
  readonly count: number;
  readonly oldest: Date;
}

/** Where an organisation stands. */
export interface OrganisationStanding {
  readonly odsCode: string;
  readonly counts: ReadinessCounts;
  readonly findings: readonly FindingCount[];
}

/** Joiners, movers and leavers. Each function rejects with code `unavailable` when the database does not answer. */
export interface LifecycleStore {
  /** Works in a round at a moment. `undefined` when somebody else is in one. */
  inRound<Answer>(
    at: Date,
    work: (round: LifecycleRound) => Promise<Answer>,
  ): Promise<Answer | undefined>;
  /** When everything was last looked at. */
  wholeRoundAt(): Promise<Date | undefined>;
  /** Where organisations stand at a moment: one of them, or all that have people, accounts or findings. */
  standings(odsCode: string | undefined, at: Date): Promise<readonly OrganisationStanding[]>;
  /** Open findings of an organisation, the oldest first within a kind; after the one with this id. */
  findings(page: {
    readonly odsCode: string;
    readonly kind: FindingKind | undefined;
    readonly after: number | undefined;
    readonly limit: number;
  }): Promise<readonly KeptFinding[]>;
  /** Events after a position, of one organisation or of all, in the order of telling. */
  events(page: {
    readonly odsCode: string | undefined;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly DirectoryEvent[]>;
}
