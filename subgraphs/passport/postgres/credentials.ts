/** Credentials in PostgreSQL. */
import { sql } from 'kysely';

import { gather } from '../../../runtime/gather.ts';
import type { CredentialStore, SignedCredential } from '../domain/ports/credentials.ts';
import { refused } from '../domain/user-error.ts';
import { writeAudit } from './audit.ts';
import { beginIssuing, readBatch } from './begin-issuing.ts';
import { changeStatusIn } from './change-status.ts';
import { RECORD_COLUMNS, toHistoryEntry, toRecord } from './credential-rows.ts';
import { forgetKeys } from './idempotency.ts';
import { issuingIsStopped, stopsInForce } from './issuing-stops.ts';
import { jsonb } from './json.ts';
import { lostItsAgreement } from './placements.ts';
import type { PassportDatabase } from './tables.ts';

/** Credentials in PostgreSQL. */
export function postgresCredentials(db: PassportDatabase): CredentialStore {
  return {
    // An answer of a wallet has several credentials, and a crowd of wallets answers at a time.
    find: gather(async (ids: readonly string[]) => {
      const rows = await db
        .selectFrom('credential')
        .select(RECORD_COLUMNS)
        .where('id', 'in', ids)
        .where('state', '<>', 'FAILED')
        .execute();
      const found = new Map(rows.map((row) => [row.id, toRecord(row)]));
      return ids.map((id) => found.get(id));
    }),
    findBatch: (idempotencyKey) => readBatch(db, idempotencyKey),
    begin: (intention, prepare) => beginIssuing(db, intention, prepare),
    complete: ({ idempotencyKey, odsCode }, signed, by, now) =>
      db.transaction().execute(async (transaction) => {
        if (await issuingIsStopped(transaction, odsCode)) return refused('ISSUING_STOPPED');
        if (await lostItsAgreement(transaction, idempotencyKey, now)) {
          return refused('NO_AGREEMENT', 'type');
        }
        if (await aKeyIsStopped(transaction, signed)) return 'key-stopped';
        const done = await markIssued(transaction, signed, now);
        for (const subject of done) {
          await transaction
            .insertInto('outbox')
            .values({ type: 'credential.issued', subject, data: jsonb({}), created_at: now })
            .execute();
        }
        await writeAudit(
          transaction,
          done.map((id) => ({ at: now, by, action: 'credential.issued', subject: id, odsCode })),
        );
        return readBatch(transaction, idempotencyKey);
      }),
    fail: (idempotencyKey, by, now) =>
      db.transaction().execute(async (transaction) => {
        const failed = await transaction
          .updateTable('credential')
          .set({ state: 'FAILED', sealed_disclosures: null, status_changed_at: now })
          .where('idempotency_key', '=', idempotencyKey)
          .where('state', '=', 'ISSUING')
          .returning(['id', 'ods_code'])
          .execute();
        await writeAudit(
          transaction,
          failed.map(({ id, ods_code: odsCode }) => ({
            at: now,
            by,
            action: 'credential.failed',
            subject: id,
            odsCode,
          })),
        );
      }),
    async findUnfinished(before, limit) {
      const rows = await db
        .selectFrom('credential')
        .select('idempotency_key')
        .where('state', '=', 'ISSUING')
        .where('created_at', '<=', before)
        .where((where) =>
          where.not(where.exists(stopsInForce(db, where.ref('credential.ods_code')))),
        )
        .groupBy(['idempotency_key', 'ods_code'])
        // In turn, so that the batches of one trust that nobody can end do not fill every round.
        .orderBy(sql`row_number() over (partition by ods_code order by min(created_at))`)
        .orderBy((order) => order.fn.min('created_at'))
        .limit(limit)
        .execute();
      return rows.map((row) => row.idempotency_key);
    },
    async forget(before, expiredBefore) {
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
      await db
        .updateTable('offer')
        .set({ sealed_attestations: null })
        .where('sealed_attestations', 'is not', null)
        .where('expires_at', '<', expiredBefore)
        .where((is) =>
          is.or([is('deferred_until', 'is', null), is('deferred_until', '<', expiredBefore)]),
        )
        .execute();
      await forgetKeys(db, before);
    },
    async history(id, limit) {
      const rows = await db
        .selectFrom('status_history')
        .select(['state', 'reason', 'at', 'ods_code'])
        .where('credential_id', '=', id)
        .orderBy('version', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toHistoryEntry);
    },
    async listIssue({ offerId, type, format }) {
      const rows = await db
        .selectFrom('credential')
        .select([...RECORD_COLUMNS, 'claims_hash'])
        .where('offer_id', '=', offerId)
        .where('type', '=', type)
        .where('format', '=', format)
        .where('state', '<>', 'FAILED')
        .orderBy('position', 'desc')
        .execute();
      return rows.map((row) => ({ ...toRecord(row), claimsHash: row.claims_hash }));
    },
    async findSuperseded(since, limit, offerId) {
      let query = db
        .selectFrom('credential')
        .select(RECORD_COLUMNS)
        .where('state', 'in', ['ACTIVE', 'SUSPENDED'])
        // Few offers have a renewal: they lead to the rows.
        .where('offer_id', 'in', (select) =>
          select
            .selectFrom('credential as renewed')
            .select('renewed.offer_id')
            .where('renewed.renewal', '=', true)
            .where('renewed.created_at', '>=', since),
        )
        .where((where) =>
          where.exists(
            where
              .selectFrom('credential as newer')
              .select('newer.id')
              .whereRef('newer.offer_id', '=', 'credential.offer_id')
              .whereRef('newer.type', '=', 'credential.type')
              .whereRef('newer.format', '=', 'credential.format')
              .whereRef('newer.idempotency_key', '<>', 'credential.idempotency_key')
              .whereRef('newer.position', '>', 'credential.position')
              .where('newer.renewal', '=', true)
              .where('newer.issued_at', 'is not', null),
          ),
        )
        .limit(limit);
      if (offerId !== undefined) query = query.where('offer_id', '=', offerId);
      return (await query.execute()).map(toRecord);
    },
    changeStatus: (change) => changeStatusIn(db, change),
    note: ({ credentialIds, event, at, by, now }) =>
      db.transaction().execute(async (transaction) => {
        const changed = await transaction
          .updateTable('credential')
          .set({ holder_event: event, holder_event_at: at })
          .where('id', 'in', [...credentialIds])
          .where('state', 'in', ['ACTIVE', 'SUSPENDED', 'REVOKED'])
          .where((is) => is.or([is('holder_event_at', 'is', null), is('holder_event_at', '<', at)]))
          .returning(['id', 'ods_code'])
          .execute();
        await writeAudit(
          transaction,
          changed.map(({ id, ods_code: odsCode }) => ({
            at: now,
            by,
            action: 'credential.noted',
            subject: id,
            odsCode,
            details: { event },
          })),
        );
        return changed.length;
      }),
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
            where staff_id = ${staffId} and expires_at > ${now} and dead_at is null
              and (${issuedBy}::text is null or ods_code = ${issuedBy}::text)) as offered
        from passport.credential
        where staff_id = ${staffId} and state <> 'FAILED'
          and (${issuedBy}::text is null or ods_code = ${issuedBy}::text)`.execute(db);
      return rows[0] ?? { active: 0, any: 0, offered: 0 };
    },

    async findHolders(staffIds, now) {
      const { rows } = await sql<{ staff_id: string }>`
        with asked as (select jsonb_array_elements_text(${JSON.stringify(staffIds)}::jsonb) as staff_id)
        select staff_id from asked where exists (
          select from passport.credential c where c.staff_id = asked.staff_id
            and c.state in ('ISSUING', 'ACTIVE', 'SUSPENDED') and c.expires_at > ${now})
        or exists (
          select from passport.offer o where o.staff_id = asked.staff_id
            and o.expires_at > ${now} and o.dead_at is null)`.execute(db);
      return rows.map((row) => row.staff_id);
    },
  };
}

/**
 * Whether a key that signed may not sign any more. Stopping a key waits for these rows, and this waits for a stop that
 * is going on, so that no signature of a stopped key is ever recorded.
 */
async function aKeyIsStopped(
  db: PassportDatabase,
  signed: readonly SignedCredential[],
): Promise<boolean> {
  const kids = [...new Set(signed.map(({ kid }) => kid))].sort();
  if (kids.length === 0) return false;
  const rows = await db
    .selectFrom('issuer_key')
    .select('kid')
    .where('kid', 'in', kids)
    .where('use', '=', 'credential')
    .where('retired_at', 'is', null)
    .where('compromised_at', 'is', null)
    .orderBy('kid')
    .forKeyShare()
    .execute();
  return rows.length < kids.length;
}

/** Stores signed tokens of credentials that wait for theirs. Returns whose were stored. */
async function markIssued(
  db: PassportDatabase,
  signed: readonly SignedCredential[],
  now: Date,
): Promise<readonly string[]> {
  const tokens = signed.map((one) => ({
    id: one.id,
    jwt: one.signedJwt,
    hash: one.signedHash,
    kid: one.kid,
  }));
  const { rows } = await sql<{ id: string }>`
    update passport.credential
    set state = 'ACTIVE', signed_jwt = token.jwt, signed_hash = token.hash, kid = token.kid,
      issued_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(tokens)}::jsonb)
      as token (id text, jwt text, hash text, kid text)
    where credential.id = token.id and credential.state = 'ISSUING'
    returning credential.id`.execute(db);
  return rows.map(({ id }) => id);
}
