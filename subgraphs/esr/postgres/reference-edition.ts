/** Which edition of the reference data there is: the organisations, and the code lists. */
import { type Kysely, sql } from 'kysely';

import type { EsrTables } from './tables.ts';

/**
 * Reads a name for what is there now. Any organisation that comes, goes or changes gives another one: a changed row bears the
 * number of the transaction that wrote it.
 *
 * @param codeLists the edition of the code lists, which are released with this process
 */
export async function referenceEdition(db: Kysely<EsrTables>, codeLists: string): Promise<string> {
  const { edition } = await db
    .selectFrom('organisation')
    .select(sql<string>`concat(count(*), '.', coalesce(sum(xmin::text::bigint), 0))`.as('edition'))
    .executeTakeFirstOrThrow();
  return `${edition}.${codeLists}`;
}
