/**
 * Everything compared with everything: what a whole run does, be it over the database or over lists in memory. Records
 * are streamed and read again in pieces, so that no more of them than a piece are held.
 */
import type { CertainKey } from './certain-keys.ts';
import { keysOfAccount, keysOfPerson, matchedPerson } from './certain-keys.ts';
import type { Candidate } from './compare-pair.ts';
import {
  type Decision,
  decideMatches,
  decisionFloor,
  type StandingPair,
} from './decide-matches.ts';
import {
  ACCOUNT_ROWS,
  type JoinedKeys,
  joinKeys,
  keyColumn,
  rowsOfPairs,
} from './join-certain-keys.ts';
import { compileLinkage, type Linkage } from './linkage/compile-linkage.ts';
import { compileRules } from './linkage/compile-rules.ts';
import { estimateModel } from './linkage/estimate-model.ts';
import { findPairs } from './linkage/find-pairs.ts';
import { addRecord, createTable, type LinkageTable } from './linkage/linkage-table.ts';
import type { LinkageModel } from './linkage/model.ts';
import type { RuleSet } from './linkage/rule-set.ts';
import type { MatchIndexDraft } from './match-index.ts';
import type { MatchedAccount } from './matched-account.ts';
import {
  certainKeyNumber,
  findCandidate,
  indexKeysOfAccount,
  indexKeysOfPerson,
  prepareAccount,
  preparePerson,
} from './matching-model.ts';
import { recordOfAccount, recordOfPerson } from './nhs-rule-set.ts';
import type { StaffPerson } from './staff.ts';
import { withUsualAgreement } from './usual-agreement.ts';

/** Where records come from. Reading again gives what there is then. */
export interface MatchSources {
  /** Everybody, in pieces of any size. */
  people(): AsyncIterable<readonly StaffPerson[]> | Iterable<readonly StaffPerson[]>;
  accounts(): AsyncIterable<readonly MatchedAccount[]> | Iterable<readonly MatchedAccount[]>;
  findPeople(ids: readonly string[]): Promise<ReadonlyMap<string, StaffPerson>>;
  findAccounts(ids: readonly string[]): Promise<ReadonlyMap<string, MatchedAccount>>;
}

/** What a whole run rests on. */
export interface WholeRunInput {
  readonly ruleSet: RuleSet;
  readonly sources: MatchSources;
  /** Gives the model to go by when it is not to be estimated. */
  readonly chooseModel?: (available: {
    readonly certainPairs: number;
    readonly people: number;
  }) => LinkageModel | undefined;
  /** Keeps a model that was estimated; what it returns is gone by. */
  readonly keepModel?: (
    model: LinkageModel,
    from: { readonly provisional: boolean; readonly people: number; readonly accounts: number },
  ) => Promise<LinkageModel>;
  readonly closed: ReadonlySet<string>;
  readonly standing: readonly StandingPair[];
  /** Where keys and candidates are written; without it, nowhere. */
  readonly draft?: Pick<MatchIndexDraft, 'addKeys' | 'addCandidates'>;
  /** Told now and then, so that a lease can be kept. */
  readonly alive?: () => Promise<void>;
}

/** What a whole run came to. Its candidates carry no evidence: that is in the draft. */
export interface WholeRun {
  readonly model: LinkageModel;
  readonly decision: Decision;
  readonly candidates: number;
  readonly people: number;
  readonly accounts: number;
}

/** Certain pairs from which a model can be learnt that is worth keeping. */
export const ENOUGH_CERTAIN_PAIRS = 1_000;
/** Pairs that are read again and compared at a time. */
const PIECE = 4_000;
const NO_EVIDENCE: Candidate['evidence'] = [];

/** Compares everything and takes every decision. */
export async function matchEverything(input: WholeRunInput): Promise<WholeRun> {
  const { sources, closed, standing, draft, alive } = input;
  const rules = compileRules(input.ruleSet);
  const people = createTable(rules);
  const accounts = createTable(rules);
  const certainOfPeople = keyColumn();
  const certainOfAccounts = keyColumn();
  /** Ids of accounts that are nobody's own. Their rows come after those of the others. */
  const nobodys: string[] = [];
  const nobodysKeys: { readonly key: CertainKey; readonly place: number }[] = [];

  for await (const piece of sources.people()) {
    for (const person of piece) {
      const matched = matchedPerson(person);
      if (matched === undefined) continue;
      const row = people.ids.length;
      addRecord(people, recordOfPerson(matched));
      for (const key of keysOfPerson(matched)) certainOfPeople.add(certainKeyNumber(key), row);
    }
    await alive?.();
  }
  for await (const piece of sources.accounts()) {
    for (const account of piece) {
      const keys = keysOfAccount(account);
      if (account.kind === 'USER') {
        const row = accounts.ids.length;
        addRecord(accounts, recordOfAccount(account));
        for (const key of keys) certainOfAccounts.add(certainKeyNumber(key), row);
      } else {
        for (const key of keys) nobodysKeys.push({ key, place: nobodys.length });
        nobodys.push(account.id);
      }
    }
    await alive?.();
  }
  for (const { key, place } of nobodysKeys) {
    certainOfAccounts.add(certainKeyNumber(key), accounts.ids.length + place);
  }

  const certain = joinKeys(certainOfPeople, certainOfAccounts);
  const chosen = input.chooseModel?.({
    certainPairs: certain.alone.length,
    people: people.ids.length,
  });
  const model = chosen ?? (await learnModel(input, { rules, people, accounts, certain }));
  const linkage = compileLinkage(model, rules);
  if (draft !== undefined) await writeKeys(linkage, { sources, draft, alive });

  const found = findPairs(linkage, people, accounts, {
    floor: decisionFloor(model.ruleSet.thresholds),
  });
  const pairs = new Float64Array(certain.pairs.length + found.count);
  pairs.set(certain.pairs);
  for (let at = 0; at < found.count; at += 1) {
    pairs[certain.pairs.length + at] =
      (found.left[at] ?? 0) * ACCOUNT_ROWS + (found.right[at] ?? 0);
  }
  const candidates = await compareAll(linkage, {
    pairs: pairs.sort(),
    people,
    accounts,
    nobodys,
    sources,
    closed,
    draft,
    alive,
  });

  const present = standing.length === 0 ? undefined : presenceOf(people, accounts);
  return {
    model,
    candidates: candidates.length,
    people: people.ids.length,
    accounts: accounts.ids.length + nobodys.length,
    decision: decideMatches({
      candidates,
      standing,
      arePresent: (pair) =>
        present?.staffIds.has(pair.staffId) === true && present.accountIds.has(pair.accountId),
      thresholds: model.ruleSet.thresholds,
    }),
  };
}

