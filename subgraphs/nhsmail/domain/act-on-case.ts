/** What people do about cases: taking them, handing them over, deciding, approving and taking back. Each may be repeated. */
import { createHash } from 'node:crypto';

import type { CaseCandidate, MadeDecision, MatchingCase } from './cases.ts';
import type {
  CaseAction,
  CaseActor,
  CaseChange,
  CaseDesk,
  CaseRecords,
  NewCaseAct,
  PassportHolders,
} from './case-ports.ts';
import { givesAccess, type LinkStatement, type Pair } from './links.ts';
import { type DecisionPlan, planDecision, planUndo } from './plan-decision.ts';
import { pairKey } from './plan-links.ts';

/** Why something was not done, and which part of the input is to blame. */
export interface CaseRefusal {
  readonly kind: 'refused';
  readonly code:
    | 'INVALID_VALUE'
    | 'NOT_FOUND'
    | 'IDEMPOTENCY_KEY_REUSED'
    | 'RESOURCE_VERSION_MISMATCH'
    | 'STATE_CHANGE_NOT_ALLOWED'
    | 'SECOND_PERSON_REQUIRED'
    | 'OWN_RECORD'
    | 'OTHER_ORGANISATION'
    | 'CHANGED_SINCE'
    | 'TOO_LATE';
  readonly field: string;
}

/** What came of it. */
export type CaseOutcome = MatchingCase | CaseRefusal;

/** What acting needs. */
export interface CaseParts {
  readonly desk: CaseDesk;
  readonly passports: PassportHolders;
  readonly now: Date;
  /** Told when it could not be asked who holds a passport: then everybody counts as holding one. */
  readonly passportsUnknown: (error: unknown) => void;
}

/** One act of one person. */
export interface Acting {
  readonly idempotencyKey: string;
  readonly by: CaseActor;
}

/** One act on one case. */
export interface OnCase extends Acting {
  readonly caseId: string;
  /** The version that the person has seen. */
  readonly expectedVersion: number;
}

/** One act on one link. */
export interface OnLink extends Acting {
  readonly linkId: string;
  readonly reason: string;
}

/** How long a decision can be taken back, in milliseconds: 30 days. */
const UNDO_MS = 30 * 86_400_000;
/** How often the graph is asked about further people before everybody counts as holding a passport. */
const QUESTIONS = 3;

const refused = (code: CaseRefusal['code'], field: string): CaseRefusal => ({
  kind: 'refused',
  code,
  field,
});

/** Takes a case, gives it back (`undefined`), or gives it to a colleague. */
export const assignCase = (
  request: OnCase & { readonly assignTo: string | undefined },
  parts: CaseParts,
): Promise<CaseOutcome> =>
  actOn(
    request,
    'ASSIGN',
    { assignTo: request.assignTo ?? null },
    parts,
    async (found, act, records) => {
      if (!isUndecided(found)) return refused('STATE_CHANGE_NOT_ALLOWED', 'caseId');
      const { assignTo, by } = request;
      const isColleague =
        assignTo === undefined ||
        assignTo === by.staffId ||
        (await records.worksAt(assignTo, by.odsCode));
      if (!isColleague) return refused('NOT_FOUND', 'assignTo');
      const state = assignTo === undefined ? 'OPEN' : 'ASSIGNED';
      return records.write(found, { state, assignedTo: assignTo ?? null }, act);
    },
  );

/**
 * Gives a case to the managers of the same organisation, or to another organisation that one of its candidates has to do
 * with.
 */
export const handOverCase = (
  request: OnCase & { readonly toOdsCode: string | undefined; readonly reason: string },
  parts: CaseParts,
): Promise<CaseOutcome> =>
  actOn(
    request,
    'HAND_OVER',
    { toOdsCode: request.toOdsCode ?? null, reason: request.reason },
    parts,
    async (found, act, records) => {
      if (!isUndecided(found)) return refused('STATE_CHANGE_NOT_ALLOWED', 'caseId');
      const { toOdsCode = request.by.odsCode } = request;
      if (toOdsCode !== request.by.odsCode && !(await concerns(found, toOdsCode, records))) {
        return refused('OTHER_ORGANISATION', 'toOdsCode');
      }
      const handedFrom =
        toOdsCode === request.by.odsCode
          ? found.handedFrom
          : [...new Set([...found.handedFrom, request.by.odsCode])];
      return records.write(
        found,
        { state: 'HANDED_OVER', odsCode: toOdsCode, handedFrom, assignedTo: null },
        act,
      );
    },
  );

