/** Runs of matching over what is kept: everything, or what changed; and the brake on a run that would lose links. */
import type { AccountStore, StoredAccount } from './account-store.ts';
import type { ChangeStore } from './change-store.ts';
import type { Candidate } from './compare-pair.ts';
import type { DecidedCase, DecidedLink, Decision, StandingPair } from './decide-matches.ts';
import { compileLinkage, type Linkage } from './linkage/compile-linkage.ts';
import type { LinkLedger } from './link-ledger.ts';
import { type ChangedMatches, matchChanges } from './match-changes.ts';
import { ENOUGH_CERTAIN_PAIRS, matchEverything, type MatchSources } from './match-everything.ts';
import type { MatchIndex, MatchIndexDraft } from './match-index.ts';
import type { Covered, MatchOutcome } from './match-outcome.ts';
import type { MatchCounts, MatchRun } from './match-run.ts';
import type { MatchRunResult, MatchRunStore } from './match-run-store.ts';
import type { MatchedAccount } from './matched-account.ts';
import { nhsRuleSet } from './nhs-rule-set.ts';
import type { PeopleStore } from './people-store.ts';
import { pairKey, planLinks } from './plan-links.ts';
import type { RuleSetStore, StoredModel } from './rule-set-store.ts';
import { standingPair } from './standing-pair.ts';

/** What runs rest on. */
export interface RunParts {
  readonly index: MatchIndex;
  readonly changes: ChangeStore;
  readonly people: Pick<PeopleStore, 'readPages' | 'findByIds' | 'readClosed'>;
  readonly accounts: Pick<AccountStore, 'readAll' | 'findByIds'>;
  readonly links: LinkLedger;
  readonly ruleSets: RuleSetStore;
  readonly runs: MatchRunStore;
  readonly now: () => Date;
}

/** What a run came to. */
export type RunOutcome =
  | { readonly kind: 'done'; readonly result: MatchRunResult }
  /** It would have lost too many links, and wrote nothing: somebody has to look. */
  | { readonly kind: 'stopped'; readonly run: string; readonly result: MatchRunResult }
  /** An earlier run waits for somebody, and until then nothing is matched. */
  | { readonly kind: 'waiting'; readonly run: string }
  /** Another process matches. */
  | { readonly kind: 'busy' }
  /** Nobody to match yet, or nothing changed. */
  | { readonly kind: 'nothing' };

/** Share of all links that a run may lose without somebody looking. */
const BRAKE = 0.005;
/** Links that changes may lose whatever the share is: one person who moved must not stop everything. */
const FEW_LINKS = 10;
/** How long the right to match is held without a sign of life, in seconds. */
const LEASE_SECONDS = 120;
/** Changed records that are matched together. */
const CHANGES = 500;
/** Records for which an outcome is handed to the ledger at a time. */
const PIECE = 2_000;
/** Accounts in one piece, and changed accounts that are noted together. */
const ACCOUNTS = 2_000;
/** Who stands behind the rules that come with Lanyard. */
const LANYARD = 'Lanyard';

