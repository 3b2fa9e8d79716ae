/** Whom an export is about, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { ExportedPeople } from '../domain/export-ports.ts';
import type { EsrTables } from './tables.ts';

/** The people of exports in PostgreSQL. */
export function postgresExportedPeople(db: Kysely<EsrTables>): ExportedPeople {
  return {
    settledMoment: () =>
      orUnavailable(async () => {
        // What an open transaction has written carries the moment of its beginning, and is not to be seen yet.
        const { rows } = await sql<{ moment: Date }>`
          select least(now(), min(xact_start)) as moment from pg_stat_activity
          where datname = current_database() and backend_type = 'client backend'`.execute(db);
        const [row] = rows;
        if (row === undefined) throw new Error('the database did not tell the time');
        return row.moment;
      }),

    list: ({ odsCode, since, day, after, limit }) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ staff_id: string }>`
          select distinct staff_id from esr.employment
          where ods_code = ${odsCode} and staff_id > ${after ?? ''}
            and (ends_on is null or ends_on >= least(${day}::date, ${since}::date))
          order by staff_id limit ${limit}`.execute(db);
        return rows.map((row) => row.staff_id);
      }),
  };
}
