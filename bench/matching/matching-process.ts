/** One measurement, in a process of its own: what it takes is its own. */
import { compileLinkage } from '../../subgraphs/nhsmail/domain/linkage/compile-linkage.ts';
import { compileRules } from '../../subgraphs/nhsmail/domain/linkage/compile-rules.ts';
import { decideColumns } from '../../subgraphs/nhsmail/domain/linkage/decide-pairs.ts';
import { estimateModel } from '../../subgraphs/nhsmail/domain/linkage/estimate-model.ts';
import { findPairs } from '../../subgraphs/nhsmail/domain/linkage/find-pairs.ts';
import { addRecord, createTable } from '../../subgraphs/nhsmail/domain/linkage/linkage-table.ts';
import type { MatchedAccount } from '../../subgraphs/nhsmail/domain/matched-account.ts';
import {
  keysOfAccount,
  keysOfPerson,
  matchedPerson,
} from '../../subgraphs/nhsmail/domain/certain-keys.ts';
import { decisionFloor } from '../../subgraphs/nhsmail/domain/decide-matches.ts';
import {
  joinKeys,
  keyColumn,
  rowsOfPairs,
} from '../../subgraphs/nhsmail/domain/join-certain-keys.ts';
import { certainKeyNumber } from '../../subgraphs/nhsmail/domain/matching-model.ts';
import { matchEverything } from '../../subgraphs/nhsmail/domain/match-everything.ts';
import {
  nhsRuleSet,
  recordOfAccount,
  recordOfPerson,
} from '../../subgraphs/nhsmail/domain/nhs-rule-set.ts';
import type { StaffPerson } from '../../subgraphs/nhsmail/domain/staff.ts';
import { serveParent } from '../child.ts';
import { measureIncrements } from './increments.ts';
import { type NationRecord, nationRecords } from './nation.ts';

/** What to measure. */
export interface MatchingTask {
  readonly what: 'engine' | 'decisions' | 'increments';
  readonly staff: number;
}

