/** The published status lists as anybody sees them: Token Status List, sections 8 and 9. */
import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import {
  decodeStatusList,
  type EncodedStatusList,
  readStatus,
} from '../../../../standards/status-list/status-list.ts';
import type { PassportTables } from '../../../../subgraphs/passport/postgres/tables.ts';
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
} from './passport-bench.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

const TYPE = 'application/statuslist+jwt';
const people = new Map([['stf_amara', nurse('stf_amara')]]);
let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;
const settings = newSettings();
/** The clock of the subgraph; tests move it. */
let clock = Date.parse('2026-11-25T09:00:00.400Z');

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  bench = await startPassport({
    database,
    settings,
    people,
    now: () => new Date(clock),
    runtime: { statusListSize: 32 },
  });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

const issued = async (): Promise<CredentialAnswer> =>
  (await issueTo(bench, { staffId: 'stf_amara', odsCode: 'RZ1', type: 'IDENTITY' })).credential;
const change = async (action: 'suspend' | 'reinstate' | 'revoke', credentialId: string) => {
  const answer = await bench.ask(callers.administrator('RZ1'), operations[action], {
    input: {
      idempotencyKey: newKey(),
      reason: action === 'reinstate' ? 'REINSTATED' : 'LOST_PHONE',
      credentialId,
    },
  });
  expect(answer.data?.result.errors).toEqual([]);
};
const pathOf = ({ statusListUri }: CredentialAnswer): string => new URL(statusListUri).pathname;
const get = (url: string, headers: Record<string, string> = {}) =>
  bench.app.inject({ url, headers });
const read = (token: string, index: number) => {
  const { payload } = splitCompactJws(token, 2 ** 25);
  const { iat, exp, ttl, version } = payload as Record<string, number>;
  const list = decodeStatusList(payload['status_list'] as EncodedStatusList);
  return { iat, exp, ttl, version, status: readStatus(list, index) };
};
const seconds = (): number => Math.floor(clock / 1000);

describe('a published list', () => {
  it('names where the trust’s lists are listed, and is listed there (sections 9.2 and 9.3)', async () => {
    const credential = await issued();
    const list = await get(pathOf(credential));
    const { payload } = splitCompactJws(list.body, 2 ** 25);
    const { aggregation_uri: uri } = payload['status_list'] as { aggregation_uri: string };
    expect(uri).toBe('https://passport.example/trusts/RZ1/status-lists');
    const listed = await get(new URL(uri).pathname);
    expect(listed.headers['content-type']).toBe('application/json');
    const { status_lists: all } = listed.json<{ status_lists: string[] }>();
    expect(all).toContain(credential.statusListUri);
    expect(all.length).toBeGreaterThanOrEqual(2);
    for (const one of all) expect((await get(new URL(one).pathname)).statusCode).toBe(200);
  });

  it.each([
    ['nothing', {}, 200],
    ['its type', { accept: TYPE }, 200],
    ['everything', { accept: '*/*' }, 200],
    ['all of application', { accept: 'text/html, application/*;q=0.1' }, 200],
    ['another type', { accept: 'application/statuslist+cwt' }, 406],
    ['everything but this', { accept: `*/*, ${TYPE};q=0` }, 406],
  ])('is for a client that takes %s: %#', async (_what, headers, status) => {
    const answer = await get(pathOf(await issued()), headers);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('travels compressed to those who ask, with a validator of its own', async () => {
    const path = pathOf(await issued());
    const plain = await get(path);
    const packed = await get(path, { 'accept-encoding': 'br;q=1, gzip;q=0.5' });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': TYPE,
      vary: 'accept-encoding',
    });
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    expect((await get(path, { 'accept-encoding': 'gzip;q=0' })).body).toBe(plain.body);
  });

  it.each([
    ['the validator', (etag: string) => etag, 304],
    ['the validator of the compressed form', (etag: string) => `${etag.slice(0, -1)}-gzip"`, 304],
    ['a weak one', (etag: string) => `W/${etag}`, 304],
    ['it among others', (etag: string) => `"a,b", W/"x",${etag}`, 304],
    ['anything', () => '*', 304],
    ['another', () => '"another"', 200],
    ['it without quotes', (etag: string) => etag.slice(1, -1), 200],
  ])(
    'is not sent again to a client with %s (RFC 9110, section 13.1.2)',
    async (_what, tag, status) => {
      const path = pathOf(await issued());
      const { etag = '' } = (await get(path)).headers;
      const again = await get(path, { 'if-none-match': tag(etag) });
      expect(again.statusCode).toBe(status);
      expect(again.headers.etag).toBe(etag);
    },
  );

  it('answers HEAD and preflight', async () => {
    const path = pathOf(await issued());
    const whole = await get(path);
    const head = await bench.app.inject({ method: 'HEAD', url: path });
    expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([
      200,
      '',
      String(whole.body.length),
    ]);
    const preflight = await bench.app.inject({ method: 'OPTIONS', url: path });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS');
  });

  it('is not given out after its exp', async () => {
    const path = pathOf(await issued());
    clock += 3_600_000;
    const late = await get(path);
    clock -= 3_600_000;
    expect([late.statusCode, late.json()]).toEqual([503, { error: 'list_expired' }]);
  });
});

