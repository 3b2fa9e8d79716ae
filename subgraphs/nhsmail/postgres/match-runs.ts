/** Runs of matching, in PostgreSQL. */
import { randomUUID } from 'node:crypto';

import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { MatchRun } from '../domain/match-run.ts';
import type { MatchRunStore } from '../domain/match-run-store.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const counts = z.object({ linked: z.number(), lost: z.number(), queued: z.number() });

const row = z
  .object({
    id: z.string(),
    number: z.number(),
    kind: z.enum(['WHOLE', 'CHANGES']),
    rule_set: z.number(),
    state: z.enum(['RUNNING', 'DONE', 'STOPPED', 'CONFIRMED', 'FAILED']),
    started_at: z.coerce.date(),
    finished_at: z.coerce.date().nullable(),
    people: z.number(),
    accounts: z.number(),
    links_before: z.number(),
    linked: z.number(),
    lost: z.number(),
    queued: z.number(),
    unsupported: z.number(),
    organisations: z.record(z.string(), counts),
    confirmed_by: z.string().nullable(),
    confirmed_at: z.coerce.date().nullable(),
  })
  .transform((found): MatchRun => ({
    id: found.id,
    number: found.number,
    kind: found.kind,
    ruleSet: found.rule_set,
    state: found.state,
    startedAt: found.started_at,
    ...(found.finished_at === null ? {} : { finishedAt: found.finished_at }),
    people: found.people,
    accounts: found.accounts,
    linksBefore: found.links_before,
    linked: found.linked,
    lost: found.lost,
    queued: found.queued,
    unsupported: found.unsupported,
    organisations: found.organisations,
    ...(found.confirmed_by === null ? {} : { confirmedBy: found.confirmed_by }),
    ...(found.confirmed_at === null ? {} : { confirmedAt: found.confirmed_at }),
  }));

/** Which run is the newest one that ended. */
export const LAST_RUN = sql`
  where state in ('DONE', 'STOPPED', 'CONFIRMED') order by number desc limit 1`;

/** Takes or keeps the right to match, for so many seconds. Gives a row where it was given. */
export const takeLease = (holder: string, seconds: number): RawBuilder<unknown> => sql`
  insert into nhsmail.matching_lease (held_by, held_until)
  values (${holder}::uuid, clock_timestamp() + make_interval(secs => ${seconds}))
  on conflict (one) do update set held_by = excluded.held_by, held_until = excluded.held_until
  where matching_lease.held_by = excluded.held_by or matching_lease.held_until < clock_timestamp()
  returning held_by`;

/** Runs kept in the schema `nhsmail`. */
export function postgresMatchRuns<Tables>(db: Kysely<Tables>): MatchRunStore {
  const runs = (which: RawBuilder<unknown>) =>
    orUnavailable(async () => {
      const { rows } = await sql`
        select id, number, kind, rule_set, state, started_at, finished_at, people, accounts,
          links_before, linked, lost, queued, unsupported, organisations, confirmed_by, confirmed_at
        from nhsmail.match_run ${which}`.execute(db);
      return rows.map((found) => row.parse(found));
    });
  return {
    begin: (kind, ruleSet, at) =>
      orUnavailable(async () => {
        const id = randomUUID();
        await sql`
          insert into nhsmail.match_run (id, kind, rule_set, state, started_at)
          values (${id}::uuid, ${kind}, ${ruleSet}, 'RUNNING', ${at}::timestamptz)`.execute(db);
        return id;
      }),
    finish: (id, result, at) =>
      orUnavailable(async () => {
        await sql`
          update nhsmail.match_run set state = ${result.state}, finished_at = ${at}::timestamptz,
            model_id = ${result.modelId ?? null}::integer, people = ${result.people},
            accounts = ${result.accounts}, links_before = ${result.linksBefore},
            linked = ${result.linked}, lost = ${result.lost}, queued = ${result.queued},
            unsupported = ${result.unsupported},
            organisations = ${JSON.stringify(result.organisations)}::jsonb
          where id = ${id}::uuid`.execute(db);
      }),
    list: (limit) => runs(sql`order by number desc limit ${limit}`),
    findLast: async () => (await runs(LAST_RUN))[0],
    findLastWritten: async () =>
      (await runs(sql`where kind = 'WHOLE' and state = 'DONE' order by number desc limit 1`))[0],
    confirm: (id, by, at) =>
      orUnavailable(async () => {
        if (!UUID.test(id)) return 'not_found';
        const { rows } = await sql<{ known: boolean; confirmed: boolean }>`
          with confirmed as (
            update nhsmail.match_run
            set state = 'CONFIRMED', confirmed_by = ${by}, confirmed_at = ${at}::timestamptz
            where id = ${id}::uuid and state = 'STOPPED' returning id)
          select exists (select from nhsmail.match_run where id = ${id}::uuid) as known,
            exists (select from confirmed) as confirmed`.execute(db);
        const [found] = rows;
        if (found?.known !== true) return 'not_found';
        return found.confirmed ? undefined : 'not_stopped';
      }),
    hold: (holder, seconds) =>
      orUnavailable(async () => {
        const { rows } = await takeLease(holder, seconds).execute(db);
        return rows.length > 0;
      }),
    release: (holder) =>
      orUnavailable(async () => {
        await sql`delete from nhsmail.matching_lease where held_by = ${holder}::uuid`.execute(db);
      }),
  };
}