/** What the engine took, without drawing the people. */
export interface EngineFigures {
  readonly seconds: number;
  /** Processor time of the same, which others on the machine hardly change. */
  readonly cpuSeconds: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** Records that are drawn before the time for reading them is taken. */
const READ_AT_A_TIME = 1_000;

/** Who has which account, of those who can be matched. */
type Truth = Map<string, string>;

/**
 * All that a whole run does about scores, from reading records to decisions, and the join of certain keys. Drawing the
 * people does not count. The records are decided about by score alone, to see what the scores are worth.
 */
function measureEngine(staff: number): EngineFigures {
  const rules = compileRules(nhsRuleSet);
  const people = createTable(rules);
  const accounts = createTable(rules);
  const keysOfPeople = keyColumn();
  const keysOfAccounts = keyColumn();
  const truth: Truth = new Map();
  const took = { read: 0, join: 0, estimate: 0, find: 0, decide: 0 };
  const cpu = { ...took };
  const timed = <Value>(phase: keyof typeof took, work: () => Value): Value => {
    const begun = performance.now();
    const before = process.cpuUsage();
    const value = work();
    const { user, system } = process.cpuUsage(before);
    took[phase] += performance.now() - begun;
    cpu[phase] += (user + system) / 1000;
    return value;
  };
  let waiting: NationRecord[] = [];
  const readWaiting = (): void => {
    for (const { person, accounts: held } of waiting) {
      const matched = person === undefined ? undefined : matchedPerson(person);
      if (matched !== undefined) {
        for (const key of keysOfPerson(matched)) {
          keysOfPeople.add(certainKeyNumber(key), people.ids.length);
        }
        addRecord(people, recordOfPerson(matched));
      }
      for (const account of held) {
        if (account.kind !== 'USER') continue;
        for (const key of keysOfAccount(account)) {
          keysOfAccounts.add(certainKeyNumber(key), accounts.ids.length);
        }
        addRecord(accounts, recordOfAccount(account));
        if (matched !== undefined) truth.set(account.id, matched.id);
      }
    }
    waiting = [];
  };
  for (const record of nationRecords(staff)) {
    if (waiting.push(record) === READ_AT_A_TIME) timed('read', readWaiting);
  }
  timed('read', readWaiting);
  const certain = timed('join', () => joinKeys(keysOfPeople, keysOfAccounts));
  const model = timed('estimate', () =>
    estimateModel(rules, {
      left: people,
      right: accounts,
      certainPairs: rowsOfPairs(certain.alone),
    }),
  );
  const { thresholds } = model.ruleSet;
  const found = timed('find', () =>
    findPairs(compileLinkage(model, rules), people, accounts, {
      floor: decisionFloor(thresholds),
    }),
  );
  const { links, open } = timed('decide', () =>
    decideColumns({ ...found, lefts: people.ids.length, rights: accounts.ids.length }, thresholds),
  );
  let right = 0;
  for (const at of links) {
    const account = accounts.ids[found.right[at] ?? 0] ?? '';
    if (truth.get(account) === people.ids[found.left[at] ?? 0]) right += 1;
  }
  const reviewed = new Set(Array.from(open, (at) => found.left[at])).size;
  const ms = Object.values(took).reduce((sum, one) => sum + one, 0);
  return {
    seconds: ms / 1000,
    cpuSeconds: Object.values(cpu).reduce((sum, one) => sum + one, 0) / 1000,
    figures: {
      records_per_s: Math.round(((people.ids.length + accounts.ids.length) / ms) * 1000),
      rss_mb: Math.ceil(process.resourceUsage().maxRSS / 1024),
      ...Object.fromEntries(
        Object.entries(cpu).map(([phase, one]) => [`${phase}_cpu_s`, round(one / 1000, 1)]),
      ),
      compared_per_person: round(found.compared / people.ids.length, 1),
      precision_without_certain_keys: round(right / links.length, 6),
      recall_without_certain_keys: round(right / truth.size, 4),
      review_share_without_certain_keys: round(reviewed / people.ids.length, 4),
    },
  };
}

/** As Lanyard decides: certain keys first, then scores. */
async function measureDecisions(staff: number): Promise<Readonly<Record<string, number>>> {
  const people = new Map<string, StaffPerson>();
  const accounts = new Map<string, MatchedAccount>();
  const truth: Truth = new Map();
  for (const { person, accounts: held } of nationRecords(staff)) {
    const matched = person === undefined ? undefined : matchedPerson(person);
    if (matched !== undefined) people.set(matched.id, matched);
    for (const account of held) {
      accounts.set(account.id, account);
      if (matched !== undefined && account.kind === 'USER') truth.set(account.id, matched.id);
    }
  }
  const { decision } = await matchEverything({
    ruleSet: nhsRuleSet,
    sources: {
      people: () => [[...people.values()]],
      accounts: () => [[...accounts.values()]],
      findPeople: (ids) => Promise.resolve(picked(people, ids)),
      findAccounts: (ids) => Promise.resolve(picked(accounts, ids)),
    },
    closed: new Set(),
    standing: [],
  });
  const { links, cases } = decision;
  const right = links.filter(
    ({ candidate }) => truth.get(candidate.accountId) === candidate.staffId,
  ).length;
  const scored = links.filter(({ method }) => method === 'SCORE');
  const rightScored = scored.filter(
    ({ candidate }) => truth.get(candidate.accountId) === candidate.staffId,
  ).length;
  return {
    precision: round(right / links.length, 6),
    recall: round(right / truth.size, 4),
    review_share: round(cases.length / people.size, 4),
    links: links.length,
    links_by_score: scored.length,
    wrong_links_by_score: scored.length - rightScored,
  };
}

const picked = <Item>(
  all: ReadonlyMap<string, Item>,
  ids: readonly string[],
): ReadonlyMap<string, Item> =>
  new Map(
    ids.flatMap((id) => {
      const item = all.get(id);
      return item === undefined ? [] : [[id, item] as const];
    }),
  );

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

const MEASURES = {
  engine: measureEngine,
  decisions: measureDecisions,
  increments: measureIncrements,
} as const;

const { what, staff } = JSON.parse(process.argv[2] ?? '{}') as MatchingTask;
serveParent(await MEASURES[what](staff), () => Promise.resolve());
