/** Importing into PostgreSQL and into the embedded engine: the same files, the same outcome. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { generateDemo } from '../../cli/demo-data/generate.ts';
import { announceLeavers } from '../../subgraphs/esr/domain/announce-leavers.ts';
import { describeWithServers } from '../servers/available.ts';
import {
  assignmentLine,
  go2Text,
  personLine,
  registrationsText,
} from '../unit/subgraphs/esr/extract-files.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';
import { type ImportWorld, startImportWorld } from './import-world.ts';

describe('on the embedded engine', () => {
  imports(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  imports(serverDatabase);
});

function imports(open: () => Promise<Opened>): void {
  let world: ImportWorld;
  beforeAll(async () => {
    world = await startImportWorld(open);
  });
  afterAll(() => world.stop());
  beforeEach(() => world.clear());

  const send: ImportWorld['send'] = (text, options) => world.send(text, options);
  const counts: ImportWorld['counts'] = (outcome) => world.counts(outcome);
  const events = () => world.events();
  const everything = () => world.everything();
  const twin = personLine({
    esrPersonId: '5000002',
    employeeNumber: '90000002',
    given: 'Rose',
    niNumber: 'QQ000002A',
    nhsEmployeeId: '',
  });

  it('adds, then finds nothing to do in the same file', async () => {
    const text = go2Text([personLine(), assignmentLine(), twin]);
    expect(await send(text)).toEqual({
      file: expect.any(String),
      kind: 'imported',
      fileKind: 'GO2',
      odsCode: 'RZ1',
      rowsRead: 3,
      added: 3,
      changed: 0,
      unchanged: 0,
      ended: 0,
      absent: 0,
      rejected: [],
      rejectedRows: 0,
      runId: expect.any(String),
    });
    const before = await everything();
    expect(await send(text)).toMatchObject({ kind: 'already-imported', added: 0, rejected: [] });
    expect(await everything()).toEqual(before);
    expect(await events()).toEqual(['staff-joined-1', 'staff-joined-1']);
  });

  it.each<[string, string, string]>([
    ['of an unknown VPD', go2Text([personLine()], { vpd: '999' }), 'vpd_unknown'],
    ['that skips a sequence', go2Text([personLine()], { sequence: 3 }), 'sequence_gap'],
    ['that goes back', go2Text([personLine()], { sequence: 0 }), 'sequence_gap'],
    [
      'with a used sequence and other content',
      go2Text([personLine({ given: 'Rita' })]),
      'file_changed_sequence',
    ],
    [
      'that was cut short',
      go2Text([twin], { sequence: 2 }).replace(/TRL.*\n/, ''),
      'trailer_missing',
    ],
    ['that counts wrong', go2Text([twin], { sequence: 2, count: 9 }), 'trailer_count'],
    [
      'joined with the next',
      go2Text([twin], { sequence: 2 }) + go2Text([twin], { sequence: 3 }),
      'second_header',
    ],
    ['with a broken last row', go2Text([twin, 'PEA~1'], { sequence: 2 }), 'column_count'],
    [
      'of registrations of nobody’s trust',
      registrationsText(['RZ8,90000001,GMC,9000001,ACTIVE,,,,2026-11-01T02:00:00Z']),
      'organisation_unknown',
    ],
  ])('refuses a file %s and changes nothing', async (_how, text, code) => {
    await send(go2Text([personLine(), assignmentLine()]));
    const before = await everything();
    expect(await send(text)).toMatchObject({ kind: 'refused', code, rule: expect.any(String) });
    expect(await everything()).toEqual(before);
  });

  it('leaves out bad rows and keeps the rest', async () => {
    const outcome = await send(
      go2Text([
        personLine(),
        personLine({ esrPersonId: '5000007' }),
        twin.replace('QQ000002A', '9990000018'),
        assignmentLine({ esrPersonId: '5000009', esrAssignmentId: '6000009' }),
        assignmentLine(),
        assignmentLine(),
      ]),
      { maxRejectedShare: 1 },
    );
    expect(outcome).toMatchObject({
      added: 2,
      rejected: [
        { line: 3, field: 'employeeNumber', code: 'employee_number_duplicate' },
        { line: 4, field: 'niNumber', code: 'nhs_number_not_allowed' },
        { line: 5, field: 'esrPersonId', code: 'person_unknown' },
        { line: 7, field: 'effectiveFrom', code: 'effective_rows_overlap' },
      ],
    });
    expect(JSON.stringify(outcome)).not.toContain('9990000018');
  });

  it('ends nothing by absence', async () => {
    await send(go2Text([personLine(), assignmentLine(), twin]));
    expect(counts(await send(go2Text([twin], { sequence: 2 })))).toEqual([0, 0, 1, 0, 0]);
    expect(await events()).toEqual(['staff-joined-1', 'staff-joined-1']);
  });

  it('tells a change of name, a move, a leaver and a return apart', async () => {
    await send(go2Text([personLine(), assignmentLine()]));
    await send(
      go2Text([personLine({ family: 'Hawthorne-Reed' }), assignmentLine()], { sequence: 2 }),
    );
    const sister = { position: '3000002|Sister Band 6|N6A|', positionId: '3000002' };
    await send(go2Text([assignmentLine(sister)], { sequence: 3 }));
    const over = {
      terminationDate: '20261101',
      systemPersonType: 'EX_EMP',
      family: 'Hawthorne-Reed',
    };
    await send(
      go2Text([personLine(over), assignmentLine({ ...sister, endDate: '20261101' })], {
        sequence: 4,
      }),
    );
    await send(go2Text([personLine({ family: 'Hawthorne-Reed' })], { sequence: 5 }));
    expect(await events()).toEqual([
      'staff-joined-1',
      'staff-name-changed-1',
      'staff-moved-1',
      'staff-left-1',
      'staff-joined-1',
    ]);
  });

  it('keeps somebody whose bank post is still open', async () => {
    const over = { terminationDate: '20261001', userPersonType: 'Bank' };
    await send(
      go2Text([
        personLine(over),
        assignmentLine({ endDate: '20261001' }),
        assignmentLine({ esrAssignmentId: '6000002', assignmentNumber: '90000001-2' }),
      ]),
    );
    expect(await events()).toEqual(['staff-joined-1']);
    expect(counts(await send(go2Text(['ASD~6000002'], { sequence: 2 })))).toEqual([0, 0, 0, 2, 0]);
    expect(await events()).toEqual(['staff-joined-1', 'staff-left-1']);
  });

  it('announces a leaver on the day after, without a file, and once', async () => {
    await send(
      go2Text([
        personLine({ terminationDate: '20261130' }),
        assignmentLine({ endDate: '20261130' }),
      ]),
    );
    await announceLeavers(world.imports, '2026-11-30');
    expect(await events()).toEqual(['staff-joined-1']);
    await announceLeavers(world.imports, '2026-12-01');
    await announceLeavers(world.imports, '2026-12-01');
    expect(await events()).toEqual(['staff-joined-1', 'staff-left-1']);
  });

  it('deletes a person by record, with a leaver event', async () => {
    await send(go2Text([personLine(), assignmentLine()]));
    expect(counts(await send(go2Text(['PED~5000001'], { sequence: 2 })))).toEqual([0, 0, 0, 1, 0]);
    expect(await events()).toEqual(['staff-joined-1', 'staff-left-1']);
  });

  it.each<[string, Parameters<typeof personLine>[0], number]>([
    ['the NHS identifier', { niNumber: '', family: 'Other' }, 1],
    ['NI number, birth date and surname', { nhsEmployeeId: '' }, 1],
    ['nothing, when the surname differs', { nhsEmployeeId: '', family: 'Other' }, 2],
    ['nothing, when the birth date differs', { nhsEmployeeId: '', birthDate: '19850315' }, 2],
  ])('joins two employers of one person by %s', async (_key, values, people) => {
    await send(go2Text([personLine()]));
    await send(go2Text([personLine({ esrPersonId: '5000777', ...values })], { vpd: '902' }));
    expect(
      await world.db.selectFrom('employment').select('staff_id').distinct().execute(),
    ).toHaveLength(people);
  });

  it('does not join by an NHS identifier whose holder has another birthday', async () => {
    await send(go2Text([personLine()]));
    expect(
      await send(go2Text([personLine({ birthDate: '19850315' })], { vpd: '902' })),
    ).toMatchObject({
      added: 0,
      rejected: [{ line: 2, field: 'nhsEmployeeId', code: 'nhs_employee_id_in_use' }],
    });
  });

  it('lets one of two imports of the same file through', async () => {
    const path = await world.write('twice', go2Text([personLine(), assignmentLine()]));
    const { esr } = world;
    const outcomes = await Promise.all([esr.importFiles([path]), esr.importFiles([path])]);
    expect(
      outcomes
        .flat()
        .map((outcome) => outcome.kind)
        .toSorted(),
    ).toEqual(['already-imported', 'imported']);
  });

  it('loads six trusts with 2,000 people', async () => {
    const { esr, db } = world;
    const folder = await mkdtemp(join(tmpdir(), 'lanyard-demo-'));
    const demo = await generateDemo({ folder, staff: 2_000, seed: 1 });
    await esr.importOrganisations(demo.organisationsFile);
    const outcomes = await esr.importFiles(demo.recordFiles);
    await rm(folder, { recursive: true });
    // Whose surname changed between two employers is two people until somebody joins them; what belongs to one person is kept once.
    expect(
      outcomes.flatMap((outcome) =>
        outcome.kind === 'refused' ? [outcome.code] : outcome.rejected.map(({ code }) => code),
      ),
    ).toEqual(['registration_in_use']);
    const people = await sql<{ count: number }>`select count(*) as count from esr.staff`.execute(
      db,
    );
    expect(people.rows).toEqual([{ count: 2_002 }]);
  });
}
