/** Issuers' keys in PostgreSQL. What is stored of a private key is what its keeper needs to find it. */
import { sql } from 'kysely';
import { z } from 'zod';

import { type AuditActor, type AuditEntry, PASSPORT_ITSELF } from '../domain/audit.ts';
import type { KeyOwner } from '../domain/ports/key-keeper.ts';
import {
  BEGINNING,
  type IssuerKeyStore,
  type NewKey,
  type StoredKey,
  type StoredKeyUse,
} from '../domain/ports/keys.ts';
import { writeAudit } from './audit.ts';
import { jsonb } from './json.ts';
import { lockInOrder } from './lock-in-order.ts';
import { revokePiece } from './revoke-signed.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const columns = z.object({
  kid: z.string(),
  ods_code: z.string(),
  use: z.enum(['anchor', 'credential', 'status-list', 'registry', 'request', 'receipt', 'signal']),
  certificate: z.string(),
  keeper: z.enum(['sealed', 'pkcs11']),
  handle: z.string(),
  created_at: timestamp,
  activates_at: timestamp,
  retired_at: timestamp.nullable(),
  compromised_at: timestamp.nullable(),
  compromised_since: timestamp.nullable(),
  last_expires_at: timestamp.nullable(),
});

function toKey(found: unknown): StoredKey {
  const key = columns.parse(found);
  return {
    kid: key.kid,
    odsCode: key.ods_code,
    use: key.use,
    certificate: key.certificate,
    keeper: key.keeper,
    handle: key.handle,
    createdAt: key.created_at,
    activatesAt: key.activates_at,
    ...(key.retired_at === null ? {} : { retiredAt: key.retired_at }),
    ...(key.compromised_at === null ? {} : { compromisedAt: key.compromised_at }),
    ...(key.compromised_since === null ? {} : { compromisedSince: key.compromised_since }),
    ...(key.last_expires_at === null ? {} : { lastExpiresAt: key.last_expires_at }),
  };
}

const ageing = z.object({
  ods_code: z.string(),
  use: z.enum(['credential', 'status-list', 'registry', 'request', 'receipt', 'signal']),
});

const counts = z.object({ signed: z.number(), in_force: z.number() });

const toKeyUse = (found: unknown): StoredKeyUse => {
  const { signed, in_force: inForce } = counts.parse(found);
  return { ...toKey(found), signed, inForce };
};

/** Keys in PostgreSQL. */
export function postgresIssuerKeys(db: PassportDatabase): IssuerKeyStore {
  return {
    async generation() {
      const row = await db
        .selectFrom('issuer_key_generation')
        .select('generation')
        .executeTakeFirstOrThrow();
      return row.generation;
    },
    find: (owner) => findKeys(db, owner),
    async findByKid(kid) {
      const found = await keys(db).where('kid', '=', kid).executeTakeFirst();
      return found && toKey(found);
    },
    async list(now, odsCode) {
      let query = keys(db)
        .select([
          sql<number>`(select count(*)::int from passport.credential
            where credential.kid = issuer_key.kid)`.as('signed'),
          sql<number>`(select count(*)::int from passport.credential
            where credential.kid = issuer_key.kid and expires_at > ${now}
              and state in ('ACTIVE', 'SUSPENDED'))`.as('in_force'),
        ])
        .orderBy('created_at')
        .orderBy('kid');
      if (odsCode !== undefined) query = query.where('ods_code', '=', odsCode);
      return (await query.execute()).map(toKeyUse);
    },
    add: (key, instead, by = PASSPORT_ITSELF) =>
      db.transaction().execute(async (transaction) => {
        await takeTurn(transaction, key);
        const already = instead(await findKeys(transaction, key));
        if (already !== undefined) return already;
        await insert(transaction, key, by);
        await changed(transaction);
        return key;
      }),
    retire: (key, mayRetire, at, by) =>
      db.transaction().execute(async (transaction) => {
        await takeTurn(transaction, key);
        await lock(transaction, key.kid);
        if (!mayRetire(await findKeys(transaction, key))) return false;
        await transaction
          .updateTable('issuer_key')
          .set({ retired_at: at })
          .where('kid', '=', key.kid)
          .where('retired_at', 'is', null)
          .execute();
        await note(transaction, 'key.retired', key, { at, by });
        await changed(transaction);
        return true;
      }),
    compromise: (key, { since, at, by, successor, needed }) =>
      db.transaction().execute(async (transaction) => {
        await takeTurn(transaction, key);
        // Whoever is recording a signature of this key ends first, or waits and then finds it compromised.
        await lock(transaction, key.kid);
        const marked = await transaction
          .updateTable('issuer_key')
          .set((column) => ({
            compromised_at: sql<Date>`coalesce(${column.ref('compromised_at')}, ${at})`,
            compromised_since: sql<Date>`least(${column.ref('compromised_since')}, ${since})`,
            settled_at: null,
          }))
          .where('kid', '=', key.kid)
          .returning('compromised_since')
          .executeTakeFirstOrThrow();
        const from = timestamp.parse(marked.compromised_since);
        const successorStored = successor !== undefined && needed(await findKeys(transaction, key));
        if (successorStored) await insert(transaction, successor, by);
        if (key.use === 'status-list') await signListsAgain(transaction, key.odsCode);
        await note(transaction, 'key.compromised', key, { at, by }, { since: from.toISOString() });
        await changed(transaction);
        const piece = await revokePiece(transaction, { kid: key.kid, from: BEGINNING, at });
        if (piece.next === undefined) await settle(transaction, key.kid, at);
        return { ...piece, since: from, successorStored };
      }),
    revokeSigned: (kid, from, at) =>
      db.transaction().execute(async (transaction) => {
        await lock(transaction, kid);
        const piece = await revokePiece(transaction, { kid, from, at });
        if (piece.next === undefined) await settle(transaction, kid, at);
        return piece;
      }),
    async findAgeing(before) {
      const rows = await db
        .selectFrom('issuer_key')
        .select(['ods_code', 'use'])
        .where('use', '<>', 'anchor')
        .where('retired_at', 'is', null)
        .where('compromised_at', 'is', null)
        .groupBy(['ods_code', 'use'])
        .having((having) => having.fn.max('activates_at'), '<', before)
        .execute();
      return rows.map((found) => {
        const { ods_code: odsCode, use } = ageing.parse(found);
        return { odsCode, use };
      });
    },
    async findUnsettled() {
      const rows = await db
        .selectFrom('issuer_key')
        .select('kid')
        .where('compromised_at', 'is not', null)
        .where('settled_at', 'is', null)
        .execute();
      return rows.map(({ kid }) => kid);
    },
  };
}

