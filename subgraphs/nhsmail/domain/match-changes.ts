/** What changed, matched: the pairs of each changed record are compared anew, and the decisions around it taken again. */
import type { Around, Changes, ChangeStore, MatchedChanges } from './change-store.ts';
import type { Candidate } from './compare-pair.ts';
import { type Decision, decideMatches, type StandingPair } from './decide-matches.ts';
import { type KnownSurroundings, knownSurroundings } from './known-surroundings.ts';
import type { Linkage } from './linkage/compile-linkage.ts';
import type { LinkStatement } from './links.ts';
import type { NotedRecord } from './match-index.ts';
import type { Covered } from './match-outcome.ts';
import type { MatchedAccount } from './matched-account.ts';
import {
  findCandidate,
  indexKeysOfAccount,
  indexKeysOfPerson,
  prepareAccount,
  preparePerson,
  type Prepared,
} from './matching-model.ts';
import { pairKey } from './plan-links.ts';
import type { StaffPerson } from './staff.ts';
import { standingPair } from './standing-pair.ts';

/** What follows from changes. */
export interface ChangedMatches {
  readonly covered: Extract<Covered, { kind: 'records' }>;
  readonly decision: Decision;
  readonly standing: readonly StandingPair[];
  /** What the ledger says about the covered records and those around them. */
  readonly statements: readonly LinkStatement[];
  /** Whether cases are open there that nobody has begun. */
  readonly haveCases: boolean;
  /** What is kept of the changed records from now on. */
  readonly kept: Pick<MatchedChanges, 'peopleKeys' | 'accountKeys' | 'candidates'>;
}

/** How far from a changed record a decision can change, in pairs. */
const REACH = 6;
/** Within this distance, decisions are taken again even about those who have a link already. */
const NEAR = 2;

/** Compares changed records and decides what follows. Writes nothing. */
export async function matchChanges(
  linkage: Linkage,
  changes: Changes,
  store: Pick<ChangeStore, 'findByKeys' | 'readAround'>,
): Promise<ChangedMatches> {
  const staffIds = idsOf(changes.noted, 'PERSON');
  const accountIds = idsOf(changes.noted, 'ACCOUNT');
  const people = keyedPeople(linkage, changes.people);
  const accounts = keyedAccounts(linkage, changes.accounts);
  const near = aroundPairs({ staffIds, accountIds }, changes.candidates);
  const found = await store.findByKeys(
    { ofPeople: keysOf(accounts), ofAccounts: keysOf(people) },
    near,
  );
  const candidates = compareChanged(
    linkage,
    {
      changedPeople: people,
      changedAccounts: accounts,
      people: new Map([...keyedPeople(linkage, without(found.people, staffIds)), ...people]),
      accounts: new Map([
        ...keyedAccounts(linkage, without(found.accounts, accountIds)),
        ...accounts,
      ]),
    },
    changes.closed,
  );
  const kept = {
    peopleKeys: staffIds.map((id) => ({ id, keys: people.get(id)?.keys ?? [] })),
    accountKeys: accountIds.map((id) => ({ id, keys: accounts.get(id)?.keys ?? [] })),
    candidates,
  };
  const known = knownSurroundings(
    {
      people: new Map(kept.peopleKeys.map(({ id, keys }) => [id, keys.length > 0])),
      accounts: new Map(kept.accountKeys.map(({ id, keys }) => [id, keys.length > 0])),
      candidates,
    },
    { around: near, surroundings: found.surroundings },
    store,
  );
  const region = await readRegion(aroundPairs(near, candidates), known);
  const decision = decideMatches({
    ...region,
    thresholds: linkage.model.ruleSet.thresholds,
  });
  return {
    covered: region.covered,
    decision: within(decision, region.covered),
    standing: region.standing,
    statements: known.statements(),
    haveCases: known.haveCases(),
    kept,
  };
}

const idsOf = (noted: readonly NotedRecord[], wanted: NotedRecord['side']): readonly string[] => [
  ...new Set(noted.filter(({ side }) => side === wanted).map(({ id }) => id)),
];

/** These records, and those that they form a pair with. */
const aroundPairs = ({ staffIds, accountIds }: Around, pairs: readonly Candidate[]): Around => ({
  staffIds: [...new Set([...staffIds, ...pairs.map(({ staffId }) => staffId)])],
  accountIds: [...new Set([...accountIds, ...pairs.map(({ accountId }) => accountId)])],
});

/** The candidates of changed records, as they are now. */
function compareChanged(
  linkage: Linkage,
  records: {
    readonly changedPeople: KeyedById<StaffPerson>;
    readonly changedAccounts: KeyedById<MatchedAccount>;
    /** The changed ones, and those found by their keys. */
    readonly people: KeyedById<StaffPerson>;
    readonly accounts: KeyedById<MatchedAccount>;
  },
  closed: ReadonlySet<string>,
): readonly Candidate[] {
  const { changedPeople, changedAccounts, people, accounts } = records;
  const found = new Map<string, Candidate>();
  const compare = (person: Keyed<StaffPerson>, account: Keyed<MatchedAccount>): void => {
    const candidate = findCandidate(linkage, { person, account }, closed);
    if (candidate !== undefined) found.set(pairKey(candidate), candidate);
  };
  eachInCommon(changedPeople.values(), accounts.values(), compare);
  eachInCommon(changedAccounts.values(), people.values(), (account, person) => {
    compare(person, account);
  });
  return [...found.values()];
}

type KeyedById<Source> = ReadonlyMap<string, Keyed<Source>>;

