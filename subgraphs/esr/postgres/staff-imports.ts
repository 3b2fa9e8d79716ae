/** The store of staff records, for writing: set-based SQL in one transaction. */
import { type Kysely, sql } from 'kysely';

import type { ImportRecords, StaffImports } from '../domain/import-ports.ts';
import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import { feedRecords } from './feed-records.ts';
import { personRecords } from './person-records.ts';
import { inChunks, recordSet, textSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

/** Writes to PostgreSQL. */
export function postgresStaffImports(db: Kysely<EsrTables>): StaffImports {
  return {
    inTransaction: (work) =>
      orUnavailable(() =>
        db.transaction().execute((transaction) => work(importRecords(transaction))),
      ),
  };
}

function importRecords(db: Kysely<EsrTables>): ImportRecords {
  return {
    ...personRecords(db),
    ...feedRecords(db),

    lockOrganisation: (odsCode) => lock(db, `organisation:${odsCode}`),
    lockIdentities: () => lock(db, 'identities'),

    findOrganisation: async (by) => {
      const organisations = db.selectFrom('organisation').select('ods_code');
      const found = await (
        'vpd' in by
          ? organisations.where('vpd', '=', by.vpd)
          : organisations.where('ods_code', '=', by.odsCode)
      ).executeTakeFirst();
      return found === undefined ? undefined : { odsCode: found.ods_code };
    },

    writeOrganisations: async (rows) => {
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
    },

    findLastImport: (odsCode, kind) =>
      db
        .selectFrom('import')
        .select(['sequence', 'sha256'])
        .where('ods_code', '=', odsCode)
        .where('kind', '=', kind)
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst(),

    hasImport: async (odsCode, kind, sha256) => {
      const found = await db
        .selectFrom('import')
        .select('sequence')
        .where('ods_code', '=', odsCode)
        .where('kind', '=', kind)
        .where('sha256', '=', sha256)
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },

    writeImport: async ({ odsCode, kind, sequence, sha256, rowsRead, rejected }) => {
      await db
        .insertInto('import')
        .values({ ods_code: odsCode, kind, sequence, sha256, rows_read: rowsRead, rejected })
        .execute();
    },

    writeEvents: async (events) => {
      if (events.length === 0) return;
      // Numbers are given in the order in which transactions end, so that a reader can go by the last one it saw.
      await lock(db, 'outbox');
      for (const chunk of inChunks(events)) {
        const values = chunk.map(({ type, staffId, odsCode, assignmentId }) => ({
          type,
          staff_id: staffId,
          ods_code: odsCode,
          assignment_id: assignmentId ?? null,
        }));
        const columns = 'type text, staff_id text, ods_code text, assignment_id text';
        await sql`insert into esr.outbox (type, staff_id, ods_code, assignment_id)
          select type, staff_id, ods_code, assignment_id
          from ${recordSet('x', columns, values)}`.execute(db);
      }
    },
  };
}

/** Held until the transaction ends. */
async function lock(db: Kysely<EsrTables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`lanyard:esr:${name}`}, 0))`.execute(
    db,
  );
}