const keys = (db: PassportDatabase) =>
  db.selectFrom('issuer_key').select([
    'kid',
    'ods_code',
    'use',
    'certificate',
    'keeper',
    'handle',
    'created_at',
    'activates_at',
    'retired_at',
    'compromised_at',
    'compromised_since',
    sql`(select max(expires_at) from passport.credential
        where credential.kid = issuer_key.kid)`.as('last_expires_at'),
  ]);

async function findKeys(db: PassportDatabase, owner: KeyOwner): Promise<StoredKey[]> {
  const found = await keys(db)
    .where('ods_code', '=', owner.odsCode)
    .where('use', '=', owner.use)
    .orderBy('activates_at')
    .orderBy('kid')
    .execute();
  return found.map(toKey);
}

/** Changes to the keys of one owner wait for each other. There may be no row yet that could be locked. */
async function takeTurn(db: PassportDatabase, { odsCode, use }: KeyOwner): Promise<void> {
  const name = `lanyard:issuer-key:${odsCode}:${use}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
}

async function lock(db: PassportDatabase, kid: string): Promise<void> {
  await db
    .selectFrom('issuer_key')
    .select('kid')
    .where('kid', '=', kid)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

async function insert(db: PassportDatabase, key: NewKey, by: AuditActor): Promise<void> {
  await db
    .insertInto('issuer_key')
    .values({
      kid: key.kid,
      ods_code: key.odsCode,
      use: key.use,
      certificate: key.certificate,
      keeper: key.keeper,
      handle: key.handle,
      created_at: key.createdAt,
      activates_at: key.activatesAt,
      retired_at: null,
      compromised_at: null,
      compromised_since: null,
      settled_at: null,
    })
    .execute();
  await note(db, 'key.made', key, { at: key.createdAt, by });
}

/** Notes what happened to a key in the audit trail and for whoever listens to events. */
async function note(
  db: PassportDatabase,
  action: 'key.made' | 'key.retired' | 'key.compromised',
  { kid, odsCode, use, keeper }: NewKey,
  { at, by }: Pick<AuditEntry, 'at' | 'by'>,
  more: AuditEntry['details'] = {},
): Promise<void> {
  const details = { use, keeper, ...more };
  await writeAudit(db, [{ at, by, action, subject: kid, odsCode, details }]);
  await db
    .insertInto('outbox')
    .values({ type: action, subject: kid, data: jsonb({ odsCode, use }), created_at: at })
    .execute();
}

async function changed(db: PassportDatabase): Promise<void> {
  await db
    .updateTable('issuer_key_generation')
    .set((column) => ({ generation: column('generation', '+', 1) }))
    .execute();
}

async function signListsAgain(db: PassportDatabase, odsCode: string): Promise<void> {
  await lockInOrder(db, (list) => list('ods_code', '=', odsCode));
  await db
    .updateTable('status_list')
    .set((column) => ({ changes: column('changes', '+', 1) }))
    .where('ods_code', '=', odsCode)
    .execute();
}

async function settle(db: PassportDatabase, kid: string, at: Date): Promise<void> {
  await db.updateTable('issuer_key').set({ settled_at: at }).where('kid', '=', kid).execute();
}
