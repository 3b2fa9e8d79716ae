/** Who has left, and how far the feed of it has been followed, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { DepartureStore } from '../domain/lifecycle/departures.ts';

const MOVEMENTS = 'MOVEMENTS';

/** Departures kept in the schema `nhsmail`. */
export function postgresDepartures(db: Kysely<unknown>): DepartureStore {
  return {
    position: () => orUnavailable(() => readPosition(db, MOVEMENTS)),
    apply: ({ after, position, changes }) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          if (!(await movePosition(transaction, MOVEMENTS, after, position))) return false;
          const left = changes.filter(({ returned }) => !returned);
          const back = changes.filter(({ returned }) => returned);
          // Somebody who never left here is not noted.
          await sql`
            update nhsmail.departure d set returned = true
            from jsonb_to_recordset(${JSON.stringify(back)}::jsonb)
              as x ("staffId" text, "odsCode" text)
            where d.staff_id = x."staffId" and d.ods_code = x."odsCode" and not d.returned`.execute(
            transaction,
          );
          await sql`
            insert into nhsmail.departure (staff_id, ods_code, known_at, returned, deceased)
            select "staffId", "odsCode", "knownAt", false, deceased
            from jsonb_to_recordset(${JSON.stringify(left)}::jsonb)
              as x ("staffId" text, "odsCode" text, "knownAt" timestamptz, deceased boolean)
            on conflict (staff_id, ods_code) do update set
              -- Told again, it is as old as when it was first told.
              known_at = case when departure.returned then excluded.known_at else departure.known_at end,
              returned = false, deceased = excluded.deceased`.execute(transaction);
          await sql`
            insert into nhsmail.lifecycle_due (side, record_id)
            select distinct 'PERSON', "staffId"
            from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as x ("staffId" text, returned boolean)
            where not returned or "staffId" in (select staff_id from nhsmail.departure)`.execute(
            transaction,
          );
          return true;
        }),
      ),
  };
}

/** How far something has been followed. */
export async function readPosition(
  db: Kysely<unknown>,
  name: 'MOVEMENTS' | 'ACCOUNTS' | 'WHOLE',
): Promise<string | undefined> {
  const { rows } = await sql<{ readonly position: string }>`
    select position from nhsmail.lifecycle_position where name = ${name}`.execute(db);
  return rows[0]?.position;
}

/** Moves a position on. `false` when it was not where it was thought to be. */
export async function movePosition(
  db: Kysely<unknown>,
  name: 'MOVEMENTS' | 'ACCOUNTS' | 'WHOLE',
  from: string | undefined,
  to: string,
): Promise<boolean> {
  const { rows } = await (
    from === undefined
      ? sql`insert into nhsmail.lifecycle_position (name, position) values (${name}, ${to})
          on conflict do nothing returning name`
      : sql`update nhsmail.lifecycle_position set position = ${to}
          where name = ${name} and position = ${from} returning name`
  ).execute(db);
  return rows.length === 1;
}
