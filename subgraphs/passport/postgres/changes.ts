/** What has become of credentials, presentations and stops, as the outbox has it: it is written with each change. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { ChangeStore } from '../../../runtime/change-feed.ts';
import type { PassportDatabase } from './tables.ts';

const rows = z.array(
  z.object({
    number: z.coerce.number(),
    kind: z.enum(['credential', 'presentation', 'stop']).nullable(),
    id: z.string(),
  }),
);
const last = z.tuple([z.object({ number: z.coerce.number() })]);
const ids = z.array(z.object({ id: z.string() }));
/** Most that is told to have run out at once. */
const MOST_EXPIRED = 1_000;

/** Reads them. */
export const postgresChanges = (db: PassportDatabase): ChangeStore => ({
  async lastChange() {
    const { rows: found } = await sql`
      select coalesce(max(id), 0) as number from passport.outbox`.execute(db);
    return last.parse(found)[0].number;
  },
  async changesAfter(after, missing, limit) {
    const { rows: found } = await sql`
      select id as number, subject as id,
        case when type like 'credential.%' then 'credential'
          when type like 'presentation.%' then 'presentation'
          when type like 'stop.%' then 'stop' end as kind
      from passport.outbox
      where id > ${after} or id in (select jsonb_array_elements(${JSON.stringify(missing)}::jsonb)::bigint)
      order by outbox.id limit ${limit}`.execute(db);
    return rows
      .parse(found)
      .map(({ number, kind, id }) =>
        kind === null ? { number } : { number, change: { kind, id } },
      );
  },
  async expiredBetween(since, until) {
    const { rows: found } = await sql`
      select id from passport.presentation_request
      where released_at is null and refused_because is null
        and expires_at > ${since} and expires_at <= ${until}
      limit ${MOST_EXPIRED}`.execute(db);
    return ids.parse(found).map(({ id }) => ({ kind: 'presentation', id }));
  },
});
