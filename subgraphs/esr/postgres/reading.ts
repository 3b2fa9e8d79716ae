/** Reading under row-level security: PostgreSQL itself leaves out the rows that a view does not show. */
import { type Kysely, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { RecordView } from '../domain/access.ts';
import type { EsrTables } from './tables.ts';

/** On whose behalf rows are read; `reference` for what is not about people: organisations and code lists. */
export type ReadView = RecordView | 'reference';

/**
 * Does `work` in a transaction that cannot write, in the role to which the policies apply. Both end with the transaction.
 *
 * @throws {DatabaseUnavailable} when the database does not answer
 */
export async function reading<Result>(
  db: Kysely<EsrTables>,
  view: ReadView,
  work: (db: Kysely<EsrTables>) => Promise<Result>,
): Promise<Result> {
  const { everything = '', odsCode = '', staffId = '' } = settingsOf(view);
  return orUnavailable(() =>
    db.transaction().execute(async (transaction) => {
      // Readers ask for a few people: without compiling, which takes longer than the reading, and from one index to the next,
      // as the policies make it look cheaper than it is to go through whole tables.
      await sql`select set_config('transaction_read_only', 'on', true), set_config('jit', 'off', true),
        set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
        set_config('lanyard.everything', ${everything}, true),
        set_config('lanyard.ods_code', ${odsCode}, true),
        set_config('lanyard.staff_id', ${staffId}, true),
        set_config('role', 'lanyard_esr_reader', true)`.execute(transaction);
      return work(transaction);
    }),
  );
}

function settingsOf(view: ReadView): {
  readonly everything?: string;
  readonly odsCode?: string;
  readonly staffId?: string;
} {
  if (view === 'everything') return { everything: 'on' };
  return view === 'reference' ? {} : view;
}
