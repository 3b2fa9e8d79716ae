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
    (await db.selectFrom('organisation').selectAll().execute()).map((row) => [
      row.ods_code,
      JSON.stringify([row.name, row.type, row.status, row.vpd]),
    ]),
  );
  // Organisations of the list may swap VPDs among them: free those first.
  await sql`update esr.organisation set vpd = null
    where ods_code in ${textSet(rows.map((row) => row.odsCode))}`.execute(db);
  const columns = 'ods_code text, name text, type text, status text, vpd text';
  for (const chunk of inChunks(rows)) {
    const values = chunk.map(({ odsCode, ...row }) => ({ ods_code: odsCode, ...row }));
    await sql`insert into esr.organisation (ods_code, name, type, status, vpd)
      select ods_code, name, type, status, vpd from ${recordSet('x', columns, values)}
      on conflict (ods_code) do update set
        name = excluded.name, type = excluded.type, status = excluded.status, vpd = excluded.vpd`.execute(
      db,
    );
  }
  const changed = rows.filter(({ odsCode, name, type, status, vpd }) => {
    const content = before.get(odsCode);
    return content !== undefined && content !== JSON.stringify([name, type, status, vpd]);
  });
  return {
    added: rows.filter((row) => !before.has(row.odsCode)).length,
    changed: changed.length,
  };
}
