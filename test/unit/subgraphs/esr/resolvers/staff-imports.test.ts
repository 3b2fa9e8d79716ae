import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { startEsrServer } from '../esr-server.ts';
import { assignmentLine, go2Text, ORGANISATIONS_TEXT, personLine } from '../extract-files.ts';

let server: Awaited<ReturnType<typeof startEsrServer>>;
let folder: string;
/** The import of RZ1's first file, of which one row was left out. */
let first: string;

const administrator = (odsCode = 'RZ1') => ({
  subject: `stf_administratorOf${odsCode}`.padEnd(26, '0'),
  odsCode,
  scopes: new Set(['import:manage']),
});
const write = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};
const good = (sequence: number, changes: Parameters<typeof personLine>[0] = {}): string =>
  go2Text([personLine(changes), assignmentLine()], { sequence });
/** Half of its rows are wrong. */
const bad = (sequence: number): string =>
  go2Text([personLine({ birthDate: '19851399' }), personLine({ employeeNumber: 'X' })], {
    sequence,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanyard-imports-'));
  server = await startEsrServer();
  await server.esr.importOrganisations(await write('organisations.csv', ORGANISATIONS_TEXT));
  const wrong = personLine({
    esrPersonId: '5000002',
    employeeNumber: '90000002',
    family: 'Webb',
    birthDate: '19851399',
    niNumber: 'QQ000002A',
    nhsEmployeeId: '70000002',
  });
  const [outcome] = await server.esr.importFiles([
    await write('GO_901_ABC_DEL_00000001.DAT', go2Text([personLine(), assignmentLine(), wrong])),
  ]);
  first = outcome?.runId ?? '';
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const FIELDS = `id fileName kind sequence full fileDay state rowsRead rowsFailed added changed unchanged ended absent
  canTakeAgain refusal { line field code rule }
  failedRows(first: 1) { edges { cursor node { line field code rule } } pageInfo { hasNextPage } }`;
const list = async (odsCode: string, after?: string, size = 20) =>
  (
    await server.ask(
      administrator(odsCode),
      `query ($first: Int!, $after: String) { staffImports(first: $first, after: $after) {
        edges { node { ${FIELDS} } } pageInfo { hasNextPage endCursor } } }`,
      { after, first: size },
    )
  ).data?.['staffImports'] as {
    edges: { node: Record<string, unknown> }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
const again = async (importId: string, idempotencyKey: string, odsCode = 'RZ1') =>
  (
    await server.ask(
      administrator(odsCode),
      `mutation ($input: StaffImportTakeAgainInput!) { staffImportTakeAgain(input: $input) {
        staffImport { id state } errors { code path fault { line field code } } } }`,
      { input: { importId, idempotencyKey } },
    )
  ).data?.['staffImportTakeAgain'] as {
    staffImport: { id: string; state: string } | null;
    errors: { code: string; path: string[]; fault: object | null }[];
  };
const stateOf = async (id: string, wanted: string): Promise<unknown> => {
  for (let look = 0; look < 2_000; look += 1) {
    const run = await server.esr.findRun(id);
    if (run?.state === wanted) return run.state;
    await new Promise((done) => setImmediate(done));
  }
  return (await server.esr.findRun(id))?.state;
};

describe('the imports of an organisation', () => {
  it('are shown to its administrators, with nothing of what a row says', async () => {
    const { edges, pageInfo } = await list('RZ1');
    expect(pageInfo).toMatchObject({ hasNextPage: false });
    expect(edges.map(({ node }) => node)).toEqual([
      {
        id: first,
        fileName: 'GO_901_ABC_DEL_00000001.DAT',
        kind: 'GO2',
        sequence: 1,
        full: true,
        fileDay: '2026-11-01',
        state: 'APPLIED',
        rowsRead: 3,
        rowsFailed: 1,
        added: 2,
        changed: 0,
        unchanged: 0,
        ended: 0,
        absent: 0,
        canTakeAgain: false,
        refusal: null,
        failedRows: {
          edges: [
            {
              cursor: expect.any(String),
              node: {
                line: 4,
                field: 'birthDate',
                code: 'date_invalid',
                rule: 'yyyyMMdd, yyyy-MM-dd or dd Mon yyyy, a day of the calendar',
              },
            },
          ],
          pageInfo: { hasNextPage: false },
        },
      },
    ]);
    expect(JSON.stringify(edges)).not.toMatch(/Webb|1985|QQ|tmp/);
    expect((await list('RZ2')).edges).toEqual([]);
  });

  it.each([
    ['nobody without the scope', { ...administrator(), scopes: new Set(['hr:read']) }],
    ['no system', { ...administrator(), kind: 'machine' as const }],
  ])('are shown to %s', async (_who, caller) => {
    const { errors } = await server.ask(caller, '{ staffImports(first: 5) { edges { cursor } } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('are looked for by their own organisation alone', async () => {
    const ask = (odsCode: string) =>
      server.ask(administrator(odsCode), 'query ($id: ID!) { staffImport(id: $id) { id } }', {
        id: first,
      });
    expect((await ask('RZ1')).data).toEqual({ staffImport: { id: first } });
    expect((await ask('RZ2')).data).toEqual({ staffImport: null });
    expect((await again(first, 'key-other', 'RZ2')).errors).toEqual([
      { code: 'NOT_FOUND', path: ['input', 'importId'], fault: null },
    ]);
  });
});

describe('an import that was cut off', () => {
  it('goes on where it was, and the page after it has the rest', async () => {
    const path = await write('second', good(2, { family: 'Hawthorne-Lee' }));
    await server.engine.query(
      `insert into esr.import_run (id, path, kind, ods_code, sequence, is_full, file_day, state)
       values ($1, $2, 'GO2', 'RZ1', 2, true, '2026-11-01', 'READING')`,
      ['imp_cutoffcutoffcutoffcuto', path],
    );
    const { staffImport, errors } = await again('imp_cutoffcutoffcutoffcuto', 'key-resume');
    expect([staffImport?.id, errors]).toEqual(['imp_cutoffcutoffcutoffcuto', []]);
    expect(await stateOf('imp_cutoffcutoffcutoffcuto', 'APPLIED')).toBe('APPLIED');
    const newest = await list('RZ1', undefined, 1);
    expect(newest.edges.map(({ node }) => node['changed'])).toEqual([1]);
    const rest = await list('RZ1', newest.pageInfo.endCursor, 1);
    expect(rest.edges.map(({ node }) => node['id'])).toEqual([first]);
    expect((await again(first, 'key-done')).errors[0]?.code).toBe('ALREADY_FINISHED');
  });
});

describe('the file of a refused import', () => {
  it('is taken again once under a key, when it is the same organisation’s and where it was', async () => {
    const path = await write('third', bad(3));
    const [refused] = await server.esr.importFiles([path]);
    const id = refused?.runId ?? '';
    expect((await list('RZ1')).edges[0]?.node).toMatchObject({
      state: 'REFUSED',
      canTakeAgain: true,
      rowsFailed: 2,
      refusal: { code: 'too_many_rejected' },
      failedRows: { pageInfo: { hasNextPage: true } },
    });
    const key = 'key-again';
    await write('third', good(3, { family: 'Hawthorne-Low' }));
    const begun = await again(id, key);
    expect(begun.errors).toEqual([]);
    expect(await stateOf(begun.staffImport?.id ?? '', 'APPLIED')).toBe('APPLIED');
    expect((await again(id, key)).staffImport?.id).toBe(begun.staffImport?.id);
    expect((await again(first, key)).errors[0]?.code).toBe('ALREADY_FINISHED');

    await write('third', go2Text([personLine()], { vpd: '902' }));
    expect((await again(id, 'key-foreign')).errors).toEqual([
      {
        code: 'FILE_REFUSED',
        path: ['input', 'importId'],
        fault: { line: 1, field: 'file', code: 'file_changed' },
      },
    ]);
    await rm(path);
    expect((await again(id, 'key-gone')).errors[0]?.code).toBe('FILE_NOT_FOUND');
  });
});

describe('people who are missing from a full file', () => {
  const confirm = async (
    importId: string,
    people: number,
    { odsCode = 'RZ2', idempotencyKey = 'key-leave' } = {},
  ) => {
    const { data, errors } = await server.ask(
      administrator(odsCode),
      `mutation ($input: StaffImportConfirmAbsencesInput!) { outcome: staffImportConfirmAbsences(input: $input) {
        ended staffImport { id absent absencesWaiting } errors { code path } } }`,
      { input: { importId, people, idempotencyKey } },
    );
    return data?.['outcome'] ?? errors?.[0]?.extensions.code;
  };
  const refused = (code: string, field: string) => ({
    ended: null,
    staffImport: null,
    errors: [{ code, path: ['input', field] }],
  });

  it('leave when an administrator confirms as many as wait, once', async () => {
    const person = (nth: number) =>
      personLine({
        esrPersonId: `510000${String(nth)}`,
        employeeNumber: `9100000${String(nth)}`,
        nhsEmployeeId: `7100000${String(nth)}`,
        niNumber: `QQ10000${String(nth)}A`,
      });
    const [, shorter] = await server.esr.importFiles([
      await write('whole', go2Text([1, 2, 3].map(person), { vpd: '902' })),
      await write('shorter', go2Text([person(1)], { vpd: '902', sequence: 2 })),
    ]);
    const id = shorter?.runId ?? '';
    expect(await confirm(id, 2, { odsCode: 'RZ1' })).toEqual(refused('NOT_FOUND', 'importId'));
    for (const idempotencyKey of ['', 'with a space', 'k'.repeat(101)]) {
      const answer = await confirm(id, 2, { idempotencyKey });
      expect(answer).toEqual(refused('INVALID_VALUE', 'idempotencyKey'));
    }
    expect(await confirm(id, 0)).toEqual(refused('INVALID_VALUE', 'people'));
    expect(await confirm(id, 3)).toEqual(refused('ABSENCES_CHANGED', 'people'));
    expect(await confirm(first, 1, { odsCode: 'RZ1' })).toEqual(
      refused('ABSENCES_CHANGED', 'people'),
    );
    expect((await list('RZ2')).edges[0]?.node).toMatchObject({ id, absent: 2, ended: 0 });
    const query = jest.spyOn(server.engine, 'query');
    const { data } = await server.ask(
      administrator('RZ2'),
      '{ staffImports(first: 5) { edges { node { absencesWaiting } } } }',
    );
    const counted = query.mock.calls.filter(([sql]) => sql.includes('import_absence'));
    query.mockRestore();
    const edges = [2, 0].map((absencesWaiting) => ({ node: { absencesWaiting } }));
    expect([data, counted.length]).toEqual([{ staffImports: { edges } }, 1]);

    // One of the two has no employment any more.
    await server.engine.query(
      `delete from esr.employment where ods_code = 'RZ2' and esr_person_id = $1`,
      ['5100003'],
    );
    const done = { ended: 1, staffImport: { id, absent: 2, absencesWaiting: 0 }, errors: [] };
    expect(await confirm(id, 2)).toEqual(done);
    expect(await confirm(id, 2)).toEqual(done);
    const reused = refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
    expect(await confirm(id, 1)).toEqual(reused);
    const again = await confirm(id, 2, { idempotencyKey: 'key-other' });
    expect(again).toEqual(refused('ABSENCES_CHANGED', 'people'));
    expect(await server.esr.findAbsences(id, 10)).toMatchObject([{ state: 'CONFIRMED' }]);
  });

  it.each([
    ['without the scope', { scopes: new Set(['hr:read']) }],
    ['for a system', { kind: 'machine' as const }],
  ])('are not confirmed %s', async (_who, who) => {
    const { errors } = await server.ask(
      { ...administrator('RZ2'), ...who },
      `mutation { staffImportConfirmAbsences(input: { idempotencyKey: "key-no", importId: "${first}", people: 1 }) { ended } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
