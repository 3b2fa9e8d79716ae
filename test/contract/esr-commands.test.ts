/** The commands that bring files into the records of real servers, one after another as an operator gives them. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { runCommand } from '../../cli/main.ts';
import { openPostgres } from '../../runtime/database.ts';
import { postgresStaffImports } from '../../subgraphs/esr/postgres/staff-imports.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import {
  assignmentLine,
  go2Text,
  ORGANISATIONS_TEXT,
  personLine,
} from '../unit/subgraphs/esr/extract-files.ts';

/** So many people with a post each, and rows for those whose surname is `null`. */
function peopleRows(familyNames: readonly (string | null)[]): string[] {
  return familyNames.flatMap((family, index) => {
    const number = String(90_000_001 + index);
    const esrPersonId = String(5_000_001 + index);
    return [
      personLine({
        esrPersonId,
        employeeNumber: number,
        family: family ?? '',
        niNumber: `QQ${number.slice(2)}A`,
        nhsEmployeeId: `7${number.slice(1)}`,
        workEmail: '',
      }),
      ...(family === null
        ? []
        : [
            assignmentLine({
              esrPersonId,
              esrAssignmentId: String(6_000_001 + index),
              assignmentNumber: number,
            }),
          ]),
    ];
  });
}

describeWithServers('postgres')('the commands of the staff records', () => {
  let server: PostgresServer;
  let folder = '';
  const lanyard = async (...args: readonly string[]) => {
    const said = { out: '', err: '' };
    const code = await runCommand(['esr', ...args], {
      env: { ESR_DATABASE_URL: server.url },
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
      terminal: false,
    });
    return { code, ...said };
  };
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const runIn = (text: string): string => /imp_[\w-]{22}/.exec(text)?.[0] ?? 'no run';

  beforeAll(async () => {
    server = await startPostgres();
    folder = await mkdtemp(join(tmpdir(), 'lanyard-commands-'));
    const list = await file('organisations.csv', ORGANISATIONS_TEXT);
    expect(await lanyard('organisations', list)).toMatchObject({ code: 0 });
  });

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const names = ['Ash', 'Birch', 'Cedar', 'Elder', 'Fir', 'Hazel', 'Holly', 'Larch'];

  it('say what an import would change, without changing anything', async () => {
    const path = await file('first.DAT', go2Text(peopleRows(names)));
    const { code, out } = await lanyard('import', '--dry-run', path);
    expect(code).toBe(0);
    expect(out).toContain('16 rows read, 16 added');
    expect(out).toContain('(a trial: nothing was changed)');
    expect(await lanyard('status')).toMatchObject({ out: 'There are none.\n' });
  });

  it('import, and list what was left out without repeating it', async () => {
    const path = await file('first.DAT', go2Text(peopleRows([...names, null])));
    const { code, out, err } = await lanyard('import', path);
    expect(code).toBe(0);
    expect(out).toContain('first.DAT: 17 rows read, 16 added, 0 changed');
    expect(out).toContain('1 rejected');
    expect(out).toContain('line 18, family: value_missing');
    expect(err).toContain('first.DAT: read to its end, now brought into the records');

    const status = await lanyard('status', '--ods', 'RZ1');
    expect(status.out).toMatch(/^imp_[\w-]{22} {2}RZ1 {2}GO2 full 1 {2}first\.DAT\n {2}APPLIED /);
    expect(await lanyard('status', '--ods', 'RZ2')).toMatchObject({ out: 'There are none.\n' });

    const run = runIn(status.out);
    const rejects = await lanyard('rejects', run);
    expect(rejects.out).toContain('line 18, family: value_missing');
    const csv = join(folder, 'rejects.csv');
    expect(await lanyard('rejects', run, '--out', csv)).toMatchObject({
      code: 0,
      out: `${csv}: 1 rejected rows\n`,
    });
    expect(await readFile(csv, 'utf8')).toBe(
      '\uFEFF"line","field","code","rule","value"\r\n"18","family","value_missing","must not be empty",""\r\n',
    );
  });

  it('refuse a file with too many faults, unless told otherwise', async () => {
    const text = go2Text(peopleRows([...names, null, null]), { sequence: 2 });
    const path = await file('second.DAT', text);
    const refused = await lanyard('import', path);
    expect(refused).toMatchObject({ code: 65 });
    expect(refused.out).toContain('second.DAT: refused, nothing was changed');
    expect(refused.out).toContain('too_many_rejected');
    const rejects = await lanyard('rejects', runIn(refused.out));
    expect(rejects.out.trimEnd().split('\n')).toHaveLength(2);
    const allowed = await lanyard('import', '--max-rejected', '20', path);
    expect(allowed).toMatchObject({ code: 0 });
    expect(allowed.out).toContain('16 unchanged, 0 ended, 2 rejected');
  });

  it('end nobody who is only missing until somebody confirms it', async () => {
    const text = go2Text(peopleRows(names.slice(0, 4)), { sequence: 3 });
    const { out } = await lanyard('import', await file('third.DAT', text));
    expect(out).toContain('0 ended');
    expect(out).toContain('4 people are missing from it');
    const run = runIn(out);
    const listed = await lanyard('absences', run);
    expect(listed.out.match(/missing since/g)).toHaveLength(4);
    expect(await lanyard('absences', run, '--confirm', '--by', 'R. Marsh')).toMatchObject({
      code: 0,
      out: '4 employments ended\n',
    });
    expect((await lanyard('absences', run)).out).not.toContain('WAITING');
  });

  it('go on with an import that was cut off', async () => {
    const { out: nothing } = await lanyard('resume');
    expect(nothing).toBe('There is nothing to go on with.\n');
    const text = go2Text(peopleRows(names.slice(0, 4)), { sequence: 4 });
    const path = await file('fourth.DAT', text);
    // What a command leaves behind that is killed at once.
    const id = 'imp_AAAAAAAAAAAAAAAAAAAAAA';
    const database = openPostgres(server.url);
    await postgresStaffImports(database.schema<EsrTables>('esr')).startRun({
      id,
      path,
      kind: 'GO2',
      odsCode: 'RZ1',
      sequence: 4,
      full: true,
      fileDay: '2026-11-01',
    });
    await database.close();
    const status = await lanyard('status', '--unfinished');
    expect(status.out).toContain(`go on: lanyard esr resume ${id}`);
    const { code, out } = await lanyard('resume', id);
    expect(code).toBe(0);
    expect(out).toContain('fourth.DAT: 8 rows read');
    expect(await lanyard('status', '--unfinished')).toMatchObject({ out: 'There are none.\n' });
    const { code: again, err } = await lanyard('resume', id);
    expect([again, err]).toEqual([65, expect.stringContaining(`${id} has come to its end`)]);
  });

  it('join two ids of one person, and part them', async () => {
    const database = openPostgres(server.url);
    const staff = await database
      .schema<EsrTables>('esr')
      .selectFrom('employment')
      .select('staff_id as id')
      .distinct()
      .execute();
    await database.close();
    const [{ id: one } = { id: '' }, { id: other } = { id: '' }] = staff;
    const why = ['--reason', 'same papers', '--by', 'R. Marsh'];
    expect(await lanyard('join', one, '--into', other, ...why)).toMatchObject({ out: 'Joined.\n' });
    const { out } = await lanyard('joined', one);
    expect(out).toContain('by R. Marsh: same papers');
    expect(await lanyard('part', one, '--from', other, ...why)).toMatchObject({ out: 'Parted.\n' });
    expect(await lanyard('part', one, '--from', other, ...why)).toMatchObject({
      code: 65,
      err: 'They are not joined.\n',
    });
    expect(await lanyard('join', one, '--into', one, ...why)).toMatchObject({
      code: 65,
      err: 'Not joined: these are one id.\n',
    });
  });

  it.each(['resume', 'rejects', 'absences'])(
    '%s knows no run that is not there',
    async (command) => {
      const { code, err } = await lanyard(command, 'imp_nothing');
      expect([code, err]).toEqual([65, expect.stringContaining('there is no import imp_nothing')]);
    },
  );
});
