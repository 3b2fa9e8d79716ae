/** Which edition of the organisations there is. */
import { type Kysely, sql } from 'kysely';

import type { EsrTables } from './tables.ts';

/**
 * Reads a name for what is in the table now. Any row that comes, goes or changes gives another one: a changed row bears the
 * number of the transaction that wrote it.
 */
export async function organisationEdition(db: Kysely<EsrTables>): Promise<string> {
  const { edition } = await db
    .selectFrom('organisation')
    .select(sql<string>`concat(count(*), '.', coalesce(sum(xmin::text::bigint), 0))`.as('edition'))
    .executeTakeFirstOrThrow();
  return edition;
}
