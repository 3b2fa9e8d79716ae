/** What changed, matched: the pairs of each changed record are compared anew, and the decisions around it taken again. */
import type { Candidate } from './compare-pair.ts';
import { type Decision, decideMatches, type StandingPair } from './decide-matches.ts';
import type { Linkage } from './linkage/compile-linkage.ts';
import type { LinkLedger } from './link-ledger.ts';
import type { Covered } from './match-outcome.ts';
import type { MatchIndex, NotedRecord } from './match-index.ts';
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

/** What matching changes rests on. */
export interface ChangeParts {
  readonly index: Pick<
    MatchIndex,
    'writeKeys' | 'findByKeys' | 'findPresent' | 'findCandidates' | 'replaceCandidates'
  >;
  readonly findPeople: (ids: readonly string[]) => Promise<ReadonlyMap<string, StaffPerson>>;
  /** Accounts that their source still has. */
  readonly findAccounts: (ids: readonly string[]) => Promise<ReadonlyMap<string, MatchedAccount>>;
  readonly links: Pick<LinkLedger, 'findStanding'>;
  readonly closed: ReadonlySet<string>;
}

/** What follows from changes. */
export interface ChangedMatches {
  readonly covered: Extract<Covered, { kind: 'records' }>;
  readonly decision: Decision;
  readonly standing: readonly StandingPair[];
}

/** How far from a changed record a decision can change, in pairs. */
const REACH = 6;
/** Within this distance, decisions are taken again even about those who have a link already. */
const NEAR = 2;

/** Compares changed records and decides what follows. Writes keys and candidates; links are for the caller. */
export async function matchChanges(
  linkage: Linkage,
  noted: readonly NotedRecord[],
  parts: ChangeParts,
): Promise<ChangedMatches> {
  const staffIds = idsOf(noted, 'PERSON');
  const accountIds = idsOf(noted, 'ACCOUNT');
  const before = await parts.index.findCandidates({ staffIds, accountIds });
  const candidates = await compareChanged(linkage, { staffIds, accountIds }, parts);
  await parts.index.replaceCandidates({ staffIds, accountIds }, candidates);
  const touched = [...before, ...candidates];
  const region = await readRegion(
    {
      staffIds: [...staffIds, ...touched.map(({ staffId }) => staffId)],
      accountIds: [...accountIds, ...touched.map(({ accountId }) => accountId)],
    },
    parts,
  );
  const decision = decideMatches({
    ...region,
    thresholds: linkage.model.ruleSet.thresholds,
  });
  return {
    covered: region.covered,
    decision: within(decision, region.covered),
    standing: region.standing,
  };
}

const idsOf = (noted: readonly NotedRecord[], wanted: NotedRecord['side']): readonly string[] => [
  ...new Set(noted.filter(({ side }) => side === wanted).map(({ id }) => id)),
];

/** The candidates of changed records, as they are now. */
async function compareChanged(
  linkage: Linkage,
  {
    staffIds,
    accountIds,
  }: { readonly staffIds: readonly string[]; readonly accountIds: readonly string[] },
  { index, findPeople, findAccounts, closed }: ChangeParts,
): Promise<readonly Candidate[]> {
  const [changedPeople, changedAccounts] = await Promise.all([
    readPeople(linkage, staffIds, findPeople),
    readAccounts(linkage, accountIds, findAccounts),
  ]);
  // Keys first: two records that changed together find each other by their keys of now.
  await Promise.all([
    staffIds.length === 0
      ? undefined
      : index.writeKeys(
          'PERSON',
          staffIds.map((id) => ({ id, keys: changedPeople.get(id)?.keys ?? [] })),
        ),
    accountIds.length === 0
      ? undefined
      : index.writeKeys(
          'ACCOUNT',
          accountIds.map((id) => ({ id, keys: changedAccounts.get(id)?.keys ?? [] })),
        ),
  ]);
  const [foundAccounts, foundPeople] = await Promise.all([
    index.findByKeys('ACCOUNT', keysOf(changedPeople)),
    index.findByKeys('PERSON', keysOf(changedAccounts)),
  ]);
  const [people, accounts] = await Promise.all([
    readPeople(
      linkage,
      foundPeople.filter((id) => !changedPeople.has(id)),
      findPeople,
    ),
    readAccounts(
      linkage,
      foundAccounts.filter((id) => !changedAccounts.has(id)),
      findAccounts,
    ),
  ]);
  for (const [id, person] of changedPeople) people.set(id, person);
  for (const [id, account] of changedAccounts) accounts.set(id, account);

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

interface Keyed<Source> extends Prepared<Source> {
  readonly keys: readonly number[];
}

async function readPeople(
  linkage: Linkage,
  ids: readonly string[],
  find: ChangeParts['findPeople'],
): Promise<Map<string, Keyed<StaffPerson>>> {
  const found = ids.length === 0 ? new Map<string, StaffPerson>() : await find(ids);
  return new Map(
    [...found].flatMap(([id, source]) => {
      const person = preparePerson(linkage, source);
      return person === undefined
        ? []
        : [[id, { ...person, keys: indexKeysOfPerson(linkage, person) }]];
    }),
  );
}

async function readAccounts(
  linkage: Linkage,
  ids: readonly string[],
  find: ChangeParts['findAccounts'],
): Promise<Map<string, Keyed<MatchedAccount>>> {
  const found = ids.length === 0 ? new Map<string, MatchedAccount>() : await find(ids);
  return new Map(
    [...found].map(([id, source]) => {
      const account = prepareAccount(linkage, source);
      return [id, { ...account, keys: indexKeysOfAccount(linkage, account) }];
    }),
  );
}

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
async function readRegion(
  around: { readonly staffIds: readonly string[]; readonly accountIds: readonly string[] },
  { index, links }: ChangeParts,
): Promise<Region> {
  const candidates = new Map<string, Candidate>();
  const standing = new Map<string, StandingPair>();
  const covered = { staffIds: new Set<string>(), accountIds: new Set<string>() };
  const known = { staffIds: new Set<string>(), accountIds: new Set<string>() };
  let frontier = { staffIds: new Set(around.staffIds), accountIds: new Set(around.accountIds) };

  for (let distance = 0; distance <= REACH + 1; distance += 1) {
    if (frontier.staffIds.size + frontier.accountIds.size === 0) break;
    const wanted = { staffIds: [...frontier.staffIds], accountIds: [...frontier.accountIds] };
    const [found, holds] = await Promise.all([
      index.findCandidates(wanted),
      links.findStanding(wanted),
    ]);
    for (const candidate of found) candidates.set(pairKey(candidate), candidate);
    for (const statement of holds) standing.set(pairKey(statement), standingPair(statement));
    const settledPeople = new Set<string>();
    const settledAccounts = new Set<string>();
    for (const { kind, staffId, accountId } of standing.values()) {
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
    for (const { staffId, accountId } of found) {
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
  const pairs = [...standing.values()];
  const present = await index.findPresent({
    staffIds: pairs.map(({ staffId }) => staffId),
    accountIds: pairs.map(({ accountId }) => accountId),
  });
  return {
    covered: { kind: 'records', ...covered },
    candidates: [...candidates.values()],
    standing: pairs,
    arePresent: ({ staffId, accountId }) =>
      present.staffIds.has(staffId) && present.accountIds.has(accountId),
  };
}

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
