/** The list of organisations, for writing. */
import { type Kysely, sql } from 'kysely';

import type { StaffImports } from '../domain/import-ports.ts';
import { lock } from './lock.ts';
import { inChunks, recordSet, textSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

/** See `StaffImports.writeOrganisations`. Inside a transaction. */
export async function writeOrganisations(
  db: Kysely<EsrTables>,
  rows: Parameters<StaffImports['writeOrganisations']>[0],
): Promise<{ added: number; changed: number }> {
  await lock(db, 'organisations');
  const before = new Map(
    (await db.selectFrom('organisation').selectAll().execute()).map((row) => [row.ods_code, row]),
  );
  // A list that does not say what became of organisations leaves what is held of it.
  const values = rows.map((row) => {
    const held = before.get(row.odsCode);
    return {
      ods_code: row.odsCode,
      name: row.name,
      type: row.type,
      status: row.status,
      vpd: row.vpd,
      successor_ods_code: kept(row.successorOdsCode, held?.successor_ods_code),
      opened_on: kept(row.openedOn, held?.opened_on),
      closed_on: kept(row.closedOn, held?.closed_on),
    };
  });
  // Organisations of the list may swap VPDs among them: free those first.
  await sql`update esr.organisation set vpd = null
    where ods_code in ${textSet(rows.map((row) => row.odsCode))}`.execute(db);
  const columns = `ods_code text, name text, type text, status text, vpd text, successor_ods_code text, opened_on date,
    closed_on date`;
  for (const chunk of inChunks(values)) {
    await sql`insert into esr.organisation (ods_code, name, type, status, vpd, successor_ods_code, opened_on, closed_on)
      select ods_code, name, type, status, vpd, successor_ods_code, opened_on, closed_on
      from ${recordSet('x', columns, chunk)}
      on conflict (ods_code) do update set
        name = excluded.name, type = excluded.type, status = excluded.status, vpd = excluded.vpd,
        successor_ods_code = excluded.successor_ods_code, opened_on = excluded.opened_on,
        closed_on = excluded.closed_on`.execute(db);
  }
  const changed = values.filter((row) => {
    const held = before.get(row.ods_code);
    return (
      held !== undefined &&
      (Object.keys(row) as (keyof typeof row)[]).some((column) => row[column] !== held[column])
    );
  });
  return {
    added: rows.filter((row) => !before.has(row.odsCode)).length,
    changed: changed.length,
  };
}

const kept = (said: string | null | undefined, held: string | null | undefined): string | null =>
  said === undefined ? (held ?? null) : said;