/** Compares everything anew, and writes what follows unless the brake holds. */
export function runWhole(parts: RunParts, holder: string): Promise<RunOutcome> {
  return holding(parts.runs, holder, async (alive) => {
    const { version, rules } = await activeRules(parts);
    const last = await parts.runs.findLast();
    const written = await parts.runs.findLastWritten();
    await parts.index.skipAccountChanges();
    const draft = await parts.index.draft();
    const run = await parts.runs.begin('WHOLE', version, parts.now());
    try {
      const { standing, links } = await readStanding(parts);
      const known = await parts.ruleSets.findModel(version);
      let modelId = known?.id ?? 0;
      const whole = await matchEverything({
        ruleSet: rules,
        sources: sourcesOf(parts),
        closed: await parts.people.readClosed(),
        standing,
        draft,
        alive,
        chooseModel: ({ certainPairs, people }) =>
          known === undefined ||
          (known.provisional && (certainPairs >= ENOUGH_CERTAIN_PAIRS || people > 2 * known.people))
            ? undefined
            : known.model,
        keepModel: async (model, from) => {
          const stored = await parts.ruleSets.saveModel({ version, model, ...from }, parts.now());
          modelId = stored.id;
          return stored.model;
        },
      });
      const { decision } = whole;
      const counts = countOutcome(decision, standing);
      // Links that give access stand whatever changes. Other rules that would not make them are for somebody to look at.
      const newly =
        written === undefined || written.ruleSet === version
          ? 0
          : Math.max(0, decision.unsupported.length - written.unsupported);
      const lost = decision.withdrawn.length + newly;
      const result = {
        ...counts,
        modelId,
        lost,
        people: whole.people,
        accounts: whole.accounts,
        linksBefore: links,
        unsupported: decision.unsupported.length,
      };
      if (lost > allowedLoss(links, last)) {
        await draft.discard();
        const stopped = { ...result, state: 'STOPPED' as const };
        await parts.runs.finish(run, stopped, parts.now());
        return { kind: 'stopped', run, result: stopped };
      }
      await draft.complete();
      await applyAll(parts, { decision, standing, draft, run, version, alive });
      await draft.publish({ modelId, run });
      const done = { ...result, state: 'DONE' as const };
      await parts.runs.finish(run, done, parts.now());
      return { kind: 'done', result: done };
    } catch (error) {
      await parts.runs.finish(run, FAILED, parts.now()).catch(() => undefined);
      throw error;
    }
  });
}

/** Matches records that changed, the oldest change first, until none is left. */
export async function runChanges(
  parts: Pick<RunParts, 'changes' | 'runs' | 'now'>,
  holder: string,
  ready: ReadyModels,
): Promise<RunOutcome> {
  const limits = { seconds: LEASE_SECONDS, records: CHANGES, accounts: ACCOUNTS };
  let result: MatchRunResult | undefined;
  let isHeld = false;
  try {
    for (;;) {
      const changes = await parts.changes.take(holder, limits);
      if (changes === undefined) {
        if (isHeld) throw new MatchingInterrupted();
        return { kind: 'busy' };
      }
      isHeld = true;
      const { matchedWith, last, noted } = changes;
      if (matchedWith === undefined) return { kind: 'nothing' };
      if (last?.state === 'STOPPED') return { kind: 'waiting', run: last.id };
      if (noted.length === 0) break;
      const { linkage, version } = await ready.get(matchedWith.modelId);
      const changed = await matchChanges(linkage, changes, parts.changes);
      const linksBefore = last?.linksBefore ?? 0;
      const here = {
        ...countOutcome(changed.decision, changed.standing),
        people: changed.covered.staffIds.size,
        accounts: changed.covered.accountIds.size,
        linksBefore,
        unsupported: changed.decision.unsupported.length,
        modelId: matchedWith.modelId,
      };
      // What one piece may lose, all pieces together may: a bad import changes many records.
      const lostSoFar = (result?.lost ?? 0) + here.lost;
      if (lostSoFar > Math.max(FEW_LINKS, allowedLoss(linksBefore, last))) {
        const run = await parts.runs.begin('CHANGES', version, parts.now());
        const stopped = { ...here, state: 'STOPPED' as const };
        await parts.runs.finish(run, stopped, parts.now());
        return { kind: 'stopped', run, result: stopped };
      }
      result = added(result, { ...here, state: 'DONE' as const });
      const usesUp = last?.state === 'CONFIRMED';
      const isEnd = noted.length < CHANGES;
      const outcome = outcomeOf(changed);
      const isWritten = await parts.changes.write(
        { noted, ...changed.kept, ...(isKnown(outcome, changed) ? {} : { outcome }) },
        {
          holder,
          isLast: isEnd && !usesUp,
          run: matchedWith.run,
          ruleSet: version,
          at: parts.now(),
        },
      );
      if (!isWritten) throw new MatchingInterrupted();
      isHeld = !isEnd || usesUp;
      if (!isEnd) continue;
      if (usesUp) {
        // What somebody allowed is used up.
        const run = await parts.runs.begin('CHANGES', version, parts.now());
        await parts.runs.finish(run, result, parts.now());
      }
      break;
    }
    return result === undefined ? { kind: 'nothing' } : { kind: 'done', result };
  } finally {
    if (isHeld) await parts.runs.release(holder).catch(() => undefined);
  }
}