interface Keyed<Source> extends Prepared<Source> {
  readonly keys: readonly number[];
}

const keyedPeople = (
  linkage: Linkage,
  people: ReadonlyMap<string, StaffPerson>,
): KeyedById<StaffPerson> =>
  new Map(
    [...people].flatMap(([id, source]) => {
      const person = preparePerson(linkage, source);
      return person === undefined
        ? []
        : [[id, { ...person, keys: indexKeysOfPerson(linkage, person) }]];
    }),
  );

const keyedAccounts = (
  linkage: Linkage,
  accounts: ReadonlyMap<string, MatchedAccount>,
): KeyedById<MatchedAccount> =>
  new Map(
    [...accounts].map(([id, source]) => {
      const account = prepareAccount(linkage, source);
      return [id, { ...account, keys: indexKeysOfAccount(linkage, account) }];
    }),
  );

/** What was found by keys of before is left out where it changed too. */
const without = <Item>(
  found: ReadonlyMap<string, Item>,
  ids: readonly string[],
): ReadonlyMap<string, Item> => {
  const changed = new Set(ids);
  return new Map([...found].filter(([id]) => !changed.has(id)));
};

const keysOf = (records: ReadonlyMap<string, Keyed<unknown>>): readonly number[] => [
  ...new Set([...records.values()].flatMap(({ keys }) => keys)),
];

/** Calls with every two records that have a key in common. A pair may come twice. */
function eachInCommon<One, Other>(
  ones: Iterable<Keyed<One>>,
  others: Iterable<Keyed<Other>>,
  work: (one: Keyed<One>, other: Keyed<Other>) => void,
): void {
  const byKey = new Map<number, Keyed<Other>[]>();
  for (const other of others) {
    for (const key of other.keys) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [other]);
      else known.push(other);
    }
  }
  for (const one of ones) {
    const met = new Set<Keyed<Other>>();
    for (const key of one.keys) for (const other of byKey.get(key) ?? []) met.add(other);
    for (const other of met) work(one, other);
  }
}

interface Region {
  readonly covered: Extract<Covered, { kind: 'records' }>;
  readonly candidates: readonly Candidate[];
  readonly standing: readonly StandingPair[];
  readonly arePresent: (pair: { readonly staffId: string; readonly accountId: string }) => boolean;
}

/**
 * Everything on which the decisions around some records rest. Beyond the records near by, it goes on only through those
 * who have no link that can be relied on: what is linked is out of the running, and nothing passes through it.
 */
async function readRegion(around: Around, surroundings: KnownSurroundings): Promise<Region> {
  const covered = { staffIds: new Set<string>(), accountIds: new Set<string>() };
  const known = { staffIds: new Set<string>(), accountIds: new Set<string>() };
  let frontier = { staffIds: new Set(around.staffIds), accountIds: new Set(around.accountIds) };

  for (let distance = 0; distance <= REACH + 1; distance += 1) {
    if (frontier.staffIds.size + frontier.accountIds.size === 0) break;
    const wanted = { staffIds: [...frontier.staffIds], accountIds: [...frontier.accountIds] };
    await surroundings.read(wanted);
    const settledPeople = new Set<string>();
    const settledAccounts = new Set<string>();
    for (const { kind, staffId, accountId } of standingPairs(surroundings)) {
      if (kind !== 'ACCESS') continue;
      settledPeople.add(staffId);
      settledAccounts.add(accountId);
    }
    const expands = (isSettled: boolean): boolean => distance < NEAR || !isSettled;
    for (const id of wanted.staffIds) {
      known.staffIds.add(id);
      if (distance < NEAR || (distance < REACH && !settledPeople.has(id))) covered.staffIds.add(id);
    }
    for (const id of wanted.accountIds) {
      known.accountIds.add(id);
      if (distance < NEAR || (distance < REACH && !settledAccounts.has(id))) {
        covered.accountIds.add(id);
      }
    }
    const next = { staffIds: new Set<string>(), accountIds: new Set<string>() };
    for (const { staffId, accountId } of surroundings.candidates()) {
      if (
        frontier.staffIds.has(staffId) &&
        expands(settledPeople.has(staffId)) &&
        !known.accountIds.has(accountId)
      ) {
        next.accountIds.add(accountId);
      }
      if (
        frontier.accountIds.has(accountId) &&
        expands(settledAccounts.has(accountId)) &&
        !known.staffIds.has(staffId)
      ) {
        next.staffIds.add(staffId);
      }
    }
    frontier = next;
  }
  return {
    covered: { kind: 'records', ...covered },
    candidates: surroundings.candidates(),
    standing: standingPairs(surroundings),
    arePresent: surroundings.arePresent,
  };
}

const standingPairs = ({ statements }: KnownSurroundings): readonly StandingPair[] =>
  statements().map(standingPair);

/** What was decided about covered records. What lies at the edge is not decided: not all of it was read. */
const within = (
  { links, cases, withdrawn, unsupported }: Decision,
  { staffIds, accountIds }: Extract<Covered, { kind: 'records' }>,
): Decision => {
  const isCovered = (pair: { readonly staffId: string; readonly accountId: string }): boolean =>
    staffIds.has(pair.staffId) && accountIds.has(pair.accountId);
  return {
    links: links.filter(({ candidate }) => isCovered(candidate)),
    cases: cases.filter(
      ({ staffId, accountId }) =>
        (staffId === undefined || staffIds.has(staffId)) &&
        (accountId === undefined || accountIds.has(accountId)),
    ),
    withdrawn: withdrawn.filter(isCovered),
    unsupported: unsupported.filter(isCovered),
  };
};
