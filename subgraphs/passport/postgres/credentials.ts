/** Credentials in PostgreSQL. */
import { sql } from 'kysely';

import type { CredentialStore } from '../domain/ports/credentials.ts';
import { beginIssuing } from './begin-issuing.ts';
import { changeStatusIn } from './change-status.ts';
import { CONTENT_COLUMNS, RECORD_COLUMNS, toContent, toRecord } from './credential-rows.ts';
import { forgetKeys } from './idempotency.ts';
import { jsonb } from './json.ts';
import type { PassportDatabase } from './tables.ts';

/** Credentials in PostgreSQL. */
export function postgresCredentials(db: PassportDatabase): CredentialStore {
  const read: CredentialStore['read'] = async (id) =>
    toContent(
      await db
        .selectFrom('credential')
        .select(CONTENT_COLUMNS)
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    );

  return {
    read,
    async find(id) {
      const row = await db
        .selectFrom('credential')
        .select(RECORD_COLUMNS)
        .where('id', '=', id)
        .where('state', '<>', 'FAILED')
        .executeTakeFirst();
      return row && toRecord(row);
    },
    async findByIdempotencyKey(key) {
      const row = await db
        .selectFrom('credential')
        .select(CONTENT_COLUMNS)
        .where('idempotency_key', '=', key)
        .where('state', '<>', 'FAILED')
        .executeTakeFirst();
      return row && toContent(row);
    },
    begin: (intention, prepare) => beginIssuing(db, intention, prepare),
    async complete(id, signedJwt, now) {
      await db.transaction().execute(async (transaction) => {
        const row = await transaction
          .updateTable('credential')
          .set({ state: 'ACTIVE', signed_jwt: signedJwt, issued_at: now })
          .where('id', '=', id)
          .where('state', '=', 'ISSUING')
          .returning('id')
          .executeTakeFirst();
        if (row === undefined) return;
        await transaction
          .insertInto('outbox')
          .values({ type: 'credential.issued', subject: id, data: jsonb({}), created_at: now })
          .execute();
      });
      return read(id);
    },
    async fail(id, now) {
      await db
        .updateTable('credential')
        .set({ state: 'FAILED', sealed_disclosures: null, status_changed_at: now })
        .where('id', '=', id)
        .where('state', '=', 'ISSUING')
        .execute();
    },
    async findUnfinished(before, limit) {
      const rows = await db
        .selectFrom('credential')
        .select('id')
        .where('state', '=', 'ISSUING')
        .where('created_at', '<=', before)
        .orderBy('created_at')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
    async forget(before) {
      await db
        .updateTable('credential')
        .set({ sealed_disclosures: null })
        .where('sealed_disclosures', 'is not', null)
        .where('issued_at', '<', before)
        .execute();
      await db
        .updateTable('offer')
        .set({ sealed_answer: null })
        .where('sealed_answer', 'is not', null)
        .where('created_at', '<', before)
        .execute();
      await forgetKeys(db, before);
    },
    changeStatus: (change) => changeStatusIn(db, change),
    async list({ staffId, issuedBy }, { first, after }) {
      let query = db
        .selectFrom('credential')
        .select(RECORD_COLUMNS)
        .where('staff_id', '=', staffId)
        .where('state', '<>', 'FAILED')
        .orderBy('position', 'desc')
        .limit(first + 1);
      if (issuedBy !== undefined) query = query.where('ods_code', '=', issuedBy);
      if (after !== undefined) query = query.where('position', '<', after);
      return (await query.execute()).map(toRecord);
    },
    async standing({ staffId, issuedBy = null }, now) {
      const { rows } = await sql<{ active: number; any: number; offered: number }>`
        select
          count(*) filter (where state = 'ACTIVE' and expires_at > ${now})::int as active,
          count(*)::int as "any",
          (select count(*)::int from passport.offer
            where staff_id = ${staffId} and expires_at > ${now}
              and (${issuedBy}::text is null or ods_code = ${issuedBy}::text)) as offered
        from passport.credential
        where staff_id = ${staffId} and state <> 'FAILED'
          and (${issuedBy}::text is null or ods_code = ${issuedBy}::text)`.execute(db);
      return rows[0] ?? { active: 0, any: 0, offered: 0 };
    },
  };
}
