/** T-ROLLBACK: yesterday's backup is restored. Nothing older than what is live is published, and nothing revoked comes back. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';

import { type Database, openPostgres } from '../../runtime/database.ts';
import { createLog } from '../../runtime/log.ts';
import { redisKeyValue } from '../../runtime/redis-key-value.ts';
import { splitCompactJws } from '../../standards/compact-jws.ts';
import {
  decodeStatusList,
  type EncodedStatusList,
  readStatus,
} from '../../standards/status-list/status-list.ts';
import type { PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { serverProgram } from '../servers/programs.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';
import {
  type Bench,
  callers,
  type CredentialAnswer,
  issueTo,
  newKey,
  newSettings,
  nurse,
  operations,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';

const run = promisify(execFile);
const people = new Map([['stf_amara', nurse('stf_amara')]]);
const settings = newSettings();
const log = createLog({ name: 'test', level: 'silent' });

const issued = async (bench: Bench): Promise<CredentialAnswer> =>
  (await issueTo(bench, { staffId: 'stf_amara', odsCode: 'RZ1', type: 'IDENTITY' })).credential;
async function change(
  bench: Bench,
  action: 'suspend' | 'reinstate' | 'revoke',
  credentialId: string,
) {
  const reason = action === 'reinstate' ? 'REINSTATED' : 'LOST_PHONE';
  const answer = await bench.ask(callers.administrator('RZ1'), operations[action], {
    input: { idempotencyKey: newKey(), reason, credentialId },
  });
  expect(answer.data?.result.errors).toEqual([]);
}
const get = (bench: Bench, uri: string) => bench.app.inject(new URL(uri).pathname);
const statusIn = (token: string, { statusIndex }: CredentialAnswer): number =>
  readStatus(
    decodeStatusList(splitCompactJws(token, 2 ** 25).payload['status_list'] as EncodedStatusList),
    statusIndex,
  );
const versionOf = (token: string): number =>
  Number(splitCompactJws(token, 2 ** 25).payload['version']);

describeWithServers('postgres', 'redis')('a restored backup', () => {
  let postgres: PostgresServer;
  let redis: RedisServer;
  let folder: string;
  let databases = 0;
  const benches: Bench[] = [];

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    folder = await mkdtemp(join(tmpdir(), 'lanyard-restored-'));
  });
  afterAll(async () => {
    await Promise.allSettled(benches.map((bench) => bench.stop()));
    await Promise.allSettled([postgres.stop(), redis.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  async function start(
    database: Database,
    prefix: string,
    fetchLiveList: (id: string) => Promise<string | undefined> = () => Promise.resolve(undefined),
  ): Promise<Bench> {
    const keyValue = await redisKeyValue({ url: redis.url, prefix }, log);
    const bench = await startPassport({
      database,
      settings,
      people,
      runtime: { keyValue, background: true, statusListSize: 512, fetchLiveList },
    });
    benches.push(bench);
    return bench;
  }

  /** Life up to a backup, life after it, and the restored database. */
  async function lifeAndBackup(prefix: string) {
    const name = `db_${String((databases += 1))}`;
    const url = await postgres.createDatabase(name);
    const bench = await start(openPostgres(url), prefix);
    const before = {
      revoked: await issued(bench),
      revokedLater: await issued(bench),
      pausedLater: await issued(bench),
      valid: await issued(bench),
    };
    await change(bench, 'revoke', before.revoked.id);
    // One in each of the two open lists, so that the backup is behind in both, wherever the others are.
    const inEach = new Map<string, CredentialAnswer>();
    while (inEach.size < 2) {
      const credential = await issued(bench);
      inEach.set(credential.statusListUri, credential);
    }
    const file = join(folder, `${name}.sql`);
    const program = (tool: string): string => join(dirname(serverProgram('postgres') ?? ''), tool);
    await run(program('pg_dump'), ['--dbname', url, '--format=custom', '--file', file]);
    await change(bench, 'revoke', before.revokedLater.id);
    await change(bench, 'suspend', before.pausedLater.id);
    for (const { id } of inEach.values()) {
      await change(bench, 'suspend', id);
      await change(bench, 'reinstate', id);
    }
    // The record will not know this one at all.
    const after = { revoked: await issued(bench), valid: await issued(bench) };
    await change(bench, 'revoke', after.revoked.id);
    const live = new Map<string, string>();
    for (const credential of [...Object.values(before), ...Object.values(after)]) {
      live.set(credential.statusListUri, (await get(bench, credential.statusListUri)).body);
    }
    await bench.stop();
    benches.pop();
    const restored = await postgres.createDatabase(`${name}_restored`);
    await run(program('pg_restore'), ['--dbname', restored, file]);
    return { restored, before, after, live };
  }

  const tokensIn = async (url: string): Promise<readonly (string | null)[]> => {
    const database = openPostgres(url);
    const rows = await database
      .schema<PassportTables>('passport')
      .selectFrom('status_list')
      .select('token')
      .execute();
    await database.close();
    return rows.map(({ token }) => token);
  };
  const placeOf = ({ statusListUri, statusIndex }: CredentialAnswer): string =>
    `${statusListUri} ${String(statusIndex)}`;

  it('publishes nothing for lists that are behind, goes on serving what is live, and issues from new lists', async () => {
    const { restored, before, after, live } = await lifeAndBackup('noted');
    const bench = await start(openPostgres(restored), 'noted');
    for (const [uri, token] of live) expect((await get(bench, uri)).body).toBe(token);
    // A change is recorded, and not published.
    await change(bench, 'revoke', before.valid.id);
    for (const [uri, token] of live) expect((await get(bench, uri)).body).toBe(token);
    const given = [];
    for (let count = 0; count < 5; count += 1) given.push(await issued(bench));
    for (const credential of given)
      expect([...live.keys()]).not.toContain(credential.statusListUri);
    const ready = await bench.app.inject('/readyz');
    expect(ready.json()).toMatchObject({
      details: { statusLists: expect.stringMatching(/held back/) },
    });

    const { administration } = bench.composed;
    const outcome = await administration.reconcileStatusLists({ tokens: [] });
    expect(outcome.unresolved).toEqual([]);
    const carried = outcome.reconciled.map(({ credentials, places }) => [credentials, places]);
    expect(carried.reduce((sum, [credentials = 0]) => sum + credentials, 0)).toBe(2);
    expect(carried.reduce((sum, [, places = 0]) => sum + places, 0)).toBe(1);
    const expected = [
      [before.revoked, 1],
      [before.revokedLater, 1],
      [before.pausedLater, 2],
      // Revoked while the lists were held back.
      [before.valid, 1],
      [after.revoked, 1],
      [after.valid, 0],
    ] as const;
    for (const [credential, status] of expected) {
      const { body } = await get(bench, credential.statusListUri);
      expect(statusIn(body, credential)).toBe(status);
      expect(versionOf(body)).toBeGreaterThan(versionOf(live.get(credential.statusListUri) ?? ''));
    }
    const history = await bench.ask(
      callers.administrator('RZ1'),
      `query ($id: ID!) { credential(id: $id) { state statusHistory { state reason organisation { odsCode } } } }`,
      { id: before.revokedLater.id },
    );
    expect(history.data?.credential).toEqual({
      state: 'REVOKED',
      statusHistory: [
        { state: 'REVOKED', reason: 'RECORD_RESTORED', organisation: { odsCode: 'RZ1' } },
      ],
    });
    // Nothing more to do, and no place of those lists is ever given out again.
    expect(await administration.reconcileStatusLists({ tokens: [] })).toEqual({
      reconciled: [],
      unresolved: [],
    });
    const later = [];
    for (let count = 0; count < 5; count += 1) later.push(await issued(bench));
    const old = [...Object.values(before), ...Object.values(after)].map(placeOf);
    for (const credential of later) expect(old).not.toContain(placeOf(credential));
    expect((await bench.app.inject('/readyz')).json()).toMatchObject({
      details: { statusLists: 'current' },
    });
  });

  it('is found out from what the public address serves, when Redis is empty', async () => {
    const { restored, before, live } = await lifeAndBackup('emptied');
    const stored = await tokensIn(restored);
    const bench = await start(openPostgres(restored), 'another', (id) =>
      Promise.resolve([...live].find(([uri]) => uri.endsWith(id))?.[1]),
    );
    for (const [uri, token] of live) expect((await get(bench, uri)).body).toBe(token);
    await change(bench, 'revoke', before.revokedLater.id);
    const { statusListUri } = before.revokedLater;
    expect((await get(bench, statusListUri)).body).toBe(live.get(statusListUri));
    for (const token of stored) expect(await tokensIn(restored)).toContain(token);
    expect((await bench.app.inject('/readyz')).json()).toMatchObject({
      details: { statusLists: expect.stringMatching(/held back/) },
    });
  });

  it('is mended with tokens that the operator brings, and with nothing else', async () => {
    const { restored, before, after, live } = await lifeAndBackup('brought');
    const bench = await start(openPostgres(restored), 'elsewhere');
    const { administration } = bench.composed;
    const [token = ''] = live.values();
    const [head = '', body = '', signature = ''] = token.split('.');
    const forged = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    for (const wrong of ['rubbish', forged]) {
      await expect(administration.reconcileStatusLists({ tokens: [wrong] })).rejects.toMatchObject({
        code: 'token_refused',
      });
    }
    // Nobody remembered, so publishing went on. The token shows that it must not have.
    const { reconciled } = await administration.reconcileStatusLists({
      tokens: [...live.values()],
    });
    expect(reconciled.length).toBeGreaterThan(0);
    const file = join(folder, 'token');
    await writeFile(file, token);
    for (const credential of [before.revokedLater, after.revoked]) {
      const list = await get(bench, credential.statusListUri);
      expect(statusIn(list.body, credential)).toBe(1);
    }
  });

  it('is found out by a process that was running while it happened', async () => {
    const url = await postgres.createDatabase('running');
    const bench = await start(openPostgres(url), 'running');
    const credential = await issued(bench);
    await change(bench, 'revoke', credential.id);
    const live = await get(bench, credential.statusListUri);
    // As a restored copy would have it: an older version, and the revocation gone.
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('set session_replication_role = replica');
    await client.query(`update passport.credential set state = 'ACTIVE', reason = null`);
    await client.query('delete from passport.status_change');
    await client.query('delete from passport.status_history');
    await client.query(
      'update passport.status_list set version = 1, changes = 0, published_changes = 0',
    );
    await client.end();
    await change(bench, 'suspend', credential.id);
    expect((await get(bench, credential.statusListUri)).body).toBe(live.body);
    const { reconciled } = await bench.composed.administration.reconcileStatusLists({ tokens: [] });
    expect(reconciled.length).toBeGreaterThan(0);
    expect(statusIn((await get(bench, credential.statusListUri)).body, credential)).toBe(1);
  });
});
