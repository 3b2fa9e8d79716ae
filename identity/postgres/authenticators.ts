/** Authenticator apps, setup codes, and the removal of second factors, in PostgreSQL. */
import { type Kysely, sql, type Transaction } from 'kysely';

import type {
  AuthenticatorRemovals,
  CodeAppStore,
  RemovalOutcome,
  SetupCodeStore,
} from '../domain/authenticator-ports.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store of authenticator apps. */
export function postgresCodeApps(db: Kysely<IdentityTables>, now: () => Date): CodeAppStore {
  return {
    find: async (staffId) => {
      const row = await db
        .selectFrom('code_app')
        .select(['sealed_secret', 'created_at'])
        .where('staff_id', '=', staffId)
        .executeTakeFirst();
      return row && { sealedSecret: row.sealed_secret, createdAt: row.created_at };
    },
    add: async (staffId, sealedSecret, step) => {
      const inserted = await db
        .insertInto('code_app')
        .values({
          staff_id: staffId,
          sealed_secret: sealedSecret,
          last_step: step,
          created_at: now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('staff_id')
        .execute();
      return inserted.length === 1;
    },
    takeStep: async (staffId, step) => {
      const { numUpdatedRows } = await db
        .updateTable('code_app')
        .set({ last_step: step })
        .where('staff_id', '=', staffId)
        .where('last_step', '<', step)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

/** Creates the removals. */
export function postgresAuthenticatorRemovals(db: Kysely<IdentityTables>): AuthenticatorRemovals {
  const remove = (
    staffId: string,
    deleteOne: (transaction: Transaction<IdentityTables>) => Promise<number>,
  ): Promise<RemovalOutcome> =>
    db.transaction().execute(async (transaction) => {
      // One removal at a time for each person, so that two cannot take the last two.
      await transaction
        .selectFrom('account')
        .select('staff_id')
        .where('staff_id', '=', staffId)
        .forUpdate()
        .execute();
      const count = await countOf(transaction, staffId);
      if (count === 1) return 'last';
      return (await deleteOne(transaction)) === 1 ? 'removed' : 'unknown';
    });
  return {
    removePasskey: (staffId, credentialId) =>
      remove(staffId, async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('passkey')
          .where('staff_id', '=', staffId)
          .where('credential_id', '=', credentialId)
          .executeTakeFirst();
        return Number(numDeletedRows);
      }),
    removeCodeApp: (staffId) =>
      remove(staffId, async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('code_app')
          .where('staff_id', '=', staffId)
          .executeTakeFirst();
        return Number(numDeletedRows);
      }),
  };
}

async function countOf(db: Transaction<IdentityTables>, staffId: string): Promise<number> {
  const { count } = await db
    .selectNoFrom((select) =>
      sql<number>`(${select
        .selectFrom('passkey')
        .select(sql`count(*)`.as('n'))
        .where('staff_id', '=', staffId)} + ${select
        .selectFrom('code_app')
        .select(sql`count(*)`.as('n'))
        .where('staff_id', '=', staffId)})::int`.as('count'),
    )
    .executeTakeFirstOrThrow();
  return count;
}

/** Creates the store of setup codes. */
export function postgresSetupCodes(db: Kysely<IdentityTables>, now: () => Date): SetupCodeStore {
  return {
    add: (code) =>
      db.transaction().execute(async (transaction) => {
        const at = now();
        await transaction
          .updateTable('setup_code')
          .set({ expires_at: at })
          .where('mail', '=', code.mail)
          .where('spent_at', 'is', null)
          .where('expires_at', '>', at)
          .execute();
        await transaction
          .insertInto('setup_code')
          .values({
            code_hash: code.codeHash,
            mail: code.mail,
            recovery_id: code.recoveryId ?? null,
            created_by: code.createdBy,
            created_at: at,
            expires_at: code.expiresAt,
          })
          .execute();
      }),
    spend: (codeHash, { staffId, mail }) =>
      db.transaction().execute(async (transaction) => {
        const at = now();
        const spent = await transaction
          .updateTable('setup_code')
          .set({ spent_at: at })
          .where('code_hash', '=', codeHash)
          .where('mail', '=', mail)
          .where('spent_at', 'is', null)
          .where('expires_at', '>', at)
          // Without a recovery a code is for the first authenticator alone.
          .where((where) =>
            where.or([
              where('recovery_id', 'is not', null),
              where.and([
                where.not(
                  where.exists(
                    where.selectFrom('passkey').select('staff_id').where('staff_id', '=', staffId),
                  ),
                ),
                where.not(
                  where.exists(
                    where.selectFrom('code_app').select('staff_id').where('staff_id', '=', staffId),
                  ),
                ),
              ]),
            ]),
          )
          .returning('recovery_id')
          .executeTakeFirst();
        if (spent === undefined) return 'refused';
        if (spent.recovery_id === null) return 'spent';
        await transaction.deleteFrom('passkey').where('staff_id', '=', staffId).execute();
        await transaction.deleteFrom('code_app').where('staff_id', '=', staffId).execute();
        return 'recovered';
      }),
  };
}
