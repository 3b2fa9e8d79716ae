/** Cases for those who decide them, in PostgreSQL. */
import { randomBytes } from 'node:crypto';

import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type {
  CaseDesk,
  CaseRecords,
  CaseScore,
  NewCaseAct,
  QueueCount,
  WantedCases,
  WantedLinks,
} from '../domain/case-ports.ts';
import { CASE_QUEUES, dueAt, type MatchingCase } from '../domain/cases.ts';
import type { LinkStatement } from '../domain/links.ts';
import type { DecisionPlan } from '../domain/plan-decision.ts';
import { CASE_STATES, selectCases } from './case-rows.ts';
import { writeCandidates } from './cases.ts';
import { lockLedger, selectStatements, textArray, textSet, writeStatements } from './statements.ts';
import type { NhsmailTables } from './tables.ts';

/** Most acts of one case that are shown. */
const ACTS_SHOWN = 100;

/** Cases kept in the schema `nhsmail`. */
export function postgresCaseDesk(db: Kysely<NhsmailTables>): CaseDesk {
  return {
    inTransaction: (work) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          await lockLedger(transaction);
          return work(caseRecords(transaction));
        }),
      ),
    find: (id, odsCode) =>
      orUnavailable(async () => {
        const [found] = await selectCases(db, sql`c.id = ${id} and c.ods_code = ${odsCode}`);
        return found;
      }),
    list: (wanted) => orUnavailable(() => selectCases(db, wantedOnes(wanted))),
    listLikely: (wanted) => orUnavailable(() => selectStatements(db, likelyOnes(wanted))),
    countOrigins: (odsCode) => orUnavailable(() => countOrigins(db, odsCode)),
    count: (odsCode, now) => orUnavailable(() => count(db, odsCode, now)),
    findActs: (caseIds) => orUnavailable(() => findActs(db, caseIds)),
  };
}

/** Whose people had it first. */
const ORIGIN = sql`coalesce(c.handed_from[1], c.ods_code)`;
/** Bits of the most likely candidate, by the primary key of its table; null where none was scored. */
const BEST = sql`(select max(k.bits) from nhsmail.case_candidate k where k.case_id = c.id)`;
const inBand: Readonly<Record<CaseScore, RawBuilder<unknown>>> = {
  LIKELY: sql`${BEST} >= 10`,
  POSSIBLE: sql`${BEST} >= 0 and ${BEST} < 10`,
  UNLIKELY: sql`${BEST} < 0`,
  NOT_SCORED: sql`${BEST} is null`,
};

const wantedOnes = ({
  odsCode,
  queue,
  state,
  assignedTo,
  dueBefore,
  origin,
  score,
  after,
  limit,
}: WantedCases): RawBuilder<unknown> => sql`
  c.ods_code = ${odsCode}
  and ${state === undefined ? sql`c.closed_at is null` : sql`c.state = ${state}`}
  and (${queue ?? null}::text is null or c.queue = ${queue ?? null}::text)
  and (${assignedTo ?? null}::text is null or c.assigned_to = ${assignedTo ?? null}::text)
  and (${dueBefore ?? null}::timestamptz is null or c.due_at < ${dueBefore ?? null}::timestamptz)
  and (${origin ?? null}::text is null or ${ORIGIN} = ${origin ?? null}::text)
  and ${score === undefined ? sql`true` : inBand[score]}
  and (${after ?? null}::bigint is null or c.position > ${after ?? null}::bigint)
  order by c.position limit ${limit}`;

const LIKELY = sql`k.superseded_at is null and k.state = 'LINKED' and k.assurance = 'LIKELY'`;

/** By where the account is now; by where it was when the link was written, if the directory has it no longer. */
const likelyOnes = ({ odsCode, after, limit }: WantedLinks): RawBuilder<unknown> => sql`
  l.id in (
    select k.id from nhsmail.link k
    where ${LIKELY} and k.ods_code = ${odsCode} and not exists (
      select from nhsmail.account a
      where a.id = k.account_id and a.gone_at is null and a.ods_code is distinct from ${odsCode})
    union all
    select k.id from nhsmail.account a join nhsmail.link k on k.account_id = a.id
    where ${LIKELY} and a.ods_code = ${odsCode} and a.gone_at is null
      and k.ods_code is distinct from ${odsCode})
  and (${after ?? null}::uuid is null
    or l.position > (select m.position from nhsmail.link m where m.id = ${after ?? null}::uuid))
  order by l.position limit ${limit}`;

const counted = z.object({
  queue: z.enum(CASE_QUEUES),
  open: z.number(),
  overdue: z.number(),
  awaiting: z.number(),
  oldestOpenedAt: z.coerce.date(),
});

