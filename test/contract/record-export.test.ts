/** The bulk export of an organisation's records, on both kinds of database. The passport behind the graph is a stand-in. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';

import { type Caller, CALLER_HEADER, signCallerStatement } from '../../runtime/caller-statement.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';
import { publicHalf, signerOf } from '../../runtime/jwk-settings.ts';
import { createLog } from '../../runtime/log.ts';
import { newPrivateJwk } from '../../local/secrets.ts';
import { composeEsr } from '../../subgraphs/esr/compose.ts';
import { postgresExports } from '../../subgraphs/esr/postgres/exports.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import {
  assignmentLine,
  go2Text,
  ORGANISATIONS_TEXT,
  personLine,
  registrationsText,
  trainingText,
} from '../unit/subgraphs/esr/extract-files.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const START = `mutation Start($input: VerifiedRecordExportStartInput!) {
  verifiedRecordExportStart(input: $input) { export { id state } errors { code path } } }`;
const SHOW = `query Show($id: ID!) { verifiedRecordExport(id: $id) {
  id organisation { odsCode } since state people done records left failed waiting cursor manifest manifestKeys
  parts { edges { node { name lines bytes sha256 url urlExpiresAt } } pageInfo { hasNextPage } } } }`;

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly cursor: string | null;
  readonly manifest: string | null;
  readonly manifestKeys: string;
  readonly parts: {
    readonly edges: readonly {
      readonly node: {
        readonly name: string;
        readonly lines: number;
        readonly bytes: number;
        readonly sha256: string;
        readonly url: string;
      };
    }[];
  };
  readonly [field: string]: unknown;
}

/** What the stand-in was asked to write into access logs. */
interface Noted {
  readonly idempotencyKey: string;
  readonly reader: object;
  readonly staffIds: readonly string[];
  readonly fields: readonly string[];
}

const HR: Partial<Caller> = {
  kind: 'machine',
  subject: 'hr-system-rz1',
  clientId: 'hr-system-rz1',
  name: 'HR system of RZ1',
  odsCode: 'RZ1',
  purpose: 'HR_ADMINISTRATION',
  scopes: new Set(['hr:read', 'passport:read']),
};

