/** Who died in service, as far as the records say so. */
import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a leaving reason is death in service: EMPLOYMENT HISTORY LEAVING REASON 01, by its code or its words, whatever
 * their case and punctuation.
 *
 * @param column a column, as `table.column`
 */
export const isDeathInService = (column: string): RawBuilder<boolean> =>
  sql<boolean>`(lower(trim(regexp_replace(coalesce(${sql.ref(column)}, ''), '[^[:alnum:]]+', ' ', 'g')))
    in ('death in service', '01'))`;
