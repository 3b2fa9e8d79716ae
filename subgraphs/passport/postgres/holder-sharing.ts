/** What holders were asked for and shared, and what they asked in turn, in PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { AuditAction, AuditActor } from '../domain/audit.ts';
import { reportReason } from '../domain/holder-sharing.ts';
import type { HolderAct, HolderSharing } from '../domain/ports/holder-sharing.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { writeAudit } from './audit.ts';
import { eraseDueIn, eraseIn } from './erase-due.ts';
import { jsonb } from './json.ts';
import { once } from './once.ts';
import { DELETION_COLUMNS, selectShared, toDeletion } from './shared-rows.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const report = z.object({ reason: reportReason, at: timestamp });
const reportCount = z
  .object({
    ods_code: z.string(),
    reason: reportReason,
    reports: z.number(),
    people: z.number(),
    last_at: timestamp,
  })
  .transform(({ ods_code: odsCode, last_at: lastAt, ...rest }) => ({ odsCode, ...rest, lastAt }));
/** Most lines of a count. */
const COUNTED = 1_000;

const notFound = refused('NOT_FOUND', 'presentationId');

/** What holders were asked for and shared, and what they asked in turn, in PostgreSQL. */
export function postgresHolderSharing(db: PassportDatabase): HolderSharing {
  return {
    list: (staffId, page) => selectShared(db, staffId, page),
    async find(staffId, presentationId) {
      const [found] = await selectShared(db, staffId, { presentationId });
      return found;
    },

    refuse: (act) =>
      onceFor(db, act, {
        repeated: () => Promise.resolve('refused' as const),
        async first(transaction) {
          const closed = await transaction
            .updateTable('presentation_request')
            .set({ answered_at: act.now, refused_because: 'access_denied', sealed_key: null })
            .where('id', '=', act.presentationId)
            .where('staff_id', '=', act.by.subject)
            .where('answered_at', 'is', null)
            .where('expires_at', '>', act.now)
            .returning('ods_code')
            .executeTakeFirst();
          if (closed === undefined) return whyNotRefused(transaction, act);
          await note(transaction, 'presentation.refused', act, closed.ods_code);
          return 'refused';
        },
      }),

    consent: (act) =>
      onceFor(db, act, {
        repeated: (transaction) => findOpen(transaction, act),
        async first(transaction) {
          const open = await findOpen(transaction, act);
          if (open instanceof Date) {
            const types = act.types.join(' ');
            await note(transaction, 'presentation.consented', act, act.odsCode, { types });
          }
          return open;
        },
      }),

    askDeletion: (act) =>
      onceFor(db, act, {
        repeated: (transaction) => findDeletion(transaction, act.presentationId),
        async first(transaction) {
          const [shared] = await selectShared(transaction, act.by.subject, act);
          if (shared?.deletion !== undefined) return shared.deletion;
          const { eraseAfter, erasedAt, odsCode } = shared ?? {};
          if (odsCode === undefined || (eraseAfter ?? erasedAt) === undefined) return notFound;
          const added = await transaction
            .insertInto('deletion_request')
            .values({
              presentation_id: act.presentationId,
              staff_id: act.by.subject,
              ods_code: odsCode,
              asked_at: act.now,
              answer_by: act.answerBy,
              // Nothing is left to wait for.
              ...(erasedAt === undefined ? {} : { outcome: 'DELETED', answered_at: erasedAt }),
            })
            .onConflict((conflict) => conflict.column('presentation_id').doNothing())
            .returning(DELETION_COLUMNS)
            .executeTakeFirst();
          // Asked twice at the same moment, or by another person whose credentials were in the same answer.
          if (added === undefined) return findDeletion(transaction, act.presentationId);
          await note(transaction, 'deletion.asked', act, odsCode);
          return toDeletion(added);
        },
      }),

    answerDeletion: ({ keptBecause, ...reply }) =>
      onceFor(db, reply, {
        repeated: (transaction) => findDeletion(transaction, reply.presentationId),
        async first(transaction) {
          const { presentationId, by, now } = reply;
          const outcome = keptBecause === undefined ? 'DELETED' : 'KEPT';
          const answered = await transaction
            .updateTable('deletion_request')
            .set({
              outcome,
              reason: keptBecause ?? null,
              answered_at: now,
              answered_by: by.subject,
            })
            .where('presentation_id', '=', presentationId)
            .where('ods_code', '=', by.odsCode)
            .where('outcome', 'is', null)
            // Nobody answers themselves.
            .where('staff_id', '<>', by.subject)
            .returning(DELETION_COLUMNS)
            .executeTakeFirst();
          if (answered === undefined) return whyNotAnswered(transaction, reply);
          if (outcome === 'DELETED') await eraseIn(transaction, presentationId, now);
          await note(transaction, 'deletion.answered', reply, by.odsCode, {
            outcome,
            reason: keptBecause ?? null,
          });
          return toDeletion(answered);
        },
      }),

    async listDeletions(odsCode, state, { first, after = 0 }) {
      const found = await db
        .selectFrom('deletion_request')
        .select(DELETION_COLUMNS)
        .where('ods_code', '=', odsCode)
        .where('outcome', state === 'WAITING' ? 'is' : '=', state === 'WAITING' ? null : state)
        .where('position', '>', after)
        .orderBy('position')
        .limit(first + 1)
        .execute();
      return found.map(toDeletion);
    },

    report: (act) =>
      onceFor(db, act, {
        repeated: (transaction) => findReport(transaction, act),
        async first(transaction) {
          const [shared] = await selectShared(transaction, act.by.subject, act);
          if (shared === undefined) return notFound;
          const { odsCode } = shared;
          const added = await transaction
            .insertInto('requester_report')
            .values({
              presentation_id: act.presentationId,
              staff_id: act.by.subject,
              ods_code: odsCode,
              reason: act.reason,
              at: act.now,
            })
            .onConflict((conflict) => conflict.columns(['presentation_id', 'staff_id']).doNothing())
            .returning(['reason', 'at'])
            .executeTakeFirst();
          if (added === undefined) return findReport(transaction, act);
          await note(transaction, 'requester.reported', act, odsCode, { reason: act.reason });
          return report.parse(added);
        },
      }),

    async countReports(since) {
      const { rows } = await sql`
        select ods_code, reason, count(*)::int as reports, count(distinct staff_id)::int as people,
          max(at) as last_at
        from passport.requester_report where at >= ${since}
        group by ods_code, reason
        order by reports desc, ods_code, reason limit ${COUNTED}`.execute(db);
      return rows.map((row) => reportCount.parse(row));
    },

    eraseDue: (now, limit) => eraseDueIn(db, now, limit),
  };
}