async function count(
  db: Kysely<NhsmailTables>,
  odsCode: string,
  now: Date,
): Promise<readonly QueueCount[]> {
  const { rows } = await sql`
    select queue, count(*)::int as open, count(*) filter (where due_at < ${now}::timestamptz)::int as overdue,
      count(*) filter (where state = 'AWAITING_SECOND_PERSON')::int as awaiting,
      min(opened_at) as "oldestOpenedAt"
    from nhsmail.matching_case where ods_code = ${odsCode} and closed_at is null
    group by queue order by queue`.execute(db);
  return rows.map((found) => counted.parse(found));
}

/** Most origins that are counted. */
const MOST_ORIGINS = 50;
const originCount = z.object({ odsCode: z.string(), open: z.number() });

async function countOrigins(
  db: Kysely<NhsmailTables>,
  odsCode: string,
): ReturnType<CaseDesk['countOrigins']> {
  const { rows } = await sql`
    select ${ORIGIN} as "odsCode", count(*)::int as open
    from nhsmail.matching_case c where c.ods_code = ${odsCode} and c.closed_at is null
    group by 1 order by 2 desc, 1 limit ${MOST_ORIGINS}`.execute(db);
  return rows.map((found) => originCount.parse(found));
}

const actRow = z
  .object({
    case_id: z.string(),
    at: z.coerce.date(),
    action: z.enum(['OPEN', 'ASSIGN', 'HAND_OVER', 'DECIDE', 'APPROVE', 'REFUSE', 'UNDO']),
    actor: z.string(),
    actor_ods_code: z.string(),
    state: z.enum(CASE_STATES),
    reason: z.string().nullable(),
  })
  .transform(({ case_id, at, action, actor, actor_ods_code, state, reason }) => ({
    caseId: case_id,
    at,
    action,
    by: { staffId: actor, odsCode: actor_ods_code },
    state,
    ...(reason === null ? {} : { reason }),
  }));

async function findActs(
  db: Kysely<NhsmailTables>,
  caseIds: readonly string[],
): ReturnType<CaseDesk['findActs']> {
  const { rows } = await sql`
    select acts.* from ${textSet(caseIds)} as asked (case_id)
    cross join lateral (
      select * from nhsmail.case_act a where a.case_id = asked.case_id
      order by a.id limit ${ACTS_SHOWN}) acts
    order by acts.id`.execute(db);
  return rows.map((found) => actRow.parse(found));
}

function caseRecords(db: Kysely<NhsmailTables>): CaseRecords {
  const find = async (id: string): Promise<MatchingCase | undefined> =>
    (await selectCases(db, sql`c.id = ${id}`))[0];
  return {
    async findRepeat({ by, idempotencyKey, requestHash }) {
      const { rows } = await sql<{ readonly case_id: string; readonly request_hash: string }>`
        select case_id, request_hash from nhsmail.case_act
        where actor = ${by.staffId} and idempotency_key = ${idempotencyKey}`.execute(db);
      const [before] = rows;
      if (before === undefined) return undefined;
      if (before.request_hash !== requestHash) return 'reused';
      // Handed over since, it is another organisation's to see.
      const found = await find(before.case_id);
      return found?.odsCode === by.odsCode ? found : 'reused';
    },
    find,
    open: (one, at) => open(db, one, at),
    findLink: async (id) =>
      (
        await selectStatements(
          db,
          sql`superseded_at is null and state = 'LINKED' and id::text = ${id}`,
        )
      )[0],
    findCurrent: (accountIds) =>
      selectStatements(db, sql`superseded_at is null and account_id in ${textSet(accountIds)}`),
    findWritten: (caseId) => findWritten(db, caseId),
    async worksAt(staffId, odsCode) {
      const { rows } = await sql`
        select from nhsmail.person
        where id = ${staffId} and gone_at is null and ods_codes @> array[${odsCode}::text]`.execute(
        db,
      );
      return rows.length > 0;
    },
    async findPlaces(accountIds) {
      const { rows } = await sql<{ readonly id: string; readonly ods_code: string | null }>`
        select id, ods_code from nhsmail.account
        where gone_at is null and id in ${textSet(accountIds)}`.execute(db);
      return new Map(rows.map(({ id, ods_code }) => [id, ods_code ?? undefined]));
    },
    async hasOpenTwin({ id, queue, staffId, accountId }) {
      const twins = await selectCases(
        db,
        sql`c.id <> ${id} and c.closed_at is null and c.queue = ${queue}
          and coalesce(c.staff_id, '') = ${staffId ?? ''}
          and coalesce(c.account_id, '') = ${accountId ?? ''}`,
      );
      return twins.length > 0;
    },
    write: (one, change, act, plan) => write(db, { one, change, act, plan }),
  };
}

