/** Many rows in one statement with one parameter: JSON that PostgreSQL takes apart. */
import { type RawBuilder, sql } from 'kysely';

/** Rows sent with one statement. */
const CHUNK = 1_000;

/** A table expression `jsonb_to_recordset($1) as <alias> (<columns>)`, the columns being SQL of ours. */
export const recordSet = (
  alias: string,
  columns: string,
  rows: readonly object[],
): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.raw(`${alias} (${columns})`)}`;

/** A set of texts for `in`. */
export const textSet = (values: readonly string[]): RawBuilder<unknown> =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

/** Rows in portions of a fit size. */
export function* inChunks<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += CHUNK) yield rows.slice(start, start + CHUNK);
}
