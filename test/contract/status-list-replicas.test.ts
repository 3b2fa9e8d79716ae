/** Several replicas, one truth: status lists on a real PostgreSQL and a real Redis. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';

import { openPostgres } from '../../runtime/database.ts';
import type { KeyValue } from '../../runtime/key-value.ts';
import { createLog } from '../../runtime/log.ts';
import { redisKeyValue } from '../../runtime/redis-key-value.ts';
import { splitCompactJws } from '../../standards/compact-jws.ts';
import {
  decodeStatusList,
  type EncodedStatusList,
  readStatus,
} from '../../standards/status-list/status-list.ts';
import { postgresStatusLists } from '../../subgraphs/passport/postgres/status-lists.ts';
import { takeSlots } from '../../subgraphs/passport/postgres/take-slots.ts';
import type { PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { eventually } from '../servers/child.ts';
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

const people = new Map([['stf_amara', nurse('stf_amara')]]);
const settings = newSettings();
const log = createLog({ name: 'test', level: 'silent' });

const issued = async (bench: Bench): Promise<CredentialAnswer> =>
  (await issueTo(bench, { staffId: 'stf_amara', odsCode: 'RZ1', type: 'IDENTITY' })).credential;
async function revoke(bench: Bench, credentialId: string): Promise<void> {
  const answer = await bench.ask(callers.administrator('RZ1'), operations.revoke, {
    input: { idempotencyKey: newKey(), reason: 'LOST_PHONE', credentialId },
  });
  expect(answer.data?.result.errors).toEqual([]);
}
const listOf = async (bench: Bench, { statusListUri }: CredentialAnswer) => {
  const answer = await bench.app.inject(new URL(statusListUri).pathname);
  expect(answer.statusCode).toBe(200);
  return answer.body;
};
const statusIn = (token: string, { statusIndex }: CredentialAnswer): number =>
  readStatus(
    decodeStatusList(splitCompactJws(token, 2 ** 25).payload['status_list'] as EncodedStatusList),
    statusIndex,
  );
const versionOf = (token: string): number =>
  Number(splitCompactJws(token, 2 ** 25).payload['version']);

describeWithServers('postgres', 'redis')('two replicas', () => {
  let postgres: PostgresServer;
  let redis: RedisServer;
  let one: Bench;
  let other: Bench;
  /** Redis as the other replica has it. */
  let published: string[];

  const start = async (keyValue: KeyValue, background = true): Promise<Bench> =>
    startPassport({
      database: openPostgres(postgres.url),
      settings,
      people,
      runtime: { keyValue, background, statusListSize: 4_096 },
    });
  const connect = (): Promise<KeyValue> => redisKeyValue({ url: redis.url, prefix: 'test' }, log);

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    published = [];
    one = await start(await connect());
    const keyValue = await connect();
    await keyValue.subscribe('status-list', (id) => published.push(id));
    other = await start(keyValue);
  });
  afterAll(async () => {
    await Promise.allSettled([one.stop(), other.stop()]);
    await Promise.allSettled([postgres.stop(), redis.stop()]);
  });

  it('serve the same bytes after a change at either', async () => {
    const credential = await issued(one);
    for (const [at, elsewhere] of [
      [one, other],
      [other, one],
    ] as const) {
      const more = await issued(at);
      await revoke(at, more.id);
      const list = await listOf(at, more);
      expect(statusIn(list, more)).toBe(1);
      await eventually(async () => {
        expect(await listOf(elsewhere, more)).toBe(list);
      });
    }
    expect(statusIn(await listOf(other, credential), credential)).toBe(0);
    expect(published.length).toBeGreaterThan(0);
  });

  it('find one winner for a version: never two tokens of one number', async () => {
    const credentials = [];
    for (let count = 0; count < 12; count += 1) credentials.push(await issued(one));
    const tokens = new Map<string, Set<string>>();
    const watch = async (bench: Bench, credential: CredentialAnswer): Promise<void> => {
      const token = await listOf(bench, credential);
      const name = `${credential.statusListUri} ${String(versionOf(token))}`;
      tokens.set(name, (tokens.get(name) ?? new Set()).add(token));
    };
    await Promise.all(
      credentials.map(async (credential, at) => {
        const bench = at % 2 === 0 ? one : other;
        await revoke(bench, credential.id);
        await Promise.all([watch(one, credential), watch(other, credential)]);
      }),
    );
    for (const same of tokens.values()) expect(same.size).toBe(1);
    for (const credential of credentials) {
      await eventually(async () => {
        for (const bench of [one, other]) {
          expect(statusIn(await listOf(bench, credential), credential)).toBe(1);
        }
      });
    }
  });

  it('take a batch’s places from more than one list, each place once', async () => {
    const db = openPostgres(postgres.url);
    const passport = db.schema<PassportTables>('passport');
    const batches = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        passport.transaction().execute((trx) => takeSlots(trx, 'RZ1', at % 2 === 0 ? 2 : 20)),
      ),
    );
    for (const batch of batches) {
      expect(new Set(batch.map(({ listId }) => listId)).size).toBeGreaterThan(1);
    }
    const places = batches.flat().map(({ listId, index }) => `${listId} ${String(index)}`);
    expect(new Set(places).size).toBe(places.length);
    await db.close();
  });

  it('publish what a whole reading of the record gives, however many steps it took', async () => {
    const credentials = [];
    for (let count = 0; count < 30; count += 1) credentials.push(await issued(one));
    const random = (below: number): number => Math.floor(Math.random() * below);
    for (let step = 0; step < 40; step += 1) {
      const { id } = credentials[random(30)] ?? { id: 'none' };
      const action = (['suspend', 'reinstate', 'revoke'] as const)[random(3)] ?? 'suspend';
      await (step % 3 === 0 ? other : one).ask(callers.administrator('RZ1'), operations[action], {
        input: {
          idempotencyKey: newKey(),
          reason: action === 'reinstate' ? 'REINSTATED' : 'LOST_PHONE',
          credentialId: id,
        },
      });
    }
    const db = openPostgres(postgres.url);
    const passport = db.schema<PassportTables>('passport');
    for (const { id } of await postgresStatusLists(passport, 1).summaries('RZ1')) {
      const rows = await passport
        .selectFrom('credential')
        .select(['status_index', 'state'])
        .where('list_id', '=', id)
        .execute();
      const expected = new Map(
        rows.map(({ status_index: index, state }) => [
          index,
          state === 'REVOKED' ? 1 : state === 'SUSPENDED' ? 2 : 0,
        ]),
      );
      await eventually(async () => {
        const { body } = await other.app.inject(`/status-lists/${id}`);
        const list = decodeStatusList(
          splitCompactJws(body, 2 ** 25).payload['status_list'] as EncodedStatusList,
        );
        const wrong = Array.from({ length: 4_096 }, (_, index) => index).filter(
          (index) => readStatus(list, index) !== (expected.get(index) ?? 0),
        );
        expect(wrong).toEqual([]);
      });
    }
    await db.close();
  });

  it('hear by polling when the hint is lost, and lose nothing when Redis does', async () => {
    const credential = await issued(one);
    await listOf(other, credential);
    const port = Number(new URL(redis.url).port);
    await redis.stop();
    await revoke(one, credential.id);
    const list = await listOf(one, credential);
    expect(statusIn(list, credential)).toBe(1);
    await eventually(async () => {
      expect(versionOf(await listOf(other, credential))).toBeGreaterThanOrEqual(versionOf(list));
      expect(statusIn(await listOf(other, credential), credential)).toBe(1);
    });
    redis = await startRedis(port);
    // An emptied Redis knows nothing; both go on, and versions go on rising.
    const next = await issued(other);
    await revoke(other, next.id);
    await eventually(async () => {
      for (const bench of [one, other]) {
        expect(statusIn(await listOf(bench, next), next)).toBe(1);
        expect(statusIn(await listOf(bench, credential), credential)).toBe(1);
      }
    });
    expect(versionOf(await listOf(one, credential))).toBeGreaterThanOrEqual(versionOf(list));
  });

  it('refuse direct SQL that brings back what was revoked', async () => {
    const credential = await issued(one);
    await revoke(one, credential.id);
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await expect(
      client.query(`update passport.credential set state = 'ACTIVE' where state = 'REVOKED'`),
    ).rejects.toMatchObject({ code: '23514' });
    await client.end();
  });
});
