/** Which cases were opened, changed or withdrawn, by people or by matching: a case has the number of its last change. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import type { ChangeStore } from '../../../runtime/change-feed.ts';

const rows = z.array(z.object({ number: z.coerce.number(), id: z.string() }));
const last = z.tuple([z.object({ number: z.coerce.number() })]);

/** Reads them. */
export const postgresCaseChanges = (db: Kysely<unknown>): ChangeStore => ({
  async lastChange() {
    const { rows: found } = await sql`
      select coalesce(max(change), 0) as number from nhsmail.matching_case`.execute(db);
    return last.parse(found)[0].number;
  },
  async changesAfter(after, missing, limit) {
    const { rows: found } = await sql`
      select change as number, id from nhsmail.matching_case
      where change > ${after}
        or change in (select jsonb_array_elements(${JSON.stringify(missing)}::jsonb)::bigint)
      order by change limit ${limit}`.execute(db);
    return rows.parse(found).map(({ number, id }) => ({ number, change: { kind: 'case', id } }));
  },
});
