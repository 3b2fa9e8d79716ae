/** Cases that matching and the watch over leavers open, in PostgreSQL. */
import { randomBytes } from 'node:crypto';

import { type Kysely, type RawBuilder, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import {
  type CaseCandidate,
  type CaseSource,
  dueAt,
  type MatchingCase,
  type ProposedCase,
} from '../domain/cases.ts';
import type { CaseBook } from '../domain/link-ledger.ts';
import { currentPair, isDecided } from '../domain/links.ts';
import type { Covered } from '../domain/match-outcome.ts';
import { pairKey } from '../domain/plan-links.ts';
import { selectCases } from './case-rows.ts';
import {
  CHUNK,
  evidenceShape,
  lockLedger,
  selectStatements,
  textArray,
  textSet,
} from './statements.ts';
import type { NhsmailTables } from './tables.ts';

/** Most candidates of a case. */
const CANDIDATE_LIMIT = 20;

/** Cases kept in the schema `nhsmail`. */
export function postgresCases(db: Kysely<NhsmailTables>): CaseBook {
  return {
    reconcile: ({ source, covered, cases }, at) =>
      orUnavailable(async () => {
        let opened = 0;
        const standing: string[] = [];
        const locked = <Done>(work: (transaction: Kysely<NhsmailTables>) => Promise<Done>) =>
          db.transaction().execute(async (transaction) => {
            await lockLedger(transaction);
            return work(transaction);
          });
        for (let from = 0; from < cases.length; from += CHUNK) {
          const some = cases.slice(from, from + CHUNK);
          const done = await locked((transaction) =>
            reconcileCases(transaction, { source, cases: some }, at),
          );
          opened += done.opened;
          standing.push(...done.standing);
        }
        const closed = await locked((transaction) =>
          withdrawCases(transaction, { source, covered, standing }, at),
        );
        return { opened, closed };
      }),

    findCandidatesOf: (staffIds) =>
      orUnavailable(async () => {
        const { rows } = await sql<{
          readonly caseId: string;
          readonly staffId: string;
          readonly accountId: string;
          readonly odsCode: string | null;
          readonly openedAt: Date;
          readonly evidence: unknown;
        }>`
          select d.case_id as "caseId", d.staff_id as "staffId", d.account_id as "accountId",
            d.ods_code as "odsCode", c.opened_at as "openedAt", d.evidence
          from nhsmail.case_candidate d join nhsmail.matching_case c on c.id = d.case_id
          where c.closed_at is null and d.staff_id in ${textSet(staffIds)}
          order by c.position, d.rank`.execute(db);
        return rows.map(({ odsCode, openedAt, evidence, ...rest }) => ({
          ...rest,
          odsCode: odsCode ?? undefined,
          openedAt: new Date(openedAt),
          evidence: evidenceShape.parse(evidence),
        }));
      }),
  };
}

/** Opens cases. Call it with the ledger locked. */
export async function reconcileCases(
  db: Kysely<NhsmailTables>,
  {
    source,
    cases,
    ruleSet,
    run,
  }: {
    readonly source: CaseSource;
    readonly cases: readonly ProposedCase[];
    readonly ruleSet?: number | undefined;
    readonly run?: string | undefined;
  },
  at: Date,
): Promise<{
  readonly opened: number;
  readonly unchanged: number;
  /** Ids of open cases that were proposed. */
  readonly standing: readonly string[];
}> {
  if (cases.length === 0) return { opened: 0, unchanged: 0, standing: [] };
  const proposed = new Map(
    (await undecided(db, cases)).map((one) => [naturalKey(one), one] as const),
  );
  const known = await findKnown(db, [...proposed.values()]);
  const standing: string[] = [];
  const written: (ProposedCase & { readonly id: string })[] = [];
  let opened = 0;
  for (const [key, one] of proposed) {
    const before = known.get(key);
    if (before === 'settled') continue;
    if (before !== undefined) standing.push(before.id);
    if (before === undefined) {
      const id = `case_${randomBytes(16).toString('base64url')}`;
      standing.push(id);
      written.push({ ...one, id });
      opened += 1;
    } else if (!before.begun && !saysTheSame(before, one)) {
      written.push({ ...one, id: before.id });
    }
  }
  await write(db, written, { source, ruleSet, run, at });
  return { opened, unchanged: cases.length - opened, standing };
}

/**
 * Withdraws what is not proposed any more. A case about a person and an account stays while only one of them is covered:
 * the decision about the two was not taken again. Call it with the ledger locked.
 */
export async function withdrawCases(
  db: Kysely<NhsmailTables>,
  {
    source,
    covered,
    standing,
  }: {
    readonly source: CaseSource;
    readonly covered: Covered;
    readonly standing: readonly string[];
  },
  at: Date,
): Promise<number> {
  const within =
    covered.kind === 'everything'
      ? sql`true`
      : coveredBy(textArray(covered.staffIds), textArray(covered.accountIds));
  const { numAffectedRows = 0n } = await sql`
    update nhsmail.matching_case
    set state = 'WITHDRAWN', closed_at = ${at}::timestamptz, version = version + 1
    where closed_at is null and not begun and source = ${source} and ${within}
      and id not in ${textSet(standing)}`.execute(db);
  return Number(numAffectedRows);
}

/** The first condition says nothing more than the others do: it is the one that indexes are found for. */
const coveredBy = (people: RawBuilder<unknown>, accounts: RawBuilder<unknown>) =>
  sql`(staff_id = any(${people}) or account_id = any(${accounts}))
    and (staff_id is null or staff_id = any(${people}))
    and (account_id is null or account_id = any(${accounts}))`;

/** A queue, a person and an account have one open case. No id has a space in it. */
const naturalKey = ({
  queue,
  staffId = '',
  accountId = '',
}: Pick<ProposedCase, 'queue' | 'staffId' | 'accountId'>): string =>
  `${queue} ${staffId} ${accountId}`;

/** Leaves out candidates that a person has decided, and cases that were about nothing else. */
async function undecided(
  db: Kysely<NhsmailTables>,
  cases: readonly ProposedCase[],
): Promise<readonly ProposedCase[]> {
  const accounts = cases.flatMap(({ candidates }) => candidates.map(({ accountId }) => accountId));
  if (accounts.length === 0) return cases;
  const statements = await selectStatements(
    db,
    sql`superseded_at is null and author is not null and account_id in ${textSet(accounts)}`,
  );
  const decided = new Set(
    statements
      .filter(isDecided)
      .flatMap((statement) => [pairKey(statement), pairKey(currentPair(statement))]),
  );
  return cases.flatMap((one) => {
    const candidates = one.candidates
      .filter((candidate) => !decided.has(pairKey(candidate)))
      .slice(0, CANDIDATE_LIMIT);
    return candidates.length === 0 && one.candidates.length > 0 ? [] : [{ ...one, candidates }];
  });
}

/** Open cases by natural key; `settled` where a person said that an account or a person without candidates is right so. */
async function findKnown(
  db: Kysely<NhsmailTables>,
  cases: readonly ProposedCase[],
): Promise<ReadonlyMap<string, (MatchingCase & { readonly begun: boolean }) | 'settled'>> {
  const keys = JSON.stringify(
    cases.map(({ queue, staffId = '', accountId = '', candidates }) => ({
      queue,
      staffId,
      accountId,
      empty: candidates.length === 0,
    })),
  );
  const found = await selectCases(
    db,
    sql`c.id in (
      select m.id from jsonb_to_recordset(${keys}::jsonb)
        as k (queue text, "staffId" text, "accountId" text, empty boolean)
      join nhsmail.matching_case m on m.queue = k.queue and coalesce(m.staff_id, '') = k."staffId"
        and coalesce(m.account_id, '') = k."accountId"
      where m.closed_at is null or (k.empty and m.state = 'RESOLVED'
        and m.decision ->> 'decision' = 'DIFFERENT_PEOPLE'
        and not exists (select from nhsmail.case_candidate d where d.case_id = m.id)))`,
  );
  const known = new Map<string, (typeof found)[number] | 'settled'>();
  for (const one of found) {
    const key = naturalKey(one);
    if (one.closedAt === undefined) known.set(key, one);
    else if (!known.has(key)) known.set(key, 'settled');
  }
  return known;
}

const saysTheSame = (before: MatchingCase, proposed: ProposedCase): boolean =>
  before.because === proposed.because &&
  before.odsCode === proposed.odsCode &&
  JSON.stringify(before.candidates.map(plain)) === JSON.stringify(proposed.candidates.map(plain));

const plain = ({ staffId, accountId, odsCode, bits, evidence }: CaseCandidate) => [
  staffId,
  accountId,
  odsCode ?? null,
  bits ?? null,
  evidence.map(({ field, outcome, bits: weight }) => [field, outcome, weight ?? null]),
];

async function write(
  db: Kysely<NhsmailTables>,
  cases: readonly (ProposedCase & { readonly id: string })[],
  {
    source,
    ruleSet,
    run,
    at,
  }: {
    readonly source: CaseSource;
    readonly ruleSet: number | undefined;
    readonly run: string | undefined;
    readonly at: Date;
  },
): Promise<void> {
  if (cases.length === 0) return;
  const rows = cases.map(({ candidates: _, ...one }) => ({ ...one, dueAt: dueAt(one.queue, at) }));
  await sql`
    insert into nhsmail.matching_case (id, queue, source, staff_id, account_id, ods_code, because, state, opened_at,
      due_at, rule_set, run_id)
    select c.id, c.queue, ${source}, c."staffId", c."accountId", c."odsCode", c.because, 'OPEN',
      ${at}::timestamptz, c."dueAt", ${ruleSet ?? null}::integer, ${run ?? null}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c (id text, queue text, "staffId" text,
      "accountId" text, "odsCode" text, because text, "dueAt" timestamptz)
    on conflict (id) do update set because = excluded.because, ods_code = excluded.ods_code,
      rule_set = excluded.rule_set, run_id = excluded.run_id, version = matching_case.version + 1`.execute(
    db,
  );
  await writeCandidates(db, cases);
}

/** Writes the candidates of cases, most likely first, in place of those they had. */
export async function writeCandidates(
  db: Kysely<NhsmailTables>,
  cases: readonly Pick<MatchingCase, 'id' | 'candidates'>[],
): Promise<void> {
  const candidates = cases.flatMap((one) =>
    one.candidates.map((candidate, index) => ({ ...candidate, caseId: one.id, rank: index + 1 })),
  );
  await sql`delete from nhsmail.case_candidate where case_id in ${textSet(cases.map(({ id }) => id))}`.execute(
    db,
  );
  await sql`
    insert into nhsmail.case_candidate (case_id, rank, staff_id, account_id, ods_code, bits, evidence)
    select d."caseId", d.rank, d."staffId", d."accountId", d."odsCode", d.bits, d.evidence
    from jsonb_to_recordset(${JSON.stringify(candidates)}::jsonb) as d ("caseId" text, rank integer,
      "staffId" text, "accountId" text, "odsCode" text, bits double precision, evidence jsonb)`.execute(
    db,
  );
}