/** A trust with seven people, of whom the export has two in each part. */
async function startWorld({ database, close }: Opened) {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-export-'));
  const callerKey = newPrivateJwk('gateway');
  const time = { now: new Date('2026-11-22T12:00:00Z') };
  const graph = {
    down: false,
    refused: false,
    onDisclosure: (): void => undefined,
    noted: [] as Noted[],
    changed: [] as string[],
    unreadable: undefined as string | undefined,
  };
  const askGraph = (({ document, variables, shape }) => {
    if (graph.down) {
      return Promise.reject(Object.assign(new Error('no answer'), { code: 'unavailable' }));
    }
    if (document.includes('credentialHoldersChanged(')) {
      const after = (variables['after'] ?? '') as string;
      const ids = graph.changed.filter((id) => id > after).sort();
      return Promise.resolve(shape.parse({ credentialHoldersChanged: ids }));
    }
    const input = variables['input'] as Noted;
    if (graph.refused) {
      const errors = [{ code: 'INVALID_VALUE' }];
      return Promise.resolve(shape.parse({ verifiedRecordsDisclose: { standings: null, errors } }));
    }
    graph.noted.push(input);
    graph.onDisclosure();
    return Promise.resolve(
      shape.parse({
        verifiedRecordsDisclose: {
          standings: input.staffIds.slice(0, 1).map((staffId) => ({
            staffId,
            type: 'EMPLOYMENT',
            state: 'ACTIVE',
            credentials: 1,
            reason: null,
            issuedAt: '2026-11-01T10:00:00.000Z',
            expiresAt: '2027-11-01T10:00:00.000Z',
            lastStatusChangeAt: null,
          })),
          errors: [],
        },
      }),
    );
  }) as AskGraph;
  const compose = () =>
    composeEsr(
      {
        ESR_CALLER_KEYS: { keys: [publicHalf(callerKey)] },
        ESR_EXPORT_KEY: newPrivateJwk('export'),
        ESR_GRAPH_URL: 'http://gateway.invalid/graphql',
        ESR_GRAPH_RESOURCE: 'https://graph.example/graphql',
        ESR_ISSUER: 'https://identity.example',
        ESR_TOKEN_URL: 'http://identity.invalid/oauth/token',
        ESR_CLIENT_KEY: newPrivateJwk('esr'),
      },
      {
        log: createLog({ name: 'esr', level: 'silent' }),
        now: () => time.now,
        database,
        askGraph,
        background: false,
        exportBatch: 2,
        wrap: (records) => ({
          ...records,
          findAssignments: (ids, view) =>
            graph.unreadable !== undefined && ids.includes(graph.unreadable)
              ? Promise.reject(new Error('a value that cannot be read'))
              : records.findAssignments(ids, view),
        }),
      },
    );
  const esr = await compose();
  const app: FastifyInstance = fastify();
  if (esr.privateRoutes !== undefined) await app.register(esr.privateRoutes);
  const inFile = async (text: string): Promise<string> => {
    const path = join(folder, 'file');
    await writeFile(path, text);
    return path;
  };
  const importText = async (text: string): Promise<void> => {
    const [outcome] = await esr.importFiles([await inFile(text)]);
    if (outcome?.kind !== 'imported') throw new Error(JSON.stringify(outcome));
  };
  const send = async (path: string, caller: Partial<Caller>, content: object) => {
    const body = JSON.stringify(content);
    const whole: Caller = { ...(HR as Caller), requestId: 'request-1', ...caller };
    const request = { audience: 'esr', body, now: time.now };
    const statement = await signCallerStatement(whole, request, signerOf(callerKey));
    const answer = await app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/json', [CALLER_HEADER]: statement },
      body,
    });
    return answer.json<Record<string, unknown>>();
  };
  await esr.importOrganisations(await inFile(ORGANISATIONS_TEXT));
  const exports = postgresExports(database.schema<EsrTables>('esr'));
  return {
    esr,
    exports,
    graph,
    time,
    importText,
    compose,
    idOf: async (employeeNumber: string): Promise<string> => {
      const row = await database
        .schema<EsrTables>('esr')
        .selectFrom('employment')
        .select('staff_id')
        .where('ods_code', '=', 'RZ1')
        .where('employee_number', '=', employeeNumber)
        .executeTakeFirstOrThrow();
      return row.staff_id;
    },
    ask: async (query: string, variables: object, caller: Partial<Caller> = {}) =>
      (await send('/graphql', caller, { query, variables })) as {
        readonly data?: Record<string, never> | null;
        readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
      },
    run: async (statement: string): Promise<void> => {
      for (const one of statement.split(';')) await sql.raw(one).execute(database.schema('esr'));
    },
    piece: (wanted: object, caller: Partial<Caller> = {}) => send('/exports', caller, wanted),
    stop: async () => {
      await app.close();
      await esr.stop();
      await close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The terms of a link, as the gateway hands them on. */
function wantedBy(url: string, from = 0, length = 1_000_000) {
  const { pathname, searchParams } = new URL(url);
  const [, , exportId = '', name = ''] = pathname.split('/');
  const expires = Number(searchParams.get('expires'));
  return { exportId, name, expires, signature: searchParams.get('signature') ?? '', from, length };
}

const people = [1, 2, 3, 4, 5, 6, 7].map((n) => ({
  esrPersonId: `500000${String(n)}`,
  employeeNumber: `9000000${String(n)}`,
  niNumber: `QQ00000${String(n)}A`,
  nhsEmployeeId: `7000000${String(n)}`,
  family: `Family${String(n)}`,
}));

/** Five who work there, one who begins next month, one who has left. */
const FULL = go2Text(
  people.flatMap((person, index) => {
    const post = {
      esrPersonId: person.esrPersonId,
      esrAssignmentId: `600000${String(index + 1)}`,
      assignmentNumber: person.employeeNumber,
    };
    if (index === 5) {
      return [personLine({ ...person, effectiveFrom: '20261214', hireDate: '20261214' })];
    }
    if (index === 6) {
      const left = { terminationDate: '20260930', systemPersonType: 'EX_EMP' };
      const ended = { effectiveTo: '20260930', endDate: '20260930' };
      return [personLine({ ...person, ...left }), assignmentLine({ ...post, ...ended })];
    }
    return [personLine(person), assignmentLine(post)];
  }),
);

describe('the bulk export of records', () => {
  contract('PGlite', describe, embeddedDatabase);
  contract('PostgreSQL', describeWithServers('postgres'), serverDatabase);
});

function contract(
  name: string,
  describeHere: (name: string, tests: () => void) => void,
  open: () => Promise<Opened>,
): void {
  describeHere(name, () => {
    let world: Awaited<ReturnType<typeof startWorld>>;

    beforeAll(async () => {
      world = await startWorld(await open());
      await world.importText(FULL);
      await world.importText(
        registrationsText([
          'RZ1,90000001,NMC,14Z0003E,REGISTERED,Nurse - Adult,2014-03-03,2027-03-31,2026-11-01T02:00:00Z',
        ]),
      );
      await world.importText(
        trainingText(['RZ1,90000001,NHS|CSTF|Fire Safety - 2 Years|,2026-05-01,']),
      );
    });

    afterAll(() => world.stop());

    const start = async (key: string, since?: string, caller: Partial<Caller> = {}) => {
      const input = { idempotencyKey: key, ...(since === undefined ? {} : { since }) };
      const answer = await world.ask(START, { input }, caller);
      return answer.data?.['verifiedRecordExportStart'] as unknown as {
        readonly export: { readonly id: string; readonly state: string } | null;
        readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
      };
    };
    const show = async (id: string, caller: Partial<Caller> = {}) => {
      const answer = await world.ask(SHOW, { id }, caller);
      return answer.data?.['verifiedRecordExport'] as unknown as Shown | null;
    };
    const finished = async (key: string, since?: string): Promise<Shown> => {
      const { export: begun, errors } = await start(key, since);
      if (begun === null) throw new Error(JSON.stringify(errors));
      await world.esr.exportWork?.run();
      const shown = await show(begun.id);
      if (shown === null) throw new Error('the export is not there');
      return shown;
    };
    const linesOf = async (shown: Shown): Promise<Record<string, unknown>[]> => {
      const files = shown.parts.edges.map(async ({ node }) => {
        const piece = await world.piece(wantedBy(node.url));
        const bytes = Buffer.from(piece['content'] as string, 'base64');
        expect({
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('base64url'),
        }).toEqual({ bytes: node.bytes, sha256: node.sha256 });
        return gunzipSync(bytes).toString('utf8');
      });
      return (await Promise.all(files))
        .join('')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    };

    it('has everybody who works there or is about to, under a manifest that says what it consists of', async () => {
      const shown = await finished('whole');
      expect(shown).toMatchObject({
        organisation: { odsCode: 'RZ1' },
        since: null,
        state: 'READY',
        people: 6,
        done: 6,
        records: 6,
        left: 0,
        failed: 0,
        waiting: false,
      });
      const keys = createLocalJWKSet(JSON.parse(shown.manifestKeys) as JSONWebKeySet);
      const { payload, protectedHeader } = await compactVerify(shown.manifest ?? '', keys);
      expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'verified-record-export+jwt' });
      expect(JSON.parse(Buffer.from(payload).toString('utf8'))).toMatchObject({
        iss: 'https://graph.example/exports/',
        jti: shown.id,
        odsCode: 'RZ1',
        since: null,
        cursor: shown.cursor,
        people: 6,
        records: 6,
        left: 0,
        failed: 0,
        parts: shown.parts.edges.map(({ node: { url: _url, ...part } }) => ({
          name: part.name,
          lines: part.lines,
          bytes: part.bytes,
          sha256: part.sha256,
        })),
      });
      const lines = await linesOf(shown);
      expect(lines.map((line) => (line['name'] as { family: string }).family).sort()).toEqual(
        people.slice(0, 6).map(({ family }) => family),
      );
      expect(lines.find((line) => line['id'] === lines[0]?.['id'])).toMatchObject({
        credentials: [{ type: 'EMPLOYMENT', state: 'ACTIVE', credentials: 1 }],
      });
      const first = await world.idOf('90000001');
      expect(lines.find((line) => line['id'] === first)).toMatchObject({
        line: 'PERSON',
        nhsEmployeeId: '70000001',
        birthDate: '1985-03-14',
        employments: [{ odsCode: 'RZ1', employeeNumber: '90000001', hireDate: '2020-01-06' }],
        assignments: [{ assignmentNumber: '90000001', primary: true }],
        registrations: [
          { body: 'NMC', status: 'REGISTERED', lastCheckedAt: '2026-11-01T02:00:00.000Z' },
        ],
        competences: [{ subject: 'Fire Safety', awardedOn: '2026-05-01' }],
      });
      expect(JSON.stringify(lines)).not.toMatch(/QQ(?:\d|\*)/);
    });

    it('is in the access log of everybody in it, in the name of whoever started it, and of nobody else', async () => {
      const { noted } = world.graph;
      const { id } = decodeExport(await start('whole'));
      expect(noted.flatMap(({ staffIds }) => staffIds).sort()).toEqual(
        (await Promise.all(people.slice(0, 6).map((one) => world.idOf(one.employeeNumber)))).sort(),
      );
      for (const entry of noted) {
        expect(entry.reader).toEqual({
          subject: 'hr-system-rz1',
          name: 'HR system of RZ1',
          odsCode: 'RZ1',
          purpose: 'HR_ADMINISTRATION',
          requestId: id,
        });
        expect(entry.fields).toContain('registrations');
      }
    });

    it('is the same for the same key, refused for another input, and one at a time', async () => {
      const again = await start('whole');
      expect(again).toEqual({
        export: { id: expect.stringMatching(/^exp_/), state: 'READY' },
        errors: [],
      });
      expect(await start('whole', '2026-11-01T00:00:00Z')).toMatchObject({
        export: null,
        errors: [{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] }],
      });
      expect(await start('later', '2026-12-01T00:00:00Z')).toMatchObject({
        errors: [{ code: 'INVALID_VALUE', path: ['input', 'since'] }],
      });
      const { id } = decodeExport(await start('one'));
      expect(await start('two')).toMatchObject({ errors: [{ code: 'ALREADY_RUNNING' }] });
      await world.esr.exportWork?.run();
      expect(await show(id)).toMatchObject({ state: 'READY' });
    });

    it.each<[string, Partial<Caller>]>([
      ['another system of the trust', { subject: 'hr-system-2' }],
      ['the same system at another trust', { odsCode: 'RZ2' }],
    ])('is nobody’s for %s, whole or in parts', async (_who, caller) => {
      const { id } = decodeExport(await start('whole'));
      const url = (await show(id))?.parts.edges[0]?.node.url ?? '';
      expect(await show(id, caller)).toBeNull();
      expect(await world.piece(wantedBy(url), caller)).toEqual({ kind: 'not-found' });
    });

    it.each<[string, Partial<Caller>, string]>([
      ['without the scope for credentials', { scopes: new Set(['hr:read']) }, 'FORBIDDEN'],
      ['without the scope for records', { scopes: new Set(['passport:read']) }, 'FORBIDDEN'],
      ['for an organisation that is not known', { odsCode: 'RZ9' }, 'FORBIDDEN'],
    ])('is not started %s', async (_what, caller, code) => {
      const answer = await world.ask(START, { input: { idempotencyKey: 'no' } }, caller);
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
    });

    it('is not started without a purpose', async () => {
      const answer = await world.ask(
        START,
        { input: { idempotencyKey: 'no' } },
        { purpose: undefined as never },
      );
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_REQUIRED']);
    });

    it('is downloaded by a link that is its own, whole and not too old, from wherever one wants to go on', async () => {
      const { id } = decodeExport(await start('whole'));
      const node = (await show(id))?.parts.edges[1]?.node;
      const wanted = wantedBy(node?.url ?? '');
      const whole = Buffer.from((await world.piece(wanted))['content'] as string, 'base64');
      const tail = await world.piece({ ...wanted, from: 10, length: 7 });
      expect(Buffer.from(tail['content'] as string, 'base64')).toEqual(whole.subarray(10, 17));
      const other = (await show(id))?.parts.edges[0]?.node.name;
      for (const wrong of [
        { name: other },
        { name: 'part-9999.ndjson.gz' },
        { name: '../part-0001' },
        { signature: 'A'.repeat(43) },
        { expires: wanted.expires + 1 },
        { exportId: `exp_${'A'.repeat(22)}` },
      ]) {
        expect([wrong, await world.piece({ ...wanted, ...wrong })]).toEqual([
          wrong,
          { kind: 'not-found' },
        ]);
      }
      const before = world.time.now;
      world.time.now = new Date(before.getTime() + 3_600_000);
      expect(await world.piece(wanted)).toEqual({ kind: 'expired' });
      world.time.now = before;
    });

    it('waits for a passport that is down, and goes on from the last part in another process', async () => {
      const { id } = decodeExport(await start('cut'));
      const { graph } = world;
      graph.noted.length = 0;
      // Down after the first batch.
      graph.onDisclosure = () => {
        graph.down = true;
      };
      await expect(world.esr.exportWork?.run()).rejects.toMatchObject({ code: 'unavailable' });
      expect(await show(id)).toMatchObject({ state: 'RUNNING', done: 2, waiting: true });
      expect((await show(id))?.parts.edges).toEqual([]);
      graph.down = false;
      graph.onDisclosure = () => undefined;
      const other = await world.compose();
      // It is left alone for a while, for others to have their turn.
      await other.exportWork?.run();
      expect(await show(id)).toMatchObject({ state: 'RUNNING', done: 2 });
      const before = world.time.now;
      world.time.now = new Date(before.getTime() + 10_000);
      await other.exportWork?.run();
      world.time.now = before;
      const shown = await show(id);
      expect(shown).toMatchObject({ state: 'READY', done: 6, records: 6, waiting: false });
      if (shown === null) throw new Error('the export is not there');
      expect(new Set((await linesOf(shown)).map((line) => line['id'])).size).toBe(6);
      expect(new Set(graph.noted.map((entry) => entry.idempotencyKey)).size).toBe(3);
    });

    it('is worked on by one process, until that one has not been heard of for a minute', async () => {
      const { id } = decodeExport(await start('leased'));
      const { exports, time } = world;
      const until = new Date(time.now.getTime() + 60_000);
      const first = await exports.lease('first', time.now, until);
      expect(first?.id).toBe(id);
      expect(await exports.lease('second', time.now, until)).toBeUndefined();
      await exports.addPeople(id, [await world.idOf('90000001')]);
      expect(await exports.startReading(id, 'first', time.now)).toBe(true);
      const later = await exports.lease('second', until, new Date(until.getTime() + 60_000));
      expect(later?.id).toBe(id);
      const part = {
        number: 1,
        lines: 1,
        records: 1,
        left: 0,
        failed: 0,
        bytes: 1,
        sha256: 'x',
        content: Buffer.from([1]),
        lastStaffId: await world.idOf('90000001'),
      };
      const before = (await exports.find(id)) ?? later;
      if (before === undefined) throw new Error('no export');
      expect(await exports.keepPart(before, 'first', part, until)).toBe(false);
      expect(await exports.listParts(id, 0, 10)).toEqual([]);
      await exports.release(id, 'second', { until: time.now, waiting: false });
      await world.esr.exportWork?.run();
      expect(await show(id)).toMatchObject({ state: 'READY', records: 1 });
    });

    it('is let go by a process that stops, at once and for any other', async () => {
      const { id } = decodeExport(await start('stopped'));
      const other = await world.compose();
      world.graph.onDisclosure = () => other.exportWork?.stop();
      await other.exportWork?.run();
      world.graph.onDisclosure = () => undefined;
      expect(await show(id)).toMatchObject({ state: 'RUNNING', done: 2, waiting: false });
      await world.esr.exportWork?.run();
      expect(await show(id)).toMatchObject({ state: 'READY', done: 6 });
    });

    it('keeps nobody else’s waiting when it cannot go on', async () => {
      const { id } = decodeExport(await start('stuck'));
      const elsewhere: Partial<Caller> = { subject: 'hr-system-rz2', odsCode: 'RZ2' };
      const { id: next } = decodeExport(await start('next', undefined, elsewhere));
      world.graph.refused = true;
      await expect(world.esr.exportWork?.run()).rejects.toMatchObject({ code: 'INVALID_VALUE' });
      world.graph.refused = false;
      expect(await show(id)).toMatchObject({ state: 'RUNNING', done: 0, waiting: false });
      expect(await show(next, elsewhere)).toMatchObject({ state: 'READY', people: 0, done: 0 });
      const before = world.time.now;
      world.time.now = new Date(before.getTime() + 10_000);
      await world.esr.exportWork?.run();
      world.time.now = before;
      expect(await show(id)).toMatchObject({ state: 'READY' });
    });

    it('names a record that cannot be read, and has all the others', async () => {
      const broken = await world.idOf('90000003');
      world.graph.unreadable = broken;
      const shown = await finished('with a fault');
      world.graph.unreadable = undefined;
      expect(shown).toMatchObject({ state: 'READY', records: 5, failed: 1 });
      const lines = await linesOf(shown);
      expect(lines.filter((line) => line['line'] !== 'PERSON')).toEqual([
        { line: 'FAILED', id: broken, code: 'record_unreadable' },
      ]);
    });

    it('is erased a day after it was ready, and given up a day after it was asked for', async () => {
      const { id } = decodeExport(await start('whole'));
      const url = (await show(id))?.parts.edges[0]?.node.url ?? '';
      const { id: waiting } = decodeExport(await start('never'));
      const before = world.time.now;
      world.time.now = new Date(before.getTime() + 24 * 3_600_000 + 1);
      await world.esr.exportWork?.run();
      expect(await show(id)).toMatchObject({ state: 'EXPIRED', parts: { edges: [] } });
      expect(await show(waiting)).toMatchObject({ state: 'FAILED' });
      world.time.now = before;
      expect(await world.piece(wantedBy(url))).toEqual({ kind: 'expired' });
    });

    describe('of what changed since', () => {
      const BEFORE = '2025-06-01T00:00:00Z';
      const SINCE = '2025-06-02T00:00:00Z';
      let deltas = 0;

      /** Who is in an export, as `1` for a person and `-1` for somebody who has left. */
      const delta = async (): Promise<string[]> => {
        const names = new Map(
          await Promise.all(
            people.map(
              async ({ employeeNumber }) =>
                [await world.idOf(employeeNumber), employeeNumber.slice(-1)] as const,
            ),
          ),
        );
        const lines = await linesOf(await finished(`delta ${String((deltas += 1))}`, SINCE));
        return lines
          .map(({ line, id }) => `${line === 'LEFT' ? '-' : ''}${names.get(String(id)) ?? '?'}`)
          .sort();
      };
      const change = async (statement: string): Promise<void> => {
        const ids: Record<string, string> = {};
        for (const { employeeNumber } of people) {
          ids[employeeNumber.slice(-1)] = await world.idOf(employeeNumber);
        }
        await world.run(statement.replaceAll(/\$(\d)/g, (_all, n: string) => `'${ids[n] ?? ''}'`));
      };

      beforeEach(async () => {
        for (const table of ['employment', 'assignment', 'registration', 'competence']) {
          await world.run(`update esr.${table} set changed_at = '${BEFORE}'`);
        }
        world.graph.changed = [];
        // No more than ten are kept.
        await world.exports.erase(new Date(world.time.now.getTime() + 25 * 3_600_000));
      });

      it.each<[string, string, readonly string[]]>([
        ['nothing but a day that came: somebody has left', 'select 1', ['-7']],
        [
          'an employment',
          `update esr.employment set changed_at = now() where staff_id = $1`,
          ['-7', '1'],
        ],
        [
          'a registration',
          `update esr.registration set changed_at = now() where staff_id = $1`,
          ['-7', '1'],
        ],
        [
          'training',
          `update esr.competence set changed_at = now() where staff_id = $1`,
          ['-7', '1'],
        ],
        [
          'a name that is used from a day on that has come',
          `update esr.employment_name n set effective_from = '2026-11-20' from esr.employment e
           where e.esr_person_id = n.esr_person_id and e.staff_id = $2`,
          ['-7', '2'],
        ],
      ])('has %s', async (_what, statement, expected) => {
        await change(statement);
        expect(await delta()).toEqual(expected);
      });

      it('has people whose credentials changed', async () => {
        world.graph.changed = [await world.idOf('90000004')];
        expect(await delta()).toEqual(['-7', '2', '4']);
      });

      it('has a person with joined ids once, in the log under each, and tells that the other id is gone', async () => {
        const [one, other] = [await world.idOf('90000001'), await world.idOf('90000002')];
        await world.run(`select esr.join_staff('${other}', '${one}', 'somebody', 'one person')`);
        world.graph.noted.length = 0;
        const lines = await linesOf(await finished('joined', SINCE));
        expect(
          lines.filter(({ id }) => id === one || id === other).map((line) => line['line']),
        ).toEqual([one, other].sort().map((id) => (id === one ? 'PERSON' : 'LEFT')));
        expect(lines.find(({ id }) => id === other)).toEqual({
          line: 'LEFT',
          id: other,
          joinedTo: one,
        });
        const person = lines.find(({ id }) => id === one) as {
          employments: { employeeNumber: string }[];
        };
        expect(person.employments.map(({ employeeNumber }) => employeeNumber).sort()).toEqual([
          '90000001',
          '90000002',
        ]);
        expect(world.graph.noted.flatMap(({ staffIds }) => staffIds)).toEqual(
          expect.arrayContaining([one, other]),
        );
      });

      it('tells of an employment that was taken out', async () => {
        const gone = await world.idOf('90000003');
        await world.run(
          `insert into esr.record_deletion (kind, ods_code, staff_id)
           values ('EMPLOYMENT', 'RZ1', '${gone}');
           delete from esr.employment where staff_id = '${gone}'`,
        );
        const lines = await linesOf(await finished('deleted', SINCE));
        expect(lines.find(({ id }) => id === gone)).toEqual({
          line: 'LEFT',
          id: gone,
          joinedTo: null,
        });
      });
    });
  });
}

function decodeExport(started: { readonly export: { readonly id: string } | null }): {
  readonly id: string;
} {
  if (started.export === null) throw new Error(JSON.stringify(started));
  return started.export;
}
