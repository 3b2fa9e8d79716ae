/**
 * A process that imports a file is killed (kill -9) at many steps: while it reads, while it compares and writes, before and
 * after it commits. The records are then as before or as after, never between; going on ends as if nothing had happened, and
 * every event is written once.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';

import { openPostgres } from '../../runtime/database.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import type { Opened } from '../contract/databases.ts';
import { type ImportWorld, NOW, startImportWorld } from '../contract/import-world.ts';
import { describeWithServers } from '../servers/available.ts';
import { eventually } from '../servers/child.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { assignmentLine, go2Text, personLine } from '../unit/subgraphs/esr/extract-files.ts';
import type { ImportTask } from './import-child.ts';
import { runChild } from './run-child.ts';
import { WHOLE } from './whole.ts';

/** Steps at which a child ends itself. A step is before or after a statement; an import of the second file has about 160. */
const STEPS = WHOLE ? Array.from({ length: 90 }, (_, at) => 1 + 2 * at) : [21, 60, 110, 150];

const person = (number: number, values: Parameters<typeof personLine>[0] = {}): string => {
  const digits = String(number).padStart(6, '0');
  return personLine({
    esrPersonId: `5${digits}`,
    employeeNumber: `90${digits}`,
    niNumber: `QQ${digits}A`,
    nhsEmployeeId: `N${digits}`,
    ...values,
  });
};
const post = (number: number, values: Parameters<typeof assignmentLine>[0] = {}): string => {
  const digits = String(number).padStart(6, '0');
  return assignmentLine({
    esrPersonId: `5${digits}`,
    esrAssignmentId: `6${digits}`,
    assignmentNumber: `90${digits}`,
    ...values,
  });
};
const numbers = Array.from({ length: 120 }, (_, at) => at);
const FIRST = go2Text(numbers.flatMap((number) => [person(number), post(number)]));
/** Ten names and ten posts change, two people leave, two are absent, five are new. */
const SECOND = go2Text(
  [
    ...numbers.slice(0, 10).map((number) => person(number, { family: 'Reed' })),
    ...numbers.slice(10, 12).map((number) => person(number, { terminationDate: '20261101' })),
    ...numbers.slice(12, 118).map((number) => person(number)),
    ...numbers.slice(0, 10).map((number) => post(number)),
    ...numbers.slice(10, 12).map((number) => post(number, { endDate: '20261101' })),
    ...numbers
      .slice(12, 118)
      .map((number) => post(number, number < 22 ? { position: '3000002|Sister Band 6|N6A|' } : {})),
    ...[200, 201, 202, 203, 204].flatMap((number) => [person(number), post(number)]),
  ],
  { sequence: 2 },
);

/** What the records say, without ids that are made anew and times. */
async function content(db: Kysely<EsrTables>): Promise<unknown> {
  const { rows } = await sql`
    select
      (select jsonb_agg(x order by x::text) from (select e.esr_person_id, e.ends_on, e.announced, e.absent_from,
        n.family from esr.employment e join esr.employment_name n using (ods_code, esr_person_id)) x) as people,
      (select jsonb_agg(x order by x::text) from (select a.esr_assignment_id, v.position_title, v.end_date
        from esr.assignment a join esr.assignment_version v using (ods_code, esr_assignment_id)) x) as posts,
      (select jsonb_object_agg(type, count) from (select type, count(*) from esr.outbox group by 1) x) as events,
      (select count(*) from esr.staff) as staff,
      (select jsonb_agg(sequence order by sequence) from esr.import) as imports`.execute(db);
  return rows[0];
}

describeWithServers('postgres')('an import that is killed', () => {
  let postgres: PostgresServer;
  let world: ImportWorld;
  let before: unknown;
  let after: unknown;

  beforeAll(async () => {
    postgres = await startPostgres();
    const database = openPostgres(postgres.url, { connections: 3 });
    world = await startImportWorld(() =>
      Promise.resolve<Opened>({ database, close: () => database.close() }),
    );
    await world.clear();
    await world.send(FIRST);
    before = await content(world.db);
    expect(await world.send(SECOND)).toMatchObject({ kind: 'imported', added: 10, ended: 4 });
    after = await content(world.db);
  });
  afterAll(async () => {
    await world.stop();
    await postgres.stop();
  });

  const child = (task: Pick<ImportTask, 'path' | 'killAt'>) =>
    runChild('import-child.ts', { ...task, url: postgres.url, now: NOW.toISOString() });
  /** A server goes on for a moment with what a client that is gone has asked for. */
  const quiet = () =>
    eventually(async () => {
      const { rows } = await sql`
          select 1 from pg_stat_activity
          where backend_type = 'client backend' and pid <> pg_backend_pid() and state <> 'idle'`.execute(
        world.db,
      );
      if (rows.length > 0) throw new Error('a statement is under way');
    });

  it.each(STEPS)(
    'at step %i leaves nothing half done and can be gone on with',
    async (killAt) => {
      await world.clear();
      await world.send(FIRST);
      const path = await world.write(`second-${String(killAt)}`, SECOND);
      const { killed } = await child({ path, killAt });
      await quiet();
      const left = await content(world.db);
      expect([before, after]).toContainEqual(left);
      // A file whose reading had not begun is sent again; everything else is gone on with.
      const unfinished = await world.imports.findRuns({ unfinished: true, limit: 9 });
      await (unfinished.length === 0 ? child({ path, killAt: 0 }) : child({ killAt: 0 }));
      expect(await content(world.db)).toEqual(after);
      expect(await world.imports.findRuns({ unfinished: true, limit: 9 })).toEqual([]);
      // The last steps of the long table are past the end of an import.
      expect(killed || WHOLE).toBe(true);
    },
    120_000,
  );
});
