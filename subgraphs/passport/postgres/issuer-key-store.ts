/** Issuers' keys in PostgreSQL, their private halves sealed. */
import { z } from 'zod';

import type { IssuerKeyStore, StoredKey } from '../domain/ports/keys.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    kid: z.string(),
    ods_code: z.string(),
    use: z.enum(['anchor', 'credential', 'status-list']),
    certificate: z.string(),
    sealed_private_key: z.string(),
    created_at: timestamp,
  })
  .transform((key): StoredKey => ({
    kid: key.kid,
    odsCode: key.ods_code,
    use: key.use,
    certificate: key.certificate,
    sealedPrivateKey: key.sealed_private_key,
    createdAt: key.created_at,
  }));

/** Keys in PostgreSQL. */
export function postgresIssuerKeys(db: PassportDatabase): IssuerKeyStore {
  const find: IssuerKeyStore['find'] = async (odsCode, use) => {
    const found = await db
      .selectFrom('issuer_key')
      .selectAll()
      .where('ods_code', '=', odsCode)
      .where('use', '=', use)
      .executeTakeFirst();
    return found && row.parse(found);
  };
  return {
    find,
    async list(odsCode) {
      let query = db.selectFrom('issuer_key').selectAll().orderBy('created_at').orderBy('kid');
      if (odsCode !== undefined) query = query.where('ods_code', '=', odsCode);
      return (await query.execute()).map((found) => row.parse(found));
    },
    async add(key) {
      await db
        .insertInto('issuer_key')
        .values({
          kid: key.kid,
          ods_code: key.odsCode,
          use: key.use,
          certificate: key.certificate,
          sealed_private_key: key.sealedPrivateKey,
          created_at: key.createdAt,
        })
        .onConflict((conflict) => conflict.columns(['ods_code', 'use']).doNothing())
        .execute();
      const stored = await find(key.odsCode, key.use);
      if (stored === undefined) throw new Error('the key was not stored');
      return stored;
    },
  };
}