async function open(
  db: Kysely<NhsmailTables>,
  one: Parameters<CaseRecords['open']>[0],
  at: Date,
): Promise<MatchingCase> {
  const [known] = await selectCases(
    db,
    sql`c.closed_at is null and c.queue = ${one.queue}
      and coalesce(c.staff_id, '') = ${one.staffId ?? ''}
      and coalesce(c.account_id, '') = ${one.accountId ?? ''}`,
  );
  if (known !== undefined) return known;
  const id = `case_${randomBytes(16).toString('base64url')}`;
  await sql`
    insert into nhsmail.matching_case (id, queue, source, staff_id, account_id, ods_code, because, state, opened_at,
      due_at, begun)
    values (${id}, ${one.queue}, 'PERSON', ${one.staffId ?? null}, ${one.accountId ?? null},
      ${one.odsCode ?? null}, ${one.because}, 'OPEN', ${at}::timestamptz, ${dueAt(one.queue, at)}, true)`.execute(
    db,
  );
  await writeCandidates(db, [{ id, candidates: one.candidates }]);
  const [opened] = await selectCases(db, sql`c.id = ${id}`);
  if (opened === undefined) throw new Error('a case that was just written is not there');
  return opened;
}

/** What the last decision wrote. A decision that was taken back has been written over, and so is not among it. */
async function findWritten(
  db: Kysely<NhsmailTables>,
  caseId: string,
): ReturnType<CaseRecords['findWritten']> {
  const statements = await selectStatements(
    db,
    sql`act_id = (
      select max(a.id) from nhsmail.case_act a
      where a.case_id = ${caseId} and a.action in ('DECIDE', 'APPROVE')
        and exists (select from nhsmail.link w where w.act_id = a.id))
      order by position`,
  );
  const written: { statement: LinkStatement; before: LinkStatement | undefined }[] = [];
  for (const statement of statements) {
    const [before] = await selectStatements(
      db,
      sql`staff_id = ${statement.staffId} and account_id = ${statement.accountId}
        and position < (select position from nhsmail.link where id::text = ${statement.id})
        order by position desc limit 1`,
    );
    written.push({ statement, before });
  }
  return written;
}

async function write(
  db: Kysely<NhsmailTables>,
  {
    one,
    change,
    act,
    plan,
  }: {
    readonly one: MatchingCase;
    readonly change: Parameters<CaseRecords['write']>[1];
    readonly act: NewCaseAct;
    readonly plan: DecisionPlan | undefined;
  },
): Promise<MatchingCase> {
  const after = { ...one, ...change };
  await sql`
    update nhsmail.matching_case set state = ${after.state}, ods_code = ${after.odsCode ?? null},
      handed_from = ${textArray(after.handedFrom)},
      assigned_to = ${after.assignedTo ?? null},
      decision = ${after.decision == null ? null : JSON.stringify(after.decision)}::jsonb,
      closed_at = ${after.closedAt ?? null}::timestamptz, begun = true, version = version + 1
    where id = ${one.id}`.execute(db);
  const { rows } = await sql<{ readonly id: string }>`
    insert into nhsmail.case_act (case_id, at, action, actor, actor_ods_code, state, said, reason, idempotency_key,
      request_hash)
    values (${one.id}, ${act.at}::timestamptz, ${act.action}, ${act.by.staffId}, ${act.by.odsCode},
      ${after.state}, ${JSON.stringify(act.said)}::jsonb, ${act.reason ?? null}, ${act.idempotencyKey},
      ${act.requestHash})
    returning id::text`.execute(db);
  if (plan !== undefined) await writePlan(db, plan, act, rows[0]?.id);
  const [written] = await selectCases(db, sql`c.id = ${one.id}`);
  if (written === undefined) throw new Error('a case that was just written is not there');
  return written;
}

async function writePlan(
  db: Kysely<NhsmailTables>,
  { superseded, added }: DecisionPlan,
  { at }: NewCaseAct,
  actId: string | undefined,
): Promise<void> {
  await writeStatements(
    db,
    {
      superseded,
      added: added.map((statement) => ({
        ...statement,
        ...(actId === undefined ? {} : { actId }),
      })),
    },
    at,
  );
  // What was decided changes what matching says of these records.
  const records = added.flatMap(({ staffId, accountId }) => [
    { side: 'PERSON', id: staffId },
    { side: 'ACCOUNT', id: accountId },
  ]);
  await sql`
    insert into nhsmail.to_match (side, record_id)
    select distinct r.side, r.id
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (side text, id text)
    on conflict (side, record_id) do update set noted_at = clock_timestamp()`.execute(db);
}
