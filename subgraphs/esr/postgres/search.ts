/** Searching people in PostgreSQL, by the functions of the migration `0007-search.sql`. */
import { type Kysely, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import { SEARCH_LIMIT, type StaffSearch } from '../domain/search.ts';
import { reading } from './reading.ts';
import type { EsrTables } from './tables.ts';

/** Notes taken up at a time: a fraction of a second, so that one connection serves others in between. */
const PORTION = 1_000;

/** Searches, and keeps what is searched. */
export function postgresStaffSearch(database: Kysely<EsrTables>): StaffSearch {
  return {
    search: ({ text, odsCode, jobRole }, { day, skip, limit }, view) =>
      reading(database, view, async (db) => {
        const { rows } = await sql<{ ids: string[] | null; total: number }>`
          select ids, total from esr.search_staff(${text}, ${odsCode ?? null}, ${jobRole ?? null},
            ${day}::date, ${skip}, ${limit})`.execute(db);
        const { ids, total } = rows[0] ?? { ids: null, total: 0 };
        return {
          staffIds: ids ?? [],
          found: Math.min(total, SEARCH_LIMIT),
          truncated: total > SEARCH_LIMIT,
        };
      }),

    refresh: () =>
      orUnavailable(async () => {
        const { rows } = await sql<{
          taken: number;
        }>`select esr.refresh_search(${PORTION}) as taken`.execute(database);
        return (rows[0]?.taken ?? 0) > 0;
      }),
  };
}
