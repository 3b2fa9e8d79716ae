/** Many rows into a table by COPY, on the real server and on the embedded engine alike. */
import { CompiledQuery, type Kysely } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A value of a row; `null` is NULL. */
export type CopyValue = string | number | boolean | null;

const MESSAGE_BYTES = 1 << 20;

/** Rows on their way: the only parameter of a COPY statement. */
const onTheirWay = new WeakMap<object, string>();

/**
 * Adds rows to a table. Inside a transaction of `db`, they are part of it.
 *
 * @param into the table with its columns in the order of the values, as SQL: `esr.stage_person (line, family)`
 */
export async function copyRows<Tables>(
  db: Kysely<Tables>,
  into: string,
  rows: readonly (readonly CopyValue[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const parcel = {};
  onTheirWay.set(parcel, rows.map(copyLine).join(''));
  await db.executeQuery(CompiledQuery.raw(`copy ${into} from stdin`, [parcel]));
}

/** The text of the rows, when a statement is a COPY of ours. */
export const copiedText = (parameters: readonly unknown[] | undefined): string | undefined => {
  const [parcel] = parameters ?? [];
  return typeof parcel === 'object' && parcel !== null ? onTheirWay.get(parcel) : undefined;
};

/** One row in the text format of COPY. */
function copyLine(row: readonly CopyValue[]): string {
  let line = '';
  let separator = '';
  for (const value of row) {
    line += separator;
    separator = '\t';
    line += value === null ? '\\N' : typeof value === 'string' ? escaped(value) : String(value);
  }
  return `${line}\n`;
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const escaped = (value: string): string =>
  SPECIAL.test(value) ? value.replaceAll(/[\\\n\r\t]/g, (one) => ESCAPES[one] ?? one) : value;

/** Runs a COPY on a connection of `pg`. */
export function copyOnClient(
  client: pg.ClientBase,
  statement: string,
  text: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(statement));
    stream.on('error', reject);
    stream.on('finish', resolve);
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length; start += MESSAGE_BYTES) {
      stream.write(bytes.subarray(start, start + MESSAGE_BYTES));
    }
    stream.end();
  });
}