/** Whether the ledger says already what it would be told. */
const isKnown = (
  outcome: MatchOutcome,
  { statements, haveCases }: Pick<ChangedMatches, 'statements' | 'haveCases'>,
): boolean => {
  if (haveCases || outcome.cases.length > 0) return false;
  const { superseded, added, contradictions } = planLinks(outcome, statements);
  return superseded.length + added.length + contradictions.length === 0;
};

/** Whether everything has to be compared before changes can be: no model yet, other rules, or too much that is new. */
export async function isWholeRunDue(
  parts: RunParts,
  ready: ReadyModels,
  { wholeEveryMs }: { readonly wholeEveryMs: number },
): Promise<boolean> {
  const [matchedWith, last] = await Promise.all([
    parts.index.readMatchedWith(),
    parts.runs.findLast(),
  ]);
  const { version } = await activeRules(parts);
  if (last?.state === 'CONFIRMED' && last.kind === 'WHOLE') return true;
  if (last?.state === 'STOPPED' && last.ruleSet === version) {
    return parts.now().getTime() - last.startedAt.getTime() >= wholeEveryMs;
  }
  if (matchedWith === undefined) return true;
  const model = await ready.get(matchedWith.modelId);
  if (model.version !== version) return true;
  if (parts.now().getTime() - matchedWith.at.getTime() >= wholeEveryMs) return true;
  return (await parts.index.countNoted()) > (model.people + model.accounts) / 2;
}

/** The rules of now; those that come with Lanyard, when there are none. */
export async function activeRules({ ruleSets, now }: Pick<RunParts, 'ruleSets' | 'now'>): Promise<{
  readonly version: number;
  readonly rules: typeof nhsRuleSet;
}> {
  const active = await ruleSets.findActive();
  if (active !== undefined) return active;
  const version = await ruleSets.add(nhsRuleSet, LANYARD, now());
  await ruleSets.act(version, 'PROPOSED', { name: LANYARD, at: now() });
  await ruleSets.act(version, 'APPROVED', { name: `${LANYARD}, with its rules`, at: now() });
  return { version, rules: { ...nhsRuleSet, version } };
}

/** A model that is ready: reading it and making it so takes longer than matching a change by it. */
export interface ReadyModel extends Pick<StoredModel, 'id' | 'version' | 'people' | 'accounts'> {
  readonly linkage: Linkage;
}

/** Models that are ready, by id. */
export interface ReadyModels {
  readonly get: (id: number) => Promise<ReadyModel>;
}

/** Keeps the model that was used last: models never change. */
export function readyModels(ruleSets: Pick<RuleSetStore, 'readModel'>): ReadyModels {
  let kept: ReadyModel | undefined;
  return {
    get: async (id) => {
      if (kept?.id !== id) {
        const { model, version, people, accounts } = await ruleSets.readModel(id);
        kept = { id, version, people, accounts, linkage: compileLinkage(model) };
      }
      return kept;
    },
  };
}

/** Where a whole run reads. */
export const sourcesOf = (parts: {
  readonly people: Pick<PeopleStore, 'readPages' | 'findByIds'>;
  readonly accounts: Pick<AccountStore, 'readAll' | 'findByIds'>;
}): MatchSources => ({
  people: () => parts.people.readPages(),
  accounts: () => pagesOf(parts.accounts.readAll()),
  findPeople: (ids) => parts.people.findByIds(ids),
  findAccounts: findAccounts(parts),
});

const findAccounts =
  ({ accounts }: { readonly accounts: Pick<AccountStore, 'findByIds'> }) =>
  async (ids: readonly string[]): Promise<ReadonlyMap<string, MatchedAccount>> => {
    const found = await accounts.findByIds(ids);
    return new Map([...found].filter(([, { goneAt }]) => goneAt === undefined));
  };

