/**
 * Many issuers on one database, each with several batches under way, and each killed (kill -9) again and again at a random
 * step. What a client received is recorded; no place in a status list is given twice; no acknowledged revocation is lost.
 */
import { randomInt } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';

import { openPostgres } from '../../runtime/database.ts';
import { splitCompactJws } from '../../standards/compact-jws.ts';
import {
  decodeStatusList,
  type EncodedStatusList,
  readStatus,
} from '../../standards/status-list/status-list.ts';
import { describeWithServers } from '../servers/available.ts';
import { eventually } from '../servers/child.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import {
  type Bench,
  newSettings,
  newWallet,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import type { Batch } from './issuing-task.ts';
import { runChild } from './run-child.ts';
import { WHOLE } from './whole.ts';

/** How much is done before the writers may finish. */
const WRITERS = WHOLE ? 12 : 4;
const KILLS = WHOLE ? 200 : 4;
const CREDENTIALS = WHOLE ? 4000 : 40;
/** Batches that one child is given, and how many of them are under way at one time. */
const BATCHES = WHOLE ? 30 : 8;
const AT_ONCE = 4;
/** A child that is to be killed is killed within so many steps. */
const STEPS = WHOLE ? 2500 : 600;
const TRUSTS = ['R01', 'R02', 'R03'] as const;

interface Received {
  readonly compact: string;
  readonly credentialId: string;
}

/** What clients were told. */
interface Told {
  readonly issued: Map<string, readonly Received[]>;
  readonly revoked: Set<string>;
  /** Batches that were answered differently the second time. */
  readonly changed: string[];
  credentials: number;
  kills: number;
}