/**
 * Decides a case. When somebody with a live passport gains or loses access by it, the decision waits for a second
 * person.
 *
 * @param request `pairs`: which candidates it is about. For SAME_PERSON one; for DIFFERENT_PEOPLE those that are not
 *   linked, when it is left out.
 */
export const decideCase = (
  request: OnCase & {
    readonly decision: 'SAME_PERSON' | 'DIFFERENT_PEOPLE';
    readonly pairs: readonly Pair[] | undefined;
    readonly reason: string;
  },
  parts: CaseParts,
): Promise<CaseOutcome> => {
  const { decision, pairs, reason, by } = request;
  const said = { decision, pairs: pairs ?? null, reason };
  return withHolders(parts, (holds) =>
    actOn(request, 'DECIDE', said, parts, async (found, act, records) => {
      if (!isUndecided(found)) return refused('STATE_CHANGE_NOT_ALLOWED', 'caseId');
      const current = await records.findCurrent(accountsOf(found.candidates));
      const candidates = await whereTheyAre(found.candidates, records);
      const chosen = chooseCandidates({ ...found, candidates }, decision, pairs, current);
      if ('kind' in chosen) return chosen;
      const plan = planDecision(decision, chosen, current, { ...by, reason });
      return conclude({ found, act, records, plan, holds, decision, pairs: chosen.map(pairOf) });
    }),
  );
};

/** Says, as the second person, that a decision is right, or that it is not. */
export const approveCase = (
  request: OnCase & { readonly approve: boolean; readonly reason: string },
  parts: CaseParts,
): Promise<CaseOutcome> =>
  actOn(
    request,
    request.approve ? 'APPROVE' : 'REFUSE',
    { reason: request.reason },
    parts,
    async (found, act, records) => {
      const { decision } = found;
      if (found.state !== 'AWAITING_SECOND_PERSON' || decision === undefined) {
        return refused('STATE_CHANGE_NOT_ALLOWED', 'caseId');
      }
      if (!request.approve) return records.write(found, refusedDecision(decision), act);
      if (decision.by === request.by.staffId) return refused('SECOND_PERSON_REQUIRED', 'caseId');
      const plan = await planAgain(found, decision, records);
      if (plan === undefined) return refused('CHANGED_SINCE', 'caseId');
      if (isAbout(request.by, decision.pairs, plan)) return refused('OWN_RECORD', 'caseId');
      const closing = await concluded(found, decision, records, parts.now);
      return records.write(found, closing, act, plan);
    },
  );

/** Takes a decision back, within 30 days: everything is again what it was before, and the case is open. */
export const undoCase = (
  request: OnCase & { readonly reason: string },
  parts: CaseParts,
): Promise<CaseOutcome> =>
  withHolders(parts, (holds) =>
    actOn(request, 'UNDO', { reason: request.reason }, parts, async (found, act, records) => {
      const { decision, closedAt } = found;
      if (found.state !== 'RESOLVED' || decision === undefined || closedAt === undefined) {
        return refused('STATE_CHANGE_NOT_ALLOWED', 'caseId');
      }
      if (parts.now.getTime() - closedAt.getTime() > UNDO_MS) return refused('TOO_LATE', 'caseId');
      const plan = await planTakingBack(found, records);
      if (plan === undefined) return refused('CHANGED_SINCE', 'caseId');
      return conclude({
        found,
        act,
        records,
        plan,
        holds,
        decision: 'UNDO',
        pairs: decision.pairs,
      });
    }),
  );

/**
 * Disputes links of one person: they end, and the accounts become another's when one is named. Each is a case of its own,
 * decided at once.
 *
 * @param request `toStaffId`: whose account it is; somebody who works at the caller's organisation
 */
export const disputeLink = (
  request: OnLink & { readonly toStaffId: string | undefined },
  parts: CaseParts,
): Promise<CaseOutcome> => {
  const { by, linkId, toStaffId, reason } = request;
  const said = { linkId, toStaffId: toStaffId ?? null, reason };
  return decideLink(request, said, parts, async (link, records) => {
    if (toStaffId === link.staffId) return refused('INVALID_VALUE', 'toStaffId');
    if (toStaffId !== undefined && !(await records.worksAt(toStaffId, by.odsCode))) {
      return refused('NOT_FOUND', 'toStaffId');
    }
    const mine = candidateOf(link, by);
    const dispute = { queue: 'LINK_DISPUTED', because: 'DISPUTED_BY_A_PERSON' } as const;
    if (toStaffId === undefined) {
      return { ...dispute, decision: 'DIFFERENT_PEOPLE', about: mine, candidates: [mine] };
    }
    const { accountId } = link;
    const theirs = { staffId: toStaffId, accountId, odsCode: by.odsCode, evidence: [] };
    return { ...dispute, decision: 'SAME_PERSON', about: theirs, candidates: [theirs, mine] };
  });
};