async function* pagesOf(
  accounts: AsyncIterable<StoredAccount>,
): AsyncGenerator<readonly MatchedAccount[]> {
  let page: MatchedAccount[] = [];
  for await (const account of accounts) {
    if (account.goneAt !== undefined) continue;
    page.push(account);
    if (page.length === ACCOUNTS) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

/** Everything that holds, and how many links there are. */
export async function readStanding({
  links,
}: {
  readonly links: Pick<LinkLedger, 'readStanding'>;
}): Promise<{
  readonly standing: readonly StandingPair[];
  readonly links: number;
}> {
  const standing: StandingPair[] = [];
  for await (const statement of links.readStanding()) standing.push(standingPair(statement));
  return { standing, links: standing.filter(({ kind }) => kind !== 'REJECTED').length };
}

/** Does the work of one process at a time. */
async function holding(
  runs: MatchRunStore,
  holder: string,
  work: (alive: () => Promise<void>) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  if (!(await runs.hold(holder, LEASE_SECONDS))) return { kind: 'busy' };
  let held = Date.now();
  try {
    return await work(async () => {
      if (Date.now() - held < (LEASE_SECONDS * 1_000) / 4) return;
      if (!(await runs.hold(holder, LEASE_SECONDS))) throw new MatchingInterrupted();
      held = Date.now();
    });
  } finally {
    await runs.release(holder).catch(() => undefined);
  }
}

/** Another process took over, because this one gave no sign of life. */
class MatchingInterrupted extends Error {
  override readonly name = 'MatchingInterrupted';
  readonly code = 'matching_interrupted';
}

/** A run that somebody let go on may lose what it said it would, and as much more as any other. */
const allowedLoss = (links: number, last: Pick<MatchRun, 'state' | 'lost'> | undefined): number =>
  BRAKE * links + (last?.state === 'CONFIRMED' ? last.lost : 0);

/** Hands a whole decision to the ledger, piece by piece; what is known already is left out. */
async function applyAll(
  { links, now }: RunParts,
  whole: {
    readonly decision: Decision;
    readonly standing: readonly StandingPair[];
    readonly draft: MatchIndexDraft;
    readonly run: string;
    readonly version: number;
    readonly alive: () => Promise<void>;
  },
): Promise<void> {
  const { decision, standing, draft, run, version, alive } = whole;
  const by = () => ({ run, ruleSet: version, at: now() });
  const known = new Map(standing.map((pair) => [pairKey(pair), pair]));
  const news = decision.links.filter(({ candidate, method }) => {
    const before = known.get(pairKey(candidate));
    if (before === undefined) return true;
    return before.odsCode !== candidate.odsCode || (before.kind === 'LIKELY' && method !== 'SCORE');
  });
  const owners = new Map(
    standing.flatMap(({ kind, accountId, staffId }) =>
      kind === 'ACCESS' ? [[accountId, staffId] as const] : [],
    ),
  );
  const isContradiction = ({ candidate }: DecidedLink): boolean => {
    const owner = owners.get(candidate.accountId);
    return owner !== undefined && owner !== candidate.staffId;
  };
  const none = { links: [], cases: [], withdrawn: [] };
  const nobody: Covered = { kind: 'records', staffIds: new Set(), accountIds: new Set() };
  for (const withdrawn of pieces(decision.withdrawn)) {
    await links.apply({ ...none, covered: nobody, withdrawn }, by());
    await alive();
  }
  for (const piece of pieces(news.filter((link) => !isContradiction(link)))) {
    const evidence = await evidenceOf(
      draft,
      piece.map(({ candidate }) => candidate),
    );
    await links.apply(
      { ...none, covered: nobody, links: piece.map((link) => proposedLink(link, evidence)) },
      by(),
    );
    await alive();
  }
  // One outcome, for cases that no longer hold are those that are not in it. The ledger makes cases of contradictions.
  const contradictions = news.filter(isContradiction);
  const said = await evidenceOf(
    draft,
    contradictions.map(({ candidate }) => candidate),
  );
  const cases: ReturnType<typeof proposedCase>[] = [];
  for (const piece of pieces(decision.cases)) {
    const evidence = await evidenceOf(
      draft,
      piece.flatMap(({ candidates }) => candidates),
    );
    cases.push(...piece.map((one) => proposedCase(one, evidence)));
    await alive();
  }
  await links.apply(
    {
      covered: { kind: 'everything' },
      links: contradictions.map((link) => proposedLink(link, said)),
      cases,
      withdrawn: [],
    },
    by(),
  );
}

const pieces = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / PIECE) }, (_, index) =>
    items.slice(index * PIECE, (index + 1) * PIECE),
  );