describeWithServers('postgres')(`${String(WRITERS)} issuers on one database`, () => {
  let postgres: PostgresServer;
  let bench: Bench;
  let client: pg.Client;
  const settings = newSettings();
  const told: Told = {
    issued: new Map(),
    revoked: new Set(),
    changed: [],
    credentials: 0,
    kills: 0,
  };

  beforeAll(async () => {
    postgres = await startPostgres();
    bench = await startPassport({
      database: openPostgres(postgres.url, { connections: 4 }),
      settings,
      people: new Map(),
      accredited: TRUSTS,
      runtime: { background: true },
    });
    client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await bench.stop();
    await postgres.stop();
  });

  function newBatch(writer: number, number: number): Batch {
    const id = `w${String(writer)}-${String(number)}`;
    return {
      id,
      staffId: `stf_${id}`,
      odsCode: TRUSTS[number % TRUSTS.length] ?? TRUSTS[0],
      holderKeys: Array.from({ length: 1 + randomInt(5) }, () => newWallet().jwk),
      revoke: randomInt(3) === 0,
    };
  }

  function note(id: string, credentials: readonly Received[]): void {
    const before = told.issued.get(id);
    if (before === undefined) {
      told.issued.set(id, credentials);
      told.credentials += credentials.length;
    } else if (JSON.stringify(before) !== JSON.stringify(credentials)) {
      told.changed.push(id);
    }
  }

  /** One writer: killed and started again, each time with what it had not finished, until enough was done. */
  async function write(writer: number): Promise<readonly Batch[]> {
    let number = 0;
    const all: Batch[] = [];
    let left: readonly Batch[] = [];
    for (;;) {
      const enough = told.kills >= KILLS && told.credentials >= CREDENTIALS;
      const fresh: Batch[] = [];
      while (!enough && left.length + fresh.length < BATCHES) {
        fresh.push(newBatch(writer, (number += 1)));
      }
      all.push(...fresh);
      const batches = [...left, ...fresh];
      if (batches.length === 0) return all;
      const killAt = enough ? 0 : 1 + randomInt(STEPS);
      const { lines, killed } = await runChild('writer-child.ts', {
        url: postgres.url,
        settings,
        batches,
        atOnce: AT_ONCE,
        killAt,
      });
      if (killed) told.kills += 1;
      const done = new Set<string>();
      for (const { id = '', did, credentials, credentialId } of lines) {
        if (did === 'issued') note(id, credentials as readonly Received[]);
        if (did === 'revoked') told.revoked.add(String(credentialId));
        if (did === 'done') done.add(id);
      }
      // What nobody began is dropped in the end; what was begun is always finished.
      const begun = batches.filter(({ id }) => !done.has(id));
      left = enough ? [] : begun.slice(0, AT_ONCE * 2);
      const dropped = new Set(begun.slice(AT_ONCE * 2).map(({ id }) => id));
      for (let at = all.length - 1; at >= 0; at -= 1) {
        if (dropped.has(all[at]?.id ?? '')) all.splice(at, 1);
      }
    }
  }

  let batches: readonly Batch[] = [];
  it(`are killed ${String(KILLS)} times and finish what they began`, async () => {
    const written = await Promise.all(Array.from({ length: WRITERS }, (_, at) => write(at)));
    batches = written.flat();
    expect(told.kills).toBeGreaterThanOrEqual(KILLS);
    expect(told.credentials).toBeGreaterThanOrEqual(CREDENTIALS);
    expect(told.changed).toEqual([]);
    if (WHOLE) {
      process.stdout.write(
        `${String(told.kills)} kills, ${String(told.credentials)} credentials, ${String(told.revoked.size)} revocations\n`,
      );
    }
    expect(batches.map(({ id }) => id).filter((id) => !told.issued.has(id))).toEqual([]);
  }, 3_000_000);

  it('have recorded every credential that a client received, once, as it was received', async () => {
    const { rows } = await client.query<{
      id: string;
      state: string;
      signed_jwt: string;
      key: string;
    }>(
      "select id, state, signed_jwt, idempotency_key as key from passport.credential where state <> 'FAILED'",
    );
    const recorded = new Map(rows.map((row) => [row.id, row]));
    const unrecorded: string[] = [];
    const places: string[] = [];
    for (const { compact, credentialId } of [...told.issued.values()].flat()) {
      const [jwt = ''] = compact.split('~');
      if (recorded.get(credentialId)?.signed_jwt !== jwt) unrecorded.push(credentialId);
      places.push(JSON.stringify(splitCompactJws(jwt).payload['status']));
    }
    expect(unrecorded).toEqual([]);
    expect(new Set(places).size).toBe(places.length);
    // No batch was recorded twice, or in part.
    for (const { id, holderKeys } of batches) {
      const own = rows.filter(({ key }) => key === `${id}-issue`);
      expect([id, own.length]).toEqual([id, holderKeys.length]);
    }
    const { rows: shared } = await client.query(
      `select list_id, status_index from passport.credential group by 1, 2 having count(*) > 1`,
    );
    expect(shared).toEqual([]);
  });

  it('have revoked all that was acknowledged as revoked, and show it', async () => {
    expect(told.revoked.size).toBeGreaterThan(CREDENTIALS / 20);
    const { rows } = await client.query<{ id: string; list: string; index: number; state: string }>(
      'select id, list_id as list, status_index as index, state from passport.credential',
    );
    const revoked = rows.filter(({ id }) => told.revoked.has(id));
    expect(revoked.filter(({ state }) => state !== 'REVOKED')).toEqual([]);
    expect(revoked).toHaveLength(told.revoked.size);
    await eventually(async () => {
      for (const list of new Set(rows.map((row) => row.list))) {
        const { body } = await bench.app.inject(`/status-lists/${list}`);
        const { payload } = splitCompactJws(body, 2 ** 25);
        const statuses = decodeStatusList(payload['status_list'] as EncodedStatusList);
        const own = revoked.filter((row) => row.list === list);
        const lost = own.filter(({ index }) => readStatus(statuses, index) !== 1);
        if (lost.length > 0) throw new Error(`${String(lost.length)} revocations are not shown`);
      }
    });
  });

  it('leave nothing half done', async () => {
    await eventually(async () => {
      const { rows } = await client.query(
        "select id from passport.credential where state = 'ISSUING'",
      );
      if (rows.length > 0) throw new Error('a credential is still being issued');
    });
    const { rows } = await client.query<{ unused: number }>(
      `select count(*)::int as unused from passport.status_slot s
        left join passport.credential c on c.list_id = s.list_id and c.status_index = s.status_index
        where c.id is null`,
    );
    expect(rows).toEqual([{ unused: 0 }]);
  });
});
