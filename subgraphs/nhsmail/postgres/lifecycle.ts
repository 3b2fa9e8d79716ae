/** Joiners, movers and leavers, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import { FINDING_KINDS } from '../domain/lifecycle/finding.ts';
import type {
  DirectoryEvent,
  KeptFinding,
  LifecycleRound,
  LifecycleStore,
} from '../domain/lifecycle/ports.ts';
import { readPosition } from './departures.ts';
import { noteWholeRound, takeDue } from './lifecycle-due.ts';
import {
  forgetNoted,
  readAccountFacts,
  readPeopleWithoutAccount,
  widenScope,
} from './lifecycle-facts.ts';
import { keepFindings } from './lifecycle-findings.ts';
import { readStandings } from './lifecycle-standings.ts';
import { readClosed } from './people.ts';

const optional = <Value extends z.ZodType>(value: Value) =>
  value.nullable().transform((given) => given ?? undefined);

const findingRow = z
  .object({
    id: z.coerce.number(),
    kind: z.enum(FINDING_KINDS),
    ods_code: z.string(),
    account_id: optional(z.string()),
    staff_id: optional(z.string()),
    since: z.coerce.date(),
    works_at: z.array(z.string()),
    deceased: z.boolean(),
    owners_left: z.array(z.string()),
    owners_left_over: z.array(z.string()),
    delete_due_at: optional(z.coerce.date()),
    opened_at: z.coerce.date(),
  })
  .transform((row): KeptFinding => ({
    id: row.id,
    kind: row.kind,
    odsCode: row.ods_code,
    ...(row.account_id === undefined ? {} : { accountId: row.account_id }),
    ...(row.staff_id === undefined ? {} : { staffId: row.staff_id }),
    since: row.since,
    worksAt: row.works_at,
    deceased: row.deceased,
    ownersLeft: row.owners_left,
    ownersLeftOver: row.owners_left_over,
    ...(row.delete_due_at === undefined ? {} : { deleteDueAt: row.delete_due_at }),
    openedAt: row.opened_at,
  }));

const eventRow = z
  .object({
    id: z.coerce.number(),
    type: z.enum(['FINDING_OPENED', 'FINDING_ENDED', 'DELETION_NEAR']),
    ods_code: z.string(),
    kind: optional(z.enum(FINDING_KINDS)),
    account_id: optional(z.string()),
    staff_id: optional(z.string()),
    deceased: z.boolean(),
    day: optional(z.number()),
    delete_due_at: optional(z.coerce.date()),
    at: z.coerce.date(),
  })
  .transform(({ ods_code, account_id, staff_id, delete_due_at, ...row }): DirectoryEvent => ({
    ...row,
    odsCode: ods_code,
    accountId: account_id,
    staffId: staff_id,
    deleteDueAt: delete_due_at,
  }));

/** How long one statement of a round may take, in milliseconds: it looks at the accounts of a nation. */
const ROUND_STATEMENT_MS = 300_000;

/** Compiling these statements takes longer than running them. */
const withoutJit = (db: Kysely<unknown>) => sql`set local jit = off`.execute(db);

/** Findings and events kept in the schema `nhsmail`. */
export function postgresLifecycle(db: Kysely<unknown>): LifecycleStore {
  return {
    inRound: (at, work) =>
      orUnavailable(() =>
        // One moment: what is read page by page has to fit together.
        db
          .transaction()
          .setIsolationLevel('repeatable read')
          .execute(async (transaction) => {
            const { rows } = await sql<{ readonly mine: boolean }>`
              select pg_try_advisory_xact_lock(hashtextextended('lanyard:nhsmail:lifecycle', 0)) as mine`.execute(
              transaction,
            );
            if (rows[0]?.mine !== true) return undefined;
            await sql`set local statement_timeout = ${sql.lit(ROUND_STATEMENT_MS)}`.execute(
              transaction,
            );
            await withoutJit(transaction);
            await forgetNoted(transaction);
            return work(roundIn(transaction, at));
          }),
      ),
    wholeRoundAt: () =>
      orUnavailable(async () => {
        const at = await readPosition(db, 'WHOLE');
        return at === undefined ? undefined : new Date(at);
      }),
    standings: (odsCode, at) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          await withoutJit(transaction);
          return readStandings(transaction, odsCode, at);
        }),
      ),
    findings: ({ odsCode, kind, after, limit }) =>
      orUnavailable(async () => {
        const { rows } = await sql`
          select * from nhsmail.directory_finding
          where ended_at is null and ods_code = ${odsCode} and id > ${after ?? 0}
            and ${kind === undefined ? sql`true` : sql`kind = ${kind}`}
          order by id limit ${limit}`.execute(db);
        return rows.map((row) => findingRow.parse(row));
      }),
    events: ({ odsCode, after, limit }) =>
      orUnavailable(async () => {
        const { rows } = await sql`
          select * from nhsmail.directory_event
          where id > ${after} and ${odsCode === undefined ? sql`true` : sql`ods_code = ${odsCode}`}
          order by id limit ${limit}`.execute(db);
        return rows.map((row) => eventRow.parse(row));
      }),
  };
}

function roundIn(db: Kysely<unknown>, at: Date): LifecycleRound {
  return {
    takeDue: async () => {
      const due = await takeDue(db);
      return due === undefined ? undefined : widenScope(db, due);
    },
    readClosed: () => readClosed(db),
    readAccounts: (scope) => readAccountFacts(db, scope, at),
    readPeopleWithoutAccount: (scope) => readPeopleWithoutAccount(db, scope, at),
    keep: async (scope, found) => {
      const summary = await keepFindings(db, scope, found, at);
      if (scope.kind === 'everything') await noteWholeRound(db, at);
      return summary;
    },
  };
}
