/** One measurement, in a process of its own: what it takes is its own. */
import { compileLinkage } from '../../subgraphs/nhsmail/domain/linkage/compile-linkage.ts';
import { compileRules } from '../../subgraphs/nhsmail/domain/linkage/compile-rules.ts';
import { decidePairs } from '../../subgraphs/nhsmail/domain/linkage/decide-pairs.ts';
import { estimateModel } from '../../subgraphs/nhsmail/domain/linkage/estimate-model.ts';
import { findPairs, namedPairs } from '../../subgraphs/nhsmail/domain/linkage/find-pairs.ts';
import { addRecord, createTable } from '../../subgraphs/nhsmail/domain/linkage/linkage-table.ts';
import type { MatchedAccount } from '../../subgraphs/nhsmail/domain/matched-account.ts';
import { matchedPerson } from '../../subgraphs/nhsmail/domain/certain-keys.ts';
import { matchEverything } from '../../subgraphs/nhsmail/domain/match-everything.ts';
import {
  nhsRuleSet,
  recordOfAccount,
  recordOfPerson,
} from '../../subgraphs/nhsmail/domain/nhs-rule-set.ts';
import type { StaffPerson } from '../../subgraphs/nhsmail/domain/staff.ts';
import { serveParent } from '../child.ts';
import { measureIncrements } from './increments.ts';
import { nationRecords } from './nation.ts';

/** What to measure. */
export interface MatchingTask {
  readonly what: 'engine' | 'decisions' | 'increments';
  readonly staff: number;
}

/** What the engine took, without drawing the people and learning the model. */
export interface EngineFigures {
  readonly seconds: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** Who has which account, of those who can be matched. */
type Truth = Map<string, string>;

/** By score alone, from reading records to decisions: what a whole run by a stored model does. */
function measureEngine(staff: number): EngineFigures {
  const rules = compileRules(nhsRuleSet);
  const people = createTable(rules);
  const accounts = createTable(rules);
  const truth: Truth = new Map();
  const certain: (readonly [string, string])[] = [];
  let ms = 0;
  const timed = <Value>(work: () => Value): Value => {
    const begun = performance.now();
    const value = work();
    ms += performance.now() - begun;
    return value;
  };
  for (const { person, accounts: held } of nationRecords(staff)) {
    const matched = person === undefined ? undefined : matchedPerson(person);
    if (matched !== undefined) {
      timed(() => {
        addRecord(people, recordOfPerson(matched));
      });
    }
    for (const account of held) {
      if (account.kind !== 'USER') continue;
      timed(() => {
        addRecord(accounts, recordOfAccount(account));
      });
      if (matched === undefined) continue;
      truth.set(account.id, matched.id);
      if (matched.workEmail === account.mail) certain.push([matched.id, account.id]);
    }
  }
  const learning = performance.now();
  const model = estimateModel(rules, { left: people, right: accounts, certainPairs: certain });
  const learnt = performance.now() - learning;
  const { thresholds } = model.ruleSet;
  const { links, open } = timed(() => {
    const linkage = compileLinkage(model, rules);
    const floor = Math.min(thresholds.review, thresholds.link - thresholds.margin);
    const found = findPairs(linkage, people, accounts, { floor });
    return decidePairs([...namedPairs(found, people, accounts)], thresholds);
  });
  const right = links.filter((link) => truth.get(link.right) === link.left).length;
  return {
    seconds: ms / 1000,
    figures: {
      records_per_s: Math.round(((people.ids.length + accounts.ids.length) / ms) * 1000),
      rss_mb: Math.ceil(process.resourceUsage().maxRSS / 1024),
      estimate_s: round(learnt / 1000, 1),
      precision_without_certain_keys: round(right / links.length, 6),
      recall_without_certain_keys: round(right / truth.size, 4),
      review_share_without_certain_keys: round(open.length / people.ids.length, 4),
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
