/** What a resolver has at hand. */
import DataLoader from 'dataloader';

import type { Caller } from '../../runtime/caller-statement.ts';
import type { DirectoryView } from './domain/access.ts';
import type { AccountStore } from './domain/account-store.ts';
import type { CaseDesk, PassportHolders, RecordedCaseAct } from './domain/case-ports.ts';
import type { DirectoryEntry } from './domain/directory-entry.ts';
import type { FindAccounts } from './domain/find-accounts.ts';
import type { MatchingCase } from './domain/cases.ts';
import type { CaseBook, LinkLedger, OpenCandidate } from './domain/link-ledger.ts';
import type { LinkEvidence, LinkStatement } from './domain/links.ts';
import type { LifecycleStore } from './domain/lifecycle/ports.ts';
import type { StaffDirectory } from './domain/ports.ts';
import type { MatchingRules } from './domain/simulations.ts';

/** A person, by id alone: the rest of the person is in other subgraphs. */
export interface StaffMemberParent {
  readonly id: string;
}

/** A statement about a person and an account, or a pair that waits for somebody to decide, as one caller may see it. */
export type IdentityLinkParent = (LinkStatement | OpenCandidate) & {
  readonly view: DirectoryView;
};

/** A case. */
export type MatchingCaseParent = MatchingCase;

/** One compared field of a candidate. */
export interface EvidenceParent extends LinkEvidence {
  readonly accountId: string;
}

/** What one request has. */
export interface NhsmailContext {
  readonly caller: Caller;
  /** Notes that a person's record goes out with this answer. */
  readonly disclose: (staffId: string) => void;
  readonly directory: Pick<StaffDirectory, 'findByMail'>;
  readonly accounts: Pick<AccountStore, 'page'>;
  readonly cases: CaseDesk;
  readonly lifecycle: LifecycleStore;
  readonly passports: PassportHolders;
  readonly rules: MatchingRules;
  readonly now: Date;
  /** Told when it could not be asked who holds a passport. */
  readonly passportsUnknown: (error: unknown) => void;
  readonly loaders: {
    /** Links in force, by person. */
    readonly linksOfPerson: DataLoader<string, readonly LinkStatement[]>;
    /** Links in force, by account. */
    readonly linksOfAccount: DataLoader<string, readonly LinkStatement[]>;
    /** Everything that was ever said about a person's accounts, newest first. */
    readonly historyOfPerson: DataLoader<string, readonly LinkStatement[]>;
    /** Pairs that wait for somebody to decide, by person. */
    readonly candidatesOfPerson: DataLoader<string, readonly OpenCandidate[]>;
    /** What people did about a case, in order. */
    readonly actsOfCase: DataLoader<string, readonly RecordedCaseAct[]>;
    /** Accounts by id. */
    readonly account: DataLoader<string, DirectoryEntry | undefined>;
  };
}

/** A request's context. Everything is read at most once in a request. */
export function nhsmailContext(
  request: Pick<NhsmailContext, 'caller' | 'disclose' | 'now' | 'passportsUnknown'>,
  {
    directory,
    findAccounts,
    accounts,
    links,
    cases,
    desk,
    passports,
    lifecycle,
    rules,
  }: {
    readonly directory: Pick<StaffDirectory, 'findByMail'>;
    readonly findAccounts: {
      /** As the directory is now. */
      readonly fresh: FindAccounts;
      /** As the directory is, or was a short while ago. */
      readonly recent: FindAccounts;
    };
    readonly accounts: Pick<AccountStore, 'page'>;
    readonly links: LinkLedger;
    readonly cases: CaseBook;
    readonly desk: CaseDesk;
    readonly passports: PassportHolders;
    readonly lifecycle: LifecycleStore;
    readonly rules: MatchingRules;
  },
): NhsmailContext {
  const grouped = <Item>(
    find: (ids: readonly string[]) => Promise<readonly Item[]>,
    keyOf: (item: Item) => string,
  ) =>
    new DataLoader<string, readonly Item[]>(
      async (ids) => {
        const found = Map.groupBy(await find(ids), keyOf);
        return ids.map((id) => found.get(id) ?? []);
      },
      { maxBatchSize: 500 },
    );
  // By all ids of a person, whichever of them is asked for.
  const ofPeople = <Item extends { readonly staffId: string }>(
    find: (ids: readonly string[]) => Promise<readonly Item[]>,
  ) =>
    new DataLoader<string, readonly Item[]>(
      async (asked) => {
        const ids = await links.findIds(asked);
        const found = await find([...new Set([...ids.values()].flat())]);
        const byId = Map.groupBy(found, ({ staffId }) => staffId);
        return asked.map((id) => (ids.get(id) ?? []).flatMap((one) => byId.get(one) ?? []));
      },
      { maxBatchSize: 500 },
    );
  return {
    ...request,
    directory,
    accounts,
    cases: desk,
    lifecycle,
    passports,
    rules,
    loaders: {
      linksOfPerson: ofPeople((ids) => links.findByStaff(ids)),
      linksOfAccount: grouped(
        (ids) => links.findByAccounts(ids),
        ({ accountId }) => accountId,
      ),
      historyOfPerson: ofPeople((ids) => links.findHistory(ids)),
      candidatesOfPerson: ofPeople((ids) => cases.findCandidatesOf(ids)),
      actsOfCase: grouped(
        (ids) => desk.findActs(ids),
        ({ caseId }) => caseId,
      ),
      // People are signed in and passports issued by the directory as it is now; machines ask for both.
      account: new DataLoader<string, DirectoryEntry | undefined>(
        request.caller.kind === 'machine' ? findAccounts.fresh : findAccounts.recent,
      ),
    },
  };
}