const presenceOf = (people: LinkageTable, accounts: LinkageTable) => ({
  staffIds: new Set(people.ids),
  accountIds: new Set(accounts.ids),
});

/** Learns a model from the pairs of which a certain key leads from one to the other alone. */
async function learnModel(
  { keepModel }: WholeRunInput,
  from: {
    readonly rules: ReturnType<typeof compileRules>;
    readonly people: LinkageTable;
    readonly accounts: LinkageTable;
    readonly certain: JoinedKeys;
  },
): Promise<LinkageModel> {
  const { rules, people, accounts, certain } = from;
  const certainPairs = rowsOfPairs(certain.alone);
  const provisional = certainPairs.length < ENOUGH_CERTAIN_PAIRS;
  const learnt = estimateModel(rules, { left: people, right: accounts, certainPairs });
  const model = provisional ? withUsualAgreement(learnt) : learnt;
  return (
    (await keepModel?.(model, {
      provisional,
      people: people.ids.length,
      accounts: accounts.ids.length,
    })) ?? model
  );
}

/** Keys are made from the records anew: by the model, which says which blocks are parted. */
async function writeKeys(
  linkage: Linkage,
  {
    sources,
    draft,
    alive,
  }: {
    readonly sources: MatchSources;
    readonly draft: Pick<MatchIndexDraft, 'addKeys'>;
    readonly alive: WholeRunInput['alive'];
  },
): Promise<void> {
  for await (const piece of sources.people()) {
    const keyed = piece.flatMap((person) => {
      const prepared = preparePerson(linkage, person);
      return prepared === undefined
        ? []
        : [{ id: person.id, keys: indexKeysOfPerson(linkage, prepared) }];
    });
    await draft.addKeys('PERSON', keyed);
    await alive?.();
  }
  for await (const piece of sources.accounts()) {
    const keyed = piece.map((account) => ({
      id: account.id,
      keys: indexKeysOfAccount(linkage, prepareAccount(linkage, account)),
    }));
    await draft.addKeys('ACCOUNT', keyed);
    await alive?.();
  }
}

/** Reads the records of the pairs again, piece by piece, and compares them. */
async function compareAll(
  linkage: Linkage,
  from: {
    /** Sorted; one may be there twice. */
    readonly pairs: Float64Array;
    readonly people: LinkageTable;
    readonly accounts: LinkageTable;
    readonly nobodys: readonly string[];
    readonly sources: MatchSources;
    readonly closed: ReadonlySet<string>;
    readonly draft: WholeRunInput['draft'];
    readonly alive: WholeRunInput['alive'];
  },
): Promise<readonly Candidate[]> {
  const { pairs, people, accounts, nobodys, sources, closed, draft, alive } = from;
  const all: Candidate[] = [];
  for (let begin = 0; begin < pairs.length; begin += PIECE) {
    const piece: { readonly staffId: string; readonly accountId: string }[] = [];
    for (let at = begin; at < Math.min(begin + PIECE, pairs.length); at += 1) {
      const pair = pairs[at] ?? 0;
      if (at > 0 && pairs[at - 1] === pair) continue;
      const row = pair % ACCOUNT_ROWS;
      piece.push({
        staffId: people.ids[Math.floor(pair / ACCOUNT_ROWS)] ?? '',
        accountId: accounts.ids[row] ?? nobodys[row - accounts.ids.length] ?? '',
      });
    }
    const [staff, mailboxes] = await Promise.all([
      sources.findPeople([...new Set(piece.map(({ staffId }) => staffId))]),
      sources.findAccounts([...new Set(piece.map(({ accountId }) => accountId))]),
    ]);
    const found: Candidate[] = [];
    for (const { staffId, accountId } of piece) {
      const source = staff.get(staffId);
      const person = source === undefined ? undefined : preparePerson(linkage, source);
      const account = mailboxes.get(accountId);
      // Whoever has changed or gone meanwhile is noted, and matched after this.
      if (person === undefined || account === undefined) continue;
      const pair = { person, account: prepareAccount(linkage, account) };
      const candidate = findCandidate(linkage, pair, closed);
      if (candidate !== undefined) found.push(candidate);
    }
    await draft?.addCandidates(found);
    for (const candidate of found) all.push({ ...candidate, evidence: NO_EVIDENCE });
    await alive?.();
  }
  return all;
}
