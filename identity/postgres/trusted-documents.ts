/** Registered operations in PostgreSQL. They are added and never change. */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

import type { TrustedDocumentStore } from '../domain/trusted-documents.ts';
import type { IdentityTables } from './tables.ts';

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
        await sql`select pg_advisory_xact_lock(hashtextextended(${`trusted-document:${clientId}`}, 0))`.execute(
          transaction,
        );
        const kept = await transaction
          .selectFrom('trusted_document')
          .select('sha256')
          .where('client_id', '=', clientId)
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
        .executeTakeFirst();
      return row?.text;
    },
  };
}