/** Confirms a likely link: from then on it gives access. It is a case of its own, decided at once. */
export const confirmLink = (request: OnLink, parts: CaseParts): Promise<CaseOutcome> => {
  const { by, linkId, reason } = request;
  return decideLink(request, { linkId, confirms: true, reason }, parts, (link) => {
    if (link.assurance !== 'LIKELY') return refused('STATE_CHANGE_NOT_ALLOWED', 'linkId');
    const about = candidateOf(link, by);
    return {
      queue: 'LIKELY_LINK',
      because: 'CONFIRMED_BY_A_PERSON',
      decision: 'SAME_PERSON',
      about,
      candidates: [about],
    };
  });
};

/** A decision about a link, and the case that it is written down in. */
interface LinkDecision extends Pick<MatchingCase, 'queue' | 'because' | 'candidates'> {
  readonly decision: 'SAME_PERSON' | 'DIFFERENT_PEOPLE';
  readonly about: CaseCandidate;
}

/** Opens a case about a link of the caller's organisation and decides it, unless a second person has to agree. */
const decideLink = (
  request: OnLink,
  said: NewCaseAct['said'],
  parts: CaseParts,
  work: (
    link: LinkStatement,
    records: CaseRecords,
  ) => LinkDecision | CaseRefusal | Promise<LinkDecision | CaseRefusal>,
): Promise<CaseOutcome> => {
  const { by, linkId, reason } = request;
  const act = actOf('DECIDE', request, parts.now, said, reason);
  return withHolders(parts, (holds) =>
    parts.desk.inTransaction(async (records) => {
      const repeat = await records.findRepeat(act);
      if (repeat === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
      if (repeat !== undefined) return repeat;
      const found = await records.findLink(linkId);
      const [link] = found === undefined ? [] : await whereTheyAre([found], records);
      // An account that moved is no longer its former organisation's to give away.
      if (link?.odsCode !== by.odsCode) return refused('NOT_FOUND', 'linkId');
      const wanted = await work(link, records);
      if ('kind' in wanted) return wanted;
      const { decision, about, ...opened } = wanted;
      const { staffId, accountId, odsCode } = link;
      const current = await records.findCurrent([accountId]);
      const plan = planDecision(decision, [about], current, { ...by, reason });
      // Whether it may be done and whom to ask comes before a case is opened.
      const waits = holds(plan);
      if (isAbout(by, opened.candidates, plan)) return refused('OWN_RECORD', 'linkId');
      const one = await records.open({ ...opened, staffId, accountId, odsCode }, parts.now);
      if (!isUndecided(one)) return refused('STATE_CHANGE_NOT_ALLOWED', 'linkId');
      return conclude({
        found: one,
        act,
        records,
        plan,
        holds: () => waits,
        decision,
        pairs: [pairOf(about)],
      });
    }),
  );
};

const candidateOf = (link: LinkStatement, { odsCode }: CaseActor): CaseCandidate => ({
  ...pairOf(link),
  odsCode,
  ...(link.bits === undefined ? {} : { bits: link.bits }),
  evidence: link.evidence,
});

const isUndecided = ({ state }: MatchingCase): boolean =>
  state === 'OPEN' || state === 'ASSIGNED' || state === 'HANDED_OVER';

const pairOf = ({ staffId, accountId }: Pair): Pair => ({ staffId, accountId });

const accountsOf = (pairs: readonly Pair[]): readonly string[] => [
  ...new Set(pairs.map(({ accountId }) => accountId)),
];

/** Whether an organisation has to do with a candidate: its account, or somebody who works there. */
async function concerns(
  { candidates, staffId }: MatchingCase,
  odsCode: string,
  records: CaseRecords,
): Promise<boolean> {
  if (candidates.some((candidate) => candidate.odsCode === odsCode)) return true;
  const people = new Set(candidates.map((candidate) => candidate.staffId));
  for (const id of staffId === undefined ? people : people.add(staffId)) {
    if (await records.worksAt(id, odsCode)) return true;
  }
  return false;
}

/** The same with the organisations of now: an account may have moved since it was written down. */
async function whereTheyAre<One extends Pair & { readonly odsCode?: string | undefined }>(
  some: readonly One[],
  records: CaseRecords,
): Promise<readonly One[]> {
  const places = await records.findPlaces(accountsOf(some));
  return some.map((one) =>
    places.has(one.accountId) ? { ...one, odsCode: places.get(one.accountId) } : one,
  );
}

/** Whose accounts those who decide a case may speak of: their own, those of who handed it over, and nobody's. */
const withinCase = ({ odsCode, handedFrom }: MatchingCase): ReadonlySet<string | undefined> =>
  new Set([odsCode, ...handedFrom, undefined]);

/** The candidates that a decision is about, of the organisation that decides or of one that handed the case over. */
function chooseCandidates(
  found: MatchingCase,
  decision: 'SAME_PERSON' | 'DIFFERENT_PEOPLE',
  pairs: readonly Pair[] | undefined,
  current: readonly LinkStatement[],
): readonly CaseCandidate[] | CaseRefusal {
  const { candidates } = found;
  const linked = new Set(current.filter(givesAccess).map(pairKey));
  const wanted = pairs === undefined ? undefined : new Set(pairs.map((pair) => pairKey(pair)));
  const chosen = candidates.filter((candidate) =>
    wanted === undefined
      ? decision === 'SAME_PERSON' || !linked.has(pairKey(candidate))
      : wanted.has(pairKey(candidate)),
  );
  if (wanted !== undefined && chosen.length !== wanted.size) return refused('NOT_FOUND', 'pairs');
  // One account is one person's; and who has two accounts has two cases.
  if (decision === 'SAME_PERSON' && chosen.length !== 1) return refused('INVALID_VALUE', 'pairs');
  // An account that belongs to nobody, a person who has none: that is said of the case as a whole.
  if (chosen.length === 0 && candidates.length > 0) return refused('INVALID_VALUE', 'pairs');
  const within = withinCase(found);
  return chosen.every((candidate) => within.has(candidate.odsCode))
    ? chosen
    : refused('OTHER_ORGANISATION', 'pairs');
}

/** Nobody decides about their own record. */
const isAbout = (
  { staffId }: CaseActor,
  pairs: readonly Pair[],
  { affected }: DecisionPlan,
): boolean => affected.includes(staffId) || pairs.some((pair) => pair.staffId === staffId);

/** Writes a decision, or lets it wait for a second person. */
async function conclude({
  found,
  act,
  records,
  plan,
  holds,
  decision,
  pairs,
}: {
  readonly found: MatchingCase;
  readonly act: NewCaseAct;
  readonly records: CaseRecords;
  readonly plan: DecisionPlan;
  readonly holds: (plan: DecisionPlan) => boolean;
  readonly decision: MadeDecision['decision'];
  readonly pairs: readonly Pair[];
}): Promise<CaseOutcome> {
  if (isAbout(act.by, pairs, plan)) return refused('OWN_RECORD', 'caseId');
  const made: MadeDecision = {
    decision,
    pairs,
    by: act.by.staffId,
    odsCode: act.by.odsCode,
    at: act.at,
    reason: act.reason ?? '',
    ...(found.decision === undefined || found.closedAt === undefined
      ? {}
      : { undoes: { decision: found.decision, closedAt: found.closedAt } }),
  };
  if (holds(plan)) {
    const waiting: CaseChange = {
      state: 'AWAITING_SECOND_PERSON',
      decision: made,
      closedAt: null,
    };
    return decision === 'UNDO' && (await records.hasOpenTwin(found))
      ? refused('CHANGED_SINCE', 'caseId')
      : records.write(found, waiting, act);
  }
  return records.write(found, await concluded(found, made, records, act.at), act, plan);
}

/** What becomes of a case: what is taken back is open again, unless matching has opened it anew. */
async function concluded(
  found: MatchingCase,
  decision: MadeDecision,
  records: CaseRecords,
  at: Date,
): Promise<CaseChange> {
  if (decision.decision !== 'UNDO') {
    return { state: 'RESOLVED', decision, closedAt: at, assignedTo: null };
  }
  return (await records.hasOpenTwin(found))
    ? { state: 'WITHDRAWN', decision: null, closedAt: at }
    : { state: 'OPEN', decision: null, closedAt: null };
}

/** What becomes of a case when a second person did not agree: it is open again; what should have been taken back stands. */
const refusedDecision = ({ undoes }: MadeDecision): CaseChange =>
  undoes === undefined
    ? { state: 'OPEN', decision: null, assignedTo: null }
    : { state: 'RESOLVED', decision: undoes.decision, closedAt: undoes.closedAt };

/** A decision that waited, planned with what holds now. */
async function planAgain(
  found: MatchingCase,
  { decision, pairs, by, odsCode, reason }: MadeDecision,
  records: CaseRecords,
): Promise<DecisionPlan | undefined> {
  if (decision === 'UNDO') return planTakingBack(found, records);
  const wanted = new Set(pairs.map(pairKey));
  const candidates = await whereTheyAre(
    found.candidates.filter((one) => wanted.has(pairKey(one))),
    records,
  );
  const within = withinCase(found);
  if (candidates.some((one) => !within.has(one.odsCode))) return undefined;
  const current = await records.findCurrent(accountsOf(candidates));
  return planDecision(decision, candidates, current, { staffId: by, odsCode, reason });
}

async function planTakingBack(
  found: MatchingCase,
  records: CaseRecords,
): Promise<DecisionPlan | undefined> {
  const written = await records.findWritten(found.id);
  const within = withinCase(found);
  const there = await whereTheyAre(
    written.map(({ statement }) => statement),
    records,
  );
  if (there.some(({ odsCode }) => !within.has(odsCode))) return undefined;
  const accounts = accountsOf(written.map(({ statement }) => statement));
  return planUndo(written, await records.findCurrent(accounts));
}

/** People of whom it is not known yet whether they hold a passport. */
class PassportsUnasked extends Error {
  override readonly name = 'PassportsUnasked';
  readonly code = 'passports_unasked';
  readonly staffIds: readonly string[];
  constructor(staffIds: readonly string[]) {
    super('not asked yet');
    this.staffIds = staffIds;
  }
}

/**
 * Runs work that has to know who holds a live passport. Nothing is locked while the graph is asked: the work stops where
 * it has to know, and begins again with the answer. Without an answer everybody counts as holding one.
 */
async function withHolders(
  { passports, passportsUnknown }: CaseParts,
  work: (holds: (plan: DecisionPlan) => boolean) => Promise<CaseOutcome>,
): Promise<CaseOutcome> {
  const known = new Map<string, boolean>();
  for (let question = 0; ; question += 1) {
    const holds = ({ affected }: DecisionPlan): boolean => {
      const unasked = affected.filter((id) => !known.has(id));
      if (unasked.length > 0 && question < QUESTIONS) throw new PassportsUnasked(unasked);
      return affected.some((id) => known.get(id) ?? true);
    };
    try {
      return await work(holds);
    } catch (error) {
      if (!(error instanceof PassportsUnasked)) throw error;
      const { staffIds } = error;
      const holders = await passports.findHolders(staffIds).catch((cause: unknown) => {
        passportsUnknown(cause);
        return new Set(staffIds);
      });
      for (const id of staffIds) known.set(id, holders.has(id));
    }
  }
}

function actOn(
  request: OnCase & { readonly reason?: string },
  action: CaseAction,
  said: NewCaseAct['said'],
  { desk, now }: CaseParts,
  work: (
    found: MatchingCase,
    act: NewCaseAct,
    records: CaseRecords,
  ) => CaseOutcome | Promise<CaseOutcome>,
): Promise<CaseOutcome> {
  const { caseId, expectedVersion, by } = request;
  const act = actOf(action, request, now, { caseId, expectedVersion, ...said }, request.reason);
  return desk.inTransaction(async (records) => {
    const repeat = await records.findRepeat(act);
    if (repeat === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
    if (repeat !== undefined) return repeat;
    const found = await records.find(caseId);
    if (found?.odsCode !== by.odsCode) return refused('NOT_FOUND', 'caseId');
    if (found.version !== expectedVersion) {
      return refused('RESOURCE_VERSION_MISMATCH', 'expectedVersion');
    }
    return work(found, act, records);
  });
}

const actOf = (
  action: CaseAction,
  { by, idempotencyKey }: Acting,
  at: Date,
  { reason: _, ...said }: NewCaseAct['said'],
  reason: string | undefined,
): NewCaseAct => ({
  action,
  by,
  at,
  idempotencyKey,
  said,
  ...(reason === undefined ? {} : { reason }),
  requestHash: createHash('sha256')
    .update(JSON.stringify([action, by.odsCode, reason ?? null, said]))
    .digest('base64url'),
});
