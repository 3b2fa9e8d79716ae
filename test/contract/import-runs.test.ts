/** How an import goes on, is limited and is taken back: the same on PostgreSQL and on the embedded engine. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import {
  importFile,
  type ImportParts,
  resumeImport,
} from '../../subgraphs/esr/domain/import-file.ts';
import { DEFAULT_LIMITS, type ImportRun } from '../../subgraphs/esr/domain/import-run.ts';
import { openExtract } from '../../subgraphs/esr/files/open-extract.ts';
import { describeWithServers } from '../servers/available.ts';
import {
  assignmentLine,
  go2Text,
  personLine,
  phoneLine,
  positionLine,
} from '../unit/subgraphs/esr/extract-files.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';
import { type ImportWorld, NOW, startImportWorld } from './import-world.ts';

describe('on the embedded engine', () => {
  runs(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  runs(serverDatabase);
});

/** Somebody by number, at RZ1 and known by a number of their own elsewhere too. */
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
const people = (count: number): string[] => Array.from({ length: count }, (_, at) => person(at));

function runs(open: () => Promise<Opened>): void {
  let world: ImportWorld;
  beforeAll(async () => {
    world = await startImportWorld(open);
  });
  afterAll(() => world.stop());
  beforeEach(() => world.clear());

  const parts = (more: Partial<ImportParts> = {}): ImportParts => ({
    imports: world.imports,
    open: openExtract,
    now: () => NOW,
    ...DEFAULT_LIMITS,
    ...more,
  });
  /** A file of two batches that cannot be read past the first. */
  const cutOff = async (): Promise<ImportRun> => {
    const path = await world.write('long', go2Text(people(2_050)));
    const open: ImportParts['open'] = async (file, options) => {
      const extract = await openExtract(file, options);
      let taken = 0;
      async function* batches() {
        for await (const batch of extract.batches) {
          if (taken === 1) throw new Error('the disk is gone');
          taken += 1;
          yield batch;
        }
      }
      return { ...extract, batches: batches() } as typeof extract;
    };
    await expect(importFile(path, parts({ open, stagedAtOnce: 1 }))).rejects.toThrow(
      'the disk is gone',
    );
    const [run] = await world.imports.findRuns({ unfinished: true, limit: 2 });
    if (run === undefined) throw new Error('no run');
    return run;
  };
  const staff = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*) from esr.staff`.execute(world.db);
    return rows[0]?.count ?? -1;
  };

  describe('an import that was cut off', () => {
    it('goes on where it was, once', async () => {
      const run = await cutOff();
      expect(run).toMatchObject({ state: 'READING', line: 2_000, staged: 1_999, odsCode: 'RZ1' });
      expect(await staff()).toBe(0);
      const outcomes = await Promise.allSettled([
        resumeImport(run, parts()),
        resumeImport(run, parts()),
      ]);
      expect(
        outcomes
          .map((one) =>
            one.status === 'fulfilled' ? one.value.kind : (one.reason as { code: string }).code,
          )
          .toSorted(),
      ).toEqual(['imported', 'run_taken_over']);
      expect(await staff()).toBe(2_050);
      expect(await world.imports.findRun(run.id)).toMatchObject({
        state: 'APPLIED',
        rowsRead: 2_050,
        added: 2_050,
      });
    });

    it('starts over when the staged rows are gone', async () => {
      const run = await cutOff();
      await sql`truncate ${sql.table(`esr.stage_${String(run.number)}_person`)}`.execute(world.db);
      expect(await resumeImport(run, parts())).toMatchObject({ kind: 'imported', added: 2_050 });
    });

    it('is refused when the file is another by now', async () => {
      const run = await cutOff();
      await world.write('long', go2Text(people(2_050).reverse()));
      expect(await resumeImport(run, parts())).toMatchObject({
        kind: 'refused',
        code: 'file_changed',
      });
      expect(await world.imports.findRun(run.id)).toMatchObject({ state: 'REFUSED' });
      const { rows } = await sql`select 1 from pg_tables where tablename like 'stage\\_%\\_%'
        and tablename like ${`stage_${String(run.number)}%`}`.execute(world.db);
      expect(rows).toEqual([]);
    });

    it('may be sent again instead, and the rest of it is nothing to do', async () => {
      const run = await cutOff();
      expect(await importFile(run.path, parts())).toMatchObject({ kind: 'imported', added: 2_050 });
      expect(await resumeImport(run, parts())).toMatchObject({ kind: 'already-imported' });
    });
  });

  it('lists the runs of an organisation in pages, the newest first', async () => {
    const sequences = [1, 2, 3];
    for (const sequence of sequences) await world.send(go2Text(people(1), { sequence }));
    const page = (before?: number) =>
      world.imports.findRuns({
        odsCode: 'RZ1',
        ...(before === undefined ? {} : { before }),
        limit: 2,
      });
    const newest = await page();
    expect(newest.map(({ sequence }) => sequence)).toEqual([3, 2]);
    expect((await page(newest[1]?.number)).map(({ sequence }) => sequence)).toEqual([1]);
  });

  describe('rejected rows', () => {
    const bad = (number: number) => person(number, { birthDate: '19850231' });

    it.each<[string, number, string]>([
      ['one', 1, 'imported'],
      ['two of a thousand', 2, 'refused'],
    ])('%s', async (_name, count, kind) => {
      const rows = [...people(1_000), ...Array.from({ length: count }, (_, at) => bad(2_000 + at))];
      const outcome = await world.send(go2Text(rows));
      expect(outcome.kind).toBe(kind);
      expect(await staff()).toBe(kind === 'imported' ? 1_000 : 0);
      const { faults } = await world.imports.findRejects(outcome.runId ?? '', {
        after: 0,
        limit: 9,
      });
      expect(faults).toEqual(
        Array.from({ length: count }, (_, at) => ({
          line: 1_002 + at,
          field: 'birthDate',
          code: 'date_invalid',
          rule: expect.any(String),
          value: '########',
        })),
      );
    });

    it('may be more when somebody says so, and are found in the comparison too', async () => {
      const rows = [person(1), person(1), assignmentLine({ esrPersonId: '5000009' })];
      expect(world.counts(await world.send(go2Text(rows)))).toBe('too_many_rejected');
      const outcome = await world.send(go2Text(rows), { maxRejectedShare: 1 });
      expect(world.counts(outcome)).toEqual([1, 0, 0, 0, 2]);
      const { faults } = await world.imports.findRejects(outcome.runId ?? '', {
        after: 0,
        limit: 9,
      });
      expect(faults.map(({ line, code, value }) => [line, code, value])).toEqual([
        [3, 'effective_rows_overlap', '####-##-##'],
        [4, 'person_unknown', '#######'],
      ]);
    });
  });

  it('says what would change, and changes nothing', async () => {
    await world.send(go2Text([...people(3), assignmentLine({ esrPersonId: '5000001' })]));
    const before = await world.everything();
    const next = go2Text(
      [
        person(0),
        person(1, { family: 'Hawthorne-Reed' }),
        person(2, { terminationDate: '20261101' }),
        person(3),
        assignmentLine({ esrPersonId: '5000001' }),
      ],
      { sequence: 2 },
    );
    const planned = await world.send(next, { dryRun: true });
    expect(planned).toMatchObject({ kind: 'imported', dryRun: true });
    expect(await world.everything()).toEqual(before);
    expect(await world.imports.findRuns({ limit: 9 })).toHaveLength(1);
    expect(world.counts(await world.send(next))).toEqual(world.counts(planned));
    expect(world.counts(planned)).toEqual([1, 2, 2, 1, 0]);
  });

  describe('people whom a full file does not have', () => {
    const live = async () => {
      const { rows } = await sql<{ number: string }>`
        select employee_number as number from esr.employment where announced order by 1`.execute(
        world.db,
      );
      return rows.length;
    };

    it('left, when they are few', async () => {
      await world.send(go2Text(people(100)));
      expect(world.counts(await world.send(go2Text(people(98), { sequence: 2 })))).toEqual([
        0, 0, 98, 2, 0,
      ]);
      expect(await live()).toBe(98);
      const { rows } = await sql`
        select ends_on, absent_from from esr.employment where not announced limit 1`.execute(
        world.db,
      );
      expect(rows).toEqual([{ ends_on: '2026-10-31', absent_from: '2026-11-01' }]);
      // Seen again, somebody is here again.
      expect(world.counts(await world.send(go2Text(people(100), { sequence: 3 })))).toEqual([
        0, 2, 98, 0, 0,
      ]);
      expect(await live()).toBe(100);
      expect((await world.events()).slice(100)).toEqual([
        'staff-left-1',
        'staff-left-1',
        'staff-joined-1',
        'staff-joined-1',
      ]);
    });

    it('wait for a person past the brake, while everything else is applied', async () => {
      await world.send(go2Text(people(100)));
      const outcome = await world.send(
        go2Text([person(0, { given: 'Rose' }), ...people(97).slice(1)], { sequence: 2 }),
      );
      expect(outcome).toMatchObject({ kind: 'imported', changed: 1, ended: 0, absent: 3 });
      expect(await live()).toBe(100);
      const runId = outcome.runId ?? '';
      expect(await world.imports.findAbsences(runId, 9)).toEqual(
        ['90000097', '90000098', '90000099'].map((employeeNumber) => ({
          staffId: expect.any(String),
          employeeNumber,
          absentFrom: '2026-11-01',
          state: 'WAITING',
        })),
      );
      // One of them is back in the next file.
      const next = await world.send(go2Text([...people(98)], { sequence: 3 }), { absenceBrake: 0 });
      expect(next).toMatchObject({ absent: 2 });
      expect(await world.esr.confirmAbsences(runId, 'Pat Lee')).toBe(0);
      expect(await world.esr.confirmAbsences(next.runId ?? '', 'Pat Lee')).toBe(2);
      expect(await world.esr.confirmAbsences(next.runId ?? '', 'Pat Lee')).toBe(0);
      expect(await live()).toBe(98);
    });

    it.each<[string, Parameters<typeof personLine>[0], number]>([
      ['are not those whose row was left out', { birthDate: '19850231' }, 0],
      ['wait when nobody can say whose row was left out', { esrPersonId: '5OOOO99' }, 1],
    ])('%s', async (_name, values, absent) => {
      await world.send(go2Text(people(100)));
      const rows = [...people(99), person(99, values)];
      expect(await world.send(go2Text(rows, { sequence: 2 }))).toMatchObject({
        kind: 'imported',
        absent,
        ended: 0,
        rejectedRows: 1,
      });
      expect(await live()).toBe(100);
    });

    it('are nobody in a file of changes', async () => {
      await world.send(go2Text(people(100)));
      expect(
        await world.send(go2Text([person(0, { given: 'Rose' })], { sequence: 2, kind: 'GOC' })),
      ).toMatchObject({ changed: 1, absent: 0, ended: 0 });
      expect(await live()).toBe(100);
    });
  });

  it('writes one person once when two trusts load them at the same time', async () => {
    const trust = (vpd: string, numbers: readonly number[]) =>
      world.write(
        `trust-${vpd}`,
        go2Text(
          numbers.map((number) => person(number)),
          { vpd },
        ),
      );
    const numbers = Array.from({ length: 60 }, (_, at) => at);
    const files = [await trust('901', numbers), await trust('902', numbers.toReversed())];
    const outcomes = await Promise.all(files.map((file) => importFile(file, parts())));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['imported', 'imported']);
    expect(await staff()).toBe(60);
    const { rows } = await sql`select 1 from esr.employment`.execute(world.db);
    expect(rows).toHaveLength(120);
  });

  it('joins two ids when a file brings the NHS identifier that says they are one, and not once they were parted', async () => {
    const at = (vpd: string, sequence: number, values: Parameters<typeof personLine>[0]) =>
      world.send(go2Text([person(1, values)], { vpd, sequence }));
    await at('901', 1, {});
    await at('902', 1, { nhsEmployeeId: '', niNumber: '' });
    expect(await at('902', 2, { niNumber: '' })).toMatchObject({ changed: 1, rejectedRows: 0 });
    const persons = async () => {
      const { rows } = await sql<{ persons: number; ids: number }>`
        select count(distinct person_id) as persons, count(*) as ids from esr.staff`.execute(
        world.db,
      );
      return rows[0];
    };
    expect(await persons()).toEqual({ persons: 1, ids: 2 });
    await sql`select esr.part_staff(staff_id, with_staff_id, 'Pat Lee', 'twins') from esr.staff_joining`.execute(
      world.db,
    );
    expect(await at('902', 3, { niNumber: '', title: 'Dr' })).toMatchObject({
      changed: 1,
      rejectedRows: 0,
    });
    expect(await persons()).toEqual({ persons: 2, ids: 2 });
    // Somebody born on another day has it: the change is left out.
    expect(
      await world.send(
        go2Text([person(1, { birthDate: '19700101' })], { vpd: '902', sequence: 4 }),
      ),
    ).toMatchObject({ changed: 0, rejected: [{ code: 'nhs_employee_id_in_use' }] });
  });

  it('takes files of one trust in order, and those of others beside them', async () => {
    const files = [
      await world.write('one', go2Text(people(2))),
      await world.write('two', go2Text(people(3), { sequence: 2 })),
      await world.write('other', go2Text(people(1), { vpd: '902' })),
      await world.write('three', go2Text(people(4), { sequence: 3 })),
    ];
    const outcomes = await world.esr.importFiles(files);
    expect(outcomes.map(({ kind, file }) => [kind, file])).toEqual(
      files.map((file) => ['imported', file]),
    );
    expect(await staff()).toBe(4);
  });

  it('lets a row that was known beforehand come into force', async () => {
    const later = { effectiveFrom: '20261120', family: 'Reed' };
    const text = (sequence: number) =>
      go2Text([person(1, { effectiveTo: '20261119' }), person(1, later)], { sequence });
    let now = new Date('2026-11-10T12:00:00Z');
    const first = await world.write('first', text(1));
    const second = await world.write('second', text(2));
    const at = parts({ now: () => now });
    await importFile(first, at);
    now = NOW;
    expect(await importFile(second, at)).toMatchObject({ changed: 1 });
    expect(await world.events()).toEqual(['staff-joined-1', 'staff-name-changed-1']);
  });

  it('adds a row of a file of changes to what is held, and keeps what was taken out', async () => {
    await world.send(
      go2Text([
        person(1),
        assignmentLine({ esrPersonId: '5000001', fte: '1' }),
        assignmentLine({
          esrPersonId: '5000001',
          esrAssignmentId: '6000002',
          assignmentNumber: '90000001-2',
        }),
      ]),
    );
    const changes = go2Text(
      [
        assignmentLine({
          esrPersonId: '5000001',
          effectiveFrom: '20261201',
          position: '3000002|Sister Band 6|N6A|',
        }),
        'ASD~6000002',
      ],
      { sequence: 2, kind: 'GOC' },
    );
    expect(world.counts(await world.send(changes))).toEqual([0, 1, 0, 1, 0]);
    const { rows } = await sql`
      select effective_from, position_title from esr.assignment_version order by 1`.execute(
      world.db,
    );
    expect(rows).toEqual([
      { effective_from: '2020-01-06', position_title: 'Staff Nurse Band 5' },
      { effective_from: '2026-12-01', position_title: 'Sister Band 6' },
    ]);
    const gone = await world.db
      .selectFrom('record_deletion')
      .select(['kind', 'employee_number'])
      .execute();
    expect(gone).toEqual([{ kind: 'ASSIGNMENT', employee_number: '90000001' }]);
    // Nobody has moved yet: that comes with the day.
    expect(await world.events()).toEqual(['staff-joined-1']);
  });

  it('keeps positions and work phones', async () => {
    const rows = [positionLine(), person(1), phoneLine({ esrPersonId: '5000001' })];
    expect(world.counts(await world.send(go2Text(rows)))).toEqual([3, 0, 0, 0, 0]);
    const next = [
      positionLine({ name: 'Sister Band 6' }),
      person(1),
      phoneLine({ esrPersonId: '5000001' }),
    ];
    expect(world.counts(await world.send(go2Text(next, { sequence: 2 })))).toEqual([0, 1, 2, 0, 0]);
    expect(await world.db.selectFrom('work_structure').select(['kind', 'name']).execute()).toEqual([
      { kind: 'POSITION', name: 'Sister Band 6' },
    ]);
    expect(await world.db.selectFrom('work_phone').select('esr_person_id').execute()).toEqual([
      { esr_person_id: '5000001' },
    ]);
  });
}
