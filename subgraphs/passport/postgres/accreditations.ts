/** Accreditations in PostgreSQL. Rows end; they are never removed. */
import { sql } from 'kysely';
import { z } from 'zod';

import { gather } from '../../../runtime/gather.ts';
import type { AuditActor } from '../domain/audit.ts';
import { credentialType, type CredentialType } from '../domain/credential.ts';
import type { Accreditation, Accreditations, Grant } from '../domain/ports/accreditations.ts';
import { writeAudit } from './audit.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    ods_code: z.string(),
    type: credentialType,
    anchor: z.string(),
    valid_from: timestamp,
    valid_until: timestamp.nullable(),
    granted_at: timestamp,
    granted_by: z.string(),
    withdrawn_at: timestamp.nullable(),
    withdrawn_by: z.string().nullable(),
    withdrawn_because: z.string().nullable(),
  })
  .transform((one): Accreditation => ({
    odsCode: one.ods_code,
    type: one.type,
    anchor: one.anchor,
    from: one.valid_from,
    ...(one.valid_until === null ? {} : { until: one.valid_until }),
    grantedAt: one.granted_at,
    grantedBy: one.granted_by,
    ...(one.withdrawn_at === null ? {} : { withdrawnAt: one.withdrawn_at }),
    ...(one.withdrawn_by === null ? {} : { withdrawnBy: one.withdrawn_by }),
    ...(one.withdrawn_because === null ? {} : { withdrawnBecause: one.withdrawn_because }),
  }));

/** An organisation, a type and a moment. */
type Asked = Parameters<Accreditations['find']>;

/** The accreditations that hold at moments, in one statement. */
async function findAccreditations(
  db: PassportDatabase,
  asked: readonly Asked[],
): Promise<readonly (Accreditation | undefined)[]> {
  const wanted = asked.map(([ods_code, type, at], nth) => ({ nth, ods_code, type, at }));
  const { rows } = await sql<{ readonly nth: number }>`
    select wanted.nth, held.*
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (
      nth int, ods_code text, type text, at timestamptz)
    cross join lateral (
      select * from passport.accreditation one
      where one.ods_code = wanted.ods_code and one.type = wanted.type and one.valid_from <= wanted.at
        and (one.valid_until is null or one.valid_until > wanted.at)
        and (one.withdrawn_at is null or one.withdrawn_at > wanted.at)
      order by one.id limit 1
    ) held`.execute(db);
  const found = new Map(rows.map((one) => [one.nth, row.parse(one)]));
  return asked.map((_asked, nth) => found.get(nth));
}

/** The accreditation that holds at a moment; also inside another's transaction. */
export async function findAccreditation(
  db: PassportDatabase,
  ...asked: Asked
): Promise<Accreditation | undefined> {
  const [found] = await findAccreditations(db, [asked]);
  return found;
}

/** Accreditations of organisations that are in force, in the order in which they were granted. */
export async function inForceOf(
  db: PassportDatabase,
  odsCodes: readonly string[],
  at: Date,
): Promise<readonly Accreditation[]> {
  const found = await db
    .selectFrom('accreditation')
    .selectAll()
    .where('ods_code', 'in', odsCodes)
    .where('valid_from', '<=', at)
    .where('withdrawn_at', 'is', null)
    .where((where) => where.or([where('valid_until', 'is', null), where('valid_until', '>', at)]))
    .orderBy('id')
    .execute();
  return found.map((one) => row.parse(one));
}

/** One at a time for each organisation: two at once would grant the same twice. */
export const takeAccreditingTurn = (db: PassportDatabase, odsCode: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`lanyard:passport:accredit:${odsCode}`}, 0))`.execute(
    db,
  );

/** Who accredits, in which transaction. */
export interface Accrediting {
  readonly within: PassportDatabase;
  readonly by: AuditActor;
  readonly now: Date;
}

/** Grants what does not hold already for the same time. The organisation's turn has been taken. */
export async function grantAccreditations(
  { odsCode, types, anchor, from, until: end }: Grant,
  { within, by, now }: Accrediting,
): Promise<readonly Accreditation[]> {
  const until = end ?? null;
  const held = await within
    .selectFrom('accreditation')
    .select('type')
    .where('ods_code', '=', odsCode)
    .where('anchor', '=', anchor)
    .where('valid_from', '<=', from)
    .where(sql<boolean>`valid_until is not distinct from ${until}::timestamptz`)
    .where('withdrawn_at', 'is', null)
    .execute();
  const missing = types.filter((type) => held.every((one) => one.type !== type));
  const granted: Accreditation[] = [];
  for (const type of missing) {
    const made = await within
      .insertInto('accreditation')
      .values({
        ods_code: odsCode,
        type,
        anchor,
        valid_from: from,
        valid_until: until,
        granted_at: now,
        granted_by: by.subject,
        withdrawn_at: null,
        withdrawn_by: null,
        withdrawn_because: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    granted.push(row.parse(made));
  }
  await writeAudit(
    within,
    missing.map((type) => ({
      at: now,
      by,
      action: 'accreditation.granted',
      subject: odsCode,
      odsCode,
      details: {
        type,
        anchor,
        from: from.toISOString(),
        until: until === null ? null : until.toISOString(),
      },
    })),
  );
  return granted;
}

/** Ends accreditations that hold now or later. Answers those that it ended. */
export async function withdrawAccreditations(
  { odsCode, types }: { readonly odsCode: string; readonly types: readonly CredentialType[] },
  because: string,
  { within, by, now }: Accrediting,
): Promise<readonly Accreditation[]> {
  const ended = await within
    .updateTable('accreditation')
    .set({ withdrawn_at: now, withdrawn_by: by.subject, withdrawn_because: because })
    .where('ods_code', '=', odsCode)
    .where('type', 'in', types)
    .where('withdrawn_at', 'is', null)
    .where((where) => where.or([where('valid_until', 'is', null), where('valid_until', '>', now)]))
    .returningAll()
    .execute();
  await writeAudit(
    within,
    ended.map(({ type }) => ({
      at: now,
      by,
      action: 'accreditation.withdrawn',
      subject: odsCode,
      odsCode,
      details: { type },
    })),
  );
  return ended.map((one) => row.parse(one));
}

/** Accreditations in PostgreSQL. */
export function postgresAccreditations(db: PassportDatabase): Accreditations {
  const find = gather((asked: readonly Asked[]) => findAccreditations(db, asked));
  return {
    find: (...asked) => find(asked),
    async list(odsCode) {
      let query = db.selectFrom('accreditation').selectAll().orderBy('id');
      if (odsCode !== undefined) query = query.where('ods_code', '=', odsCode);
      return (await query.execute()).map((one) => row.parse(one));
    },
    grant: (grant, by, now) =>
      db.transaction().execute(async (within) => {
        await takeAccreditingTurn(within, grant.odsCode);
        return grantAccreditations(grant, { within, by, now });
      }),
    withdraw: (what, because, by, now) =>
      db
        .transaction()
        .execute((within) => withdrawAccreditations(what, because, { within, by, now })),
  };
}