describe('a past moment (section 8.4)', () => {
  it('has the status of then, for a time that is over', async () => {
    const credential = await issued();
    const path = pathOf(credential);
    const at = (time: number) => get(`${path}?time=${String(time)}`);
    const created = seconds();
    const moments: number[] = [];
    for (const action of ['suspend', 'reinstate', 'revoke'] as const) {
      clock += 100_000;
      await change(action, credential.id);
      moments.push(seconds());
    }
    const [suspended = 0, reinstated = 0, revoked = 0] = moments;
    clock += 100_000;
    const statuses = [];
    for (const time of [suspended, suspended + 1, reinstated, reinstated + 1, revoked]) {
      const answer = await at(time);
      expect(answer.statusCode).toBe(200);
      const token = read(answer.body, credential.statusIndex);
      statuses.push(token.status);
      expect(token.iat).toBeLessThanOrEqual(time);
      expect(token.exp).toBeGreaterThanOrEqual(time);
    }
    // Each change came 0.4 seconds after the second began; the live token counts from the start of its second.
    expect(statuses).toEqual([0, 2, 2, 0, 1]);
    // Until the change, and no longer.
    const paused = read((await at(suspended + 1)).body, credential.statusIndex);
    expect(paused).toEqual({
      iat: suspended + 1,
      exp: reinstated,
      ttl: undefined,
      version: undefined,
      status: 2,
    });
    const first = await at(created + 1);
    expect(read(first.body, credential.statusIndex).exp).toBeLessThan(seconds());
    expect((await at(created + 1)).headers.etag).toBe(first.headers.etag);
  });

  it('is now for the time of the token that is live', async () => {
    const credential = await issued();
    const path = pathOf(credential);
    clock += 5_000;
    await change('suspend', credential.id);
    const live = await get(path);
    clock += 10_000;
    for (const time of [seconds(), seconds() - 10]) {
      expect((await get(`${path}?time=${String(time)}`)).body).toBe(live.body);
    }
  });

  it('is unknown before the list was there, and when it has not come', async () => {
    const path = pathOf(await issued());
    for (const time of [1_000_000_000, seconds() + 1]) {
      const answer = await get(`${path}?time=${String(time)}`);
      expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'not_found' }]);
    }
    expect(
      (await get(`/status-lists/AAAAAAAAAAAAAAAAAAAAAA?time=${String(seconds())}`)).statusCode,
    ).toBe(404);
  });

  it('is made for eight askers a second, and kept for everybody who asks again', async () => {
    const credential = await issued();
    const moments: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      for (const action of ['suspend', 'reinstate'] as const) {
        clock += 10_000;
        await change(action, credential.id);
        moments.push(seconds());
      }
    }
    clock += 10_000;
    const at = (time = 0) => get(`${pathOf(credential)}?time=${String(time)}`);
    const answers = [];
    for (const time of moments.slice(0, 10)) answers.push(await at(time));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([
      ...Array<number>(8).fill(200),
      503,
      503,
    ]);
    expect(answers.at(-1)?.headers['retry-after']).toBe('1');
    expect(answers.at(-1)?.json()).toEqual({ error: 'temporarily_unavailable' });
    expect((await at(moments[0])).statusCode).toBe(200);
    clock += 1_000;
    expect((await at(moments[9])).statusCode).toBe(200);
  });

  it.each(['%00', '%C3%A9', 'AAAA', 'AAAAAAAAAAAAAAAAAAAAA%00'])(
    'is unknown of %s, as is the present: no list has that name',
    async (id) => {
      for (const query of ['', `?time=${String(seconds())}`, '?time=now']) {
        const answer = await get(`/status-lists/${id}${query}`);
        expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'not_found' }]);
      }
    },
  );

  it.each(['', 'now', '-1', '1e9', '1700000000.5', '0x10', '%201', '9999999999999', '1&time=2'])(
    'is refused as %j',
    async (time) => {
      const answer = await get(`${pathOf(await issued())}?time=${time}`);
      expect([answer.statusCode, answer.json()]).toEqual([400, { error: 'invalid_request' }]);
    },
  );
});

describe('the lists of a trust', () => {
  it('are opened before they are needed: none is ever more than nine tenths full', async () => {
    const places = [];
    for (let count = 0; count < 75; count += 1) places.push(await issued());
    const lists = new Map<string, number>();
    for (const { statusListUri } of places) {
      lists.set(statusListUri, (lists.get(statusListUri) ?? 0) + 1);
    }
    expect(lists.size).toBeGreaterThan(2);
    expect(Math.max(...lists.values())).toBeLessThanOrEqual(29);
    const named = places.map((one) => `${one.statusListUri} ${String(one.statusIndex)}`);
    expect(new Set(named).size).toBe(75);
  });
});

describe('the record itself', () => {
  const tables = () => database.schema<PassportTables>('passport');

  it('keeps what was revoked revoked, and every place where it is', async () => {
    const credential = await issued();
    await change('revoke', credential.id);
    const update = (values: object) =>
      tables().updateTable('credential').set(values).where('id', '=', credential.id).execute();
    await expect(update({ state: 'ACTIVE' })).rejects.toMatchObject({ code: '23514' });
    await expect(update({ status_index: 0 })).rejects.toMatchObject({ code: '23514' });
    await expect(update({ reason: 'NO_LONGER_VALID' })).resolves.toBeDefined();
  });

  it.each(['status_history', 'status_change', 'status_slot'] as const)(
    'only adds to %s',
    async (table) => {
      await expect(tables().deleteFrom(table).execute()).rejects.toMatchObject({ code: '23001' });
    },
  );

  it('notices whoever changes a credential, many at once', async () => {
    const two = [await issued(), await issued(), await issued()];
    await tables()
      .updateTable('credential')
      .set({ state: 'REVOKED', status_changed_at: new Date(clock) })
      .where(
        'id',
        'in',
        two.map(({ id }) => id),
      )
      .execute();
    const other = await startPassport({
      database: openEmbedded(engine),
      settings,
      people,
      now: () => new Date(clock),
      runtime: { background: true },
    });
    for (const credential of two) {
      const list = await other.app.inject(pathOf(credential));
      expect(read(list.body, credential.statusIndex).status).toBe(1);
    }
    await other.stop();
  });
});