type Evidence = ReadonlyMap<string, Candidate['evidence']>;

async function evidenceOf(
  draft: MatchIndexDraft,
  candidates: readonly Candidate[],
): Promise<Evidence> {
  const staffIds = new Set(candidates.map(({ staffId }) => staffId));
  const found = await draft.findCandidates({ staffIds, accountIds: [] });
  return new Map(found.map((candidate) => [pairKey(candidate), candidate.evidence]));
}

/** What the ledger is told of a piece of changes. */
export const outcomeOf = ({ covered, decision }: ChangedMatches): MatchOutcome => ({
  covered,
  links: decision.links.map((link) => proposedLink(link)),
  cases: decision.cases.map((one) => proposedCase(one)),
  withdrawn: decision.withdrawn,
});

const proposedLink = (
  { candidate, method }: DecidedLink,
  evidence?: Evidence,
): MatchOutcome['links'][number] => ({
  staffId: candidate.staffId,
  accountId: candidate.accountId,
  odsCode: candidate.odsCode,
  method,
  ...bitsOf(candidate),
  evidence: evidence?.get(pairKey(candidate)) ?? candidate.evidence,
});

const proposedCase = (
  { candidates, ...rest }: DecidedCase,
  evidence?: Evidence,
): MatchOutcome['cases'][number] => ({
  ...rest,
  candidates: candidates.map((candidate) => ({
    staffId: candidate.staffId,
    accountId: candidate.accountId,
    ...(candidate.odsCode === undefined ? {} : { odsCode: candidate.odsCode }),
    ...bitsOf(candidate),
    evidence: evidence?.get(pairKey(candidate)) ?? candidate.evidence,
  })),
});

const bitsOf = ({ bits }: Candidate): { readonly bits?: number } =>
  Number.isFinite(bits) ? { bits } : {};

/** What a decision would change, at every organisation and at all of them. */
export function countOutcome(
  { links, cases, withdrawn, unsupported }: Decision,
  standing: readonly StandingPair[],
): MatchCounts & { readonly organisations: Readonly<Record<string, MatchCounts>> } {
  const known = new Set(
    standing.filter(({ kind }) => kind !== 'REJECTED').map((pair) => pairKey(pair)),
  );
  const places = new Map<string, { linked: number; lost: number; queued: number }>();
  const count = (odsCode: string | undefined, what: 'linked' | 'lost' | 'queued'): void => {
    const place = odsCode ?? 'NONE';
    const counts = places.get(place) ?? { linked: 0, lost: 0, queued: 0 };
    counts[what] += 1;
    places.set(place, counts);
  };
  for (const { candidate } of links) {
    if (!known.has(pairKey(candidate))) count(candidate.odsCode, 'linked');
  }
  for (const { odsCode } of [...withdrawn, ...unsupported]) count(odsCode, 'lost');
  for (const { odsCode } of cases) count(odsCode, 'queued');
  const total = (what: 'linked' | 'lost' | 'queued'): number =>
    [...places.values()].reduce((sum, counts) => sum + counts[what], 0);
  return {
    linked: total('linked'),
    lost: total('lost'),
    queued: total('queued'),
    organisations: Object.fromEntries([...places].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** What pieces of one run came to together. */
function added(sum: MatchRunResult | undefined, piece: MatchRunResult): MatchRunResult {
  if (sum === undefined) return piece;
  return {
    ...piece,
    linked: sum.linked + piece.linked,
    lost: sum.lost + piece.lost,
    queued: sum.queued + piece.queued,
    people: sum.people + piece.people,
    accounts: sum.accounts + piece.accounts,
    unsupported: sum.unsupported + piece.unsupported,
  };
}

const FAILED: MatchRunResult = {
  state: 'FAILED',
  linked: 0,
  lost: 0,
  queued: 0,
  people: 0,
  accounts: 0,
  linksBefore: 0,
  unsupported: 0,
  organisations: {},
};
