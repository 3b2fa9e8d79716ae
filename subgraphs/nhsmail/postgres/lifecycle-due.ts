/** What a round has to look at, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import type { RoundScope } from '../domain/lifecycle/ports.ts';
import { readPosition } from './departures.ts';

/** Changes that one round takes. */
const PORTION = 2_000;
/** So many changes, and it is less work to look at everything. */
const TOO_MANY = 20_000;

/** See `LifecycleRound.takeDue`. */
export async function takeDue(db: Kysely<unknown>): Promise<RoundScope | undefined> {
  const position = await readPosition(db, 'ACCOUNTS');
  if (position === undefined) return { kind: 'everything' };
  const { rows: counted } = await sql<{ readonly due: number | string }>`
    select (select count(*) from (select from nhsmail.lifecycle_due limit ${TOO_MANY}) d)
      + (select count(*) from (select from nhsmail.account
          where change > ${position}::bigint limit ${TOO_MANY}) a) as due`.execute(db);
  const due = Number(counted[0]?.due ?? 0);
  if (due >= TOO_MANY) return { kind: 'everything' };
  if (due === 0) return undefined;
  const { rows } = await sql<{ readonly side: 'PERSON' | 'ACCOUNT'; readonly record_id: string }>`
    delete from nhsmail.lifecycle_due
    where id in (select id from nhsmail.lifecycle_due order by id limit ${PORTION})
    returning side, record_id`.execute(db);
  const { rows: changed } = await sql<{ readonly id: string; readonly change: number }>`
    select id, change from nhsmail.account
    where change > ${position}::bigint order by change limit ${PORTION}`.execute(db);
  const last = changed.at(-1)?.change;
  if (last !== undefined) await keepPosition(db, 'ACCOUNTS', String(last));
  const of = (side: 'PERSON' | 'ACCOUNT') =>
    rows.flatMap((row) => (row.side === side ? [row.record_id] : []));
  return {
    kind: 'records',
    staffIds: [...new Set(of('PERSON'))],
    accountIds: [...new Set([...of('ACCOUNT'), ...changed.map(({ id }) => id)])],
  };
}

/** Notes that everything has been looked at. */
export async function noteWholeRound(db: Kysely<unknown>, at: Date): Promise<void> {
  await sql`delete from nhsmail.lifecycle_due`.execute(db);
  const { rows } = await sql<{ readonly change: number | null }>`
    select max(change) as change from nhsmail.account`.execute(db);
  await keepPosition(db, 'ACCOUNTS', String(rows[0]?.change ?? 0));
  await keepPosition(db, 'WHOLE', at.toISOString());
}

async function keepPosition(
  db: Kysely<unknown>,
  name: 'ACCOUNTS' | 'WHOLE',
  position: string,
): Promise<void> {
  await sql`
    insert into nhsmail.lifecycle_position (name, position) values (${name}, ${position})
    on conflict (name) do update set position = excluded.position`.execute(db);
}
