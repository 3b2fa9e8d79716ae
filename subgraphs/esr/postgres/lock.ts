/** Locks that writers take turns by. */
import { type Kysely, sql } from 'kysely';

import type { EsrTables } from './tables.ts';

/** Waits for a lock, and holds it until the transaction ends. */
export async function lock(db: Kysely<EsrTables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`lanyard:esr:${name}`}, 0))`.execute(
    db,
  );
}