/** Does something once. What came of it is looked up for a repeated call. */
const onceFor = <Done extends object | string>(
  db: PassportDatabase,
  {
    by,
    idempotency,
    now,
  }: {
    readonly by: AuditActor;
    readonly idempotency: HolderAct['idempotency'];
    readonly now: Date;
  },
  {
    first,
    repeated,
  }: {
    readonly first: (transaction: PassportDatabase) => Promise<Done | Refusal>;
    readonly repeated: (transaction: PassportDatabase) => Promise<Done | Refusal>;
  },
): Promise<Done | Refusal> =>
  once(db, { actor: by.subject, ...idempotency, now }, first, {
    keep: () => ({}),
    repeat: (_kept, within) => repeated(within),
  });

/** Writes down what was done: for the audit trail, and for whoever has to hear of it. */
async function note(
  db: PassportDatabase,
  action: AuditAction,
  {
    presentationId,
    by,
    now,
  }: Pick<HolderAct, 'presentationId' | 'now'> & { readonly by: AuditActor },
  odsCode: string,
  details: Readonly<Record<string, string | null>> = {},
): Promise<void> {
  await writeAudit(db, [{ at: now, by, action, subject: presentationId, odsCode, details }]);
  await db
    .insertInto('outbox')
    .values({
      type: action,
      subject: presentationId,
      data: jsonb({ odsCode, ...details }),
      created_at: now,
    })
    .execute();
}

/** Until when a request can be answered that this person may answer. */
async function findOpen(
  db: PassportDatabase,
  { presentationId, odsCode, by, now }: HolderAct & { readonly odsCode: string },
): Promise<Date | Refusal> {
  const found = await db
    .selectFrom('presentation_request')
    .select(['expires_at', 'answered_at'])
    .where('id', '=', presentationId)
    .where('ods_code', '=', odsCode)
    .where((is) => is.or([is('staff_id', 'is', null), is('staff_id', '=', by.subject)]))
    .executeTakeFirst();
  if (found === undefined) return notFound;
  if (found.answered_at !== null) return refused('ALREADY_ANSWERED', 'presentationId');
  const expiresAt = timestamp.parse(found.expires_at);
  return expiresAt > now ? expiresAt : refused('EXPIRED', 'presentationId');
}

async function whyNotRefused(db: PassportDatabase, act: HolderAct): Promise<'refused' | Refusal> {
  const request = await db
    .selectFrom('presentation_request')
    .select(['refused_because', 'answered_at'])
    .where('id', '=', act.presentationId)
    .where('staff_id', '=', act.by.subject)
    .executeTakeFirst();
  if (request === undefined) return notFound;
  if (request.refused_because !== null) return 'refused';
  return refused(request.answered_at === null ? 'EXPIRED' : 'ALREADY_ANSWERED', 'presentationId');
}

async function whyNotAnswered(
  db: PassportDatabase,
  {
    presentationId,
    by,
  }: { readonly presentationId: string; readonly by: { subject: string; odsCode: string } },
): Promise<Refusal> {
  const answered = await db
    .selectFrom('deletion_request')
    .select('outcome')
    .where('presentation_id', '=', presentationId)
    .where('ods_code', '=', by.odsCode)
    .where('outcome', 'is not', null)
    .executeTakeFirst();
  return answered === undefined ? notFound : refused('ALREADY_ANSWERED', 'presentationId');
}

async function findDeletion(db: PassportDatabase, presentationId: string) {
  const found = await db
    .selectFrom('deletion_request')
    .select(DELETION_COLUMNS)
    .where('presentation_id', '=', presentationId)
    .executeTakeFirst();
  return found === undefined ? notFound : toDeletion(found);
}

async function findReport(db: PassportDatabase, { presentationId, by }: HolderAct) {
  const found = await db
    .selectFrom('requester_report')
    .select(['reason', 'at'])
    .where('presentation_id', '=', presentationId)
    .where('staff_id', '=', by.subject)
    .executeTakeFirst();
  return found === undefined ? notFound : report.parse(found);
}
