/** Passkeys, in PostgreSQL. */
import { type Kysely, type Selectable, sql } from 'kysely';

import { MAX_PASSKEYS, type Passkey, type PasskeyStore } from '../domain/authenticator-ports.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresPasskeys(db: Kysely<IdentityTables>, now: () => Date): PasskeyStore {
  return {
    list: async (staffId) => {
      const rows = await db
        .selectFrom('passkey')
        .selectAll()
        .where('staff_id', '=', staffId)
        .orderBy('created_at')
        .orderBy('credential_id')
        .execute();
      return rows.map(passkeyOf);
    },
    find: async (credentialId) => {
      const row = await db
        .selectFrom('passkey')
        .selectAll()
        .where('credential_id', '=', credentialId)
        .executeTakeFirst();
      return row === undefined ? undefined : passkeyOf(row);
    },
    add: async (passkey) => {
      const { count } = await db
        .selectFrom('passkey')
        .select(sql<number>`count(*)::int`.as('count'))
        .where('staff_id', '=', passkey.staffId)
        .executeTakeFirstOrThrow();
      if (count >= MAX_PASSKEYS) return false;
      const inserted = await db
        .insertInto('passkey')
        .values({
          credential_id: passkey.credentialId,
          staff_id: passkey.staffId,
          name: passkey.name,
          public_key: passkey.publicKey,
          counter: passkey.counter,
          transports: [...passkey.transports],
          backed_up: passkey.backedUp,
          created_at: passkey.createdAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('credential_id')
        .execute();
      return inserted.length === 1;
    },
    noteUse: async (credentialId, counter) => {
      const { numUpdatedRows } = await db
        .updateTable('passkey')
        .set({ counter, last_used_at: now() })
        .where('credential_id', '=', credentialId)
        // Section 6.1.1 of Web Authentication: 0 both times is an authenticator that does not count.
        .where((where) =>
          where.or([
            where('counter', '<', counter),
            where.and([where('counter', '=', 0), where.val(counter === 0)]),
          ]),
        )
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

const passkeyOf = (row: Selectable<IdentityTables['passkey']>): Passkey => ({
  credentialId: row.credential_id,
  staffId: row.staff_id,
  name: row.name,
  publicKey: row.public_key,
  counter: row.counter,
  transports: row.transports,
  backedUp: row.backed_up,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at ?? undefined,
});
