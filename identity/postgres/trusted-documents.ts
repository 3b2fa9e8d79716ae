/** Registered operations in PostgreSQL. Their texts never change; they can be taken back, and registered again. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';

import { clientDocumentPolicy, type TrustedDocumentStore } from '../domain/trusted-documents.ts';
import type { IdentityTables } from './tables.ts';

const rules = z.tuple([z.object({ last: z.coerce.number(), count: z.coerce.number() })]);
const policies = z.array(z.object({ client_id: z.string(), policy: clientDocumentPolicy }));

/** Creates the store. */
export function postgresTrustedDocuments(
  db: Kysely<IdentityTables>,
  now: () => Date,
): TrustedDocumentStore {
  return {
    add: async (documents, by, most) => {
      const [first] = documents;
      if (first === undefined) return [];
      const { clientId } = first;
      return db.transaction().execute(async (transaction) => {
        // One publisher of a client at a time, so that the count holds.
        await lock(transaction, `trusted-document:${clientId}`);
        const kept = await transaction
          .selectFrom('trusted_document')
          .select('sha256')
          .where('client_id', '=', clientId)
          .where('withdrawn_at', 'is', null)
          .execute();
        const known = new Set(kept.map(({ sha256 }) => sha256));
        const fresh = new Map(
          documents.filter(({ sha256 }) => !known.has(sha256)).map((one) => [one.sha256, one]),
        );
        if (fresh.size === 0) return [];
        if (known.size + fresh.size > most) return 'too-many';
        await transaction
          .insertInto('trusted_document')
          .values(
            [...fresh.values()].map(({ sha256, text }) => ({
              client_id: clientId,
              sha256,
              text,
              published_at: now(),
              published_by: by,
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(['client_id', 'sha256']).doUpdateSet((column) => ({
              published_at: column.ref('excluded.published_at'),
              published_by: column.ref('excluded.published_by'),
              withdrawn_at: null,
              withdrawn_by: null,
              withdrawal: null,
            })),
          )
          .execute();
        return [...fresh.keys()];
      });
    },
    findText: async (clientId, sha256) => {
      const row = await db
        .selectFrom('trusted_document')
        .select('text')
        .where('client_id', '=', clientId)
        .where('sha256', '=', sha256)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst();
      return row?.text;
    },
    list: async (clientId) =>
      (
        await db
          .selectFrom('trusted_document')
          .select(['sha256', 'text'])
          .where('client_id', '=', clientId)
          .where('withdrawn_at', 'is', null)
          .orderBy('published_at')
          .orderBy('sha256')
          .execute()
      ).map((one) => ({ clientId, ...one })),
    withdraw: (clientId, hashes, by) =>
      db.transaction().execute(async (transaction) => {
        // Numbers are seen in the order in which they are taken: whoever knows the last has seen them all.
        await lock(transaction, 'trusted-document-withdrawal');
        const withdrawn = await transaction
          .updateTable('trusted_document')
          .set({
            withdrawn_at: now(),
            withdrawn_by: by,
            withdrawal: sql<number>`nextval('identity.document_withdrawal')`,
          })
          .where('client_id', '=', clientId)
          .where('sha256', 'in', hashes)
          .where('withdrawn_at', 'is', null)
          .returning('sha256')
          .execute();
        return withdrawn.map(({ sha256 }) => sha256);
      }),
    setPolicy: async (clientId, policy, by) => {
      if (policy === undefined) {
        await db.deleteFrom('document_policy').where('client_id', '=', clientId).execute();
        return;
      }
      const set = { policy, set_at: now(), set_by: by };
      await db
        .insertInto('document_policy')
        .values({ client_id: clientId, ...set })
        .onConflict((conflict) => conflict.column('client_id').doUpdateSet(set))
        .execute();
    },
    rules: async () => {
      const { rows } = await sql`
        select coalesce(max(withdrawal), 0) as last, count(*) as count
        from identity.trusted_document where withdrawal is not null`.execute(db);
      const [{ last, count }] = rules.parse(rows);
      const found = await db
        .selectFrom('document_policy')
        .select(['client_id', 'policy'])
        .orderBy('client_id')
        .execute();
      return {
        withdrawals: `${String(last)}.${String(count)}`,
        policies: Object.fromEntries(
          policies.parse(found).map(({ client_id: clientId, policy }) => [clientId, policy]),
        ),
      };
    },
  };
}

const lock = (transaction: Transaction<IdentityTables>, name: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
