/** One presentation, sent again and again: a request takes one answer (OpenID4VP 1.0, section 14.1). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import { splitCompactJws } from '../../standards/compact-jws.ts';
import { describeWithServers } from '../servers/available.ts';
import { startPostgres } from '../servers/postgres.ts';
import {
  type Bench,
  callers,
  issueTo,
  newKey,
  newSettings,
  nurse,
  operations,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import { twinSignature } from './forged-signatures.ts';
import { startTestEngine } from '../servers/embedded.ts';

// A process is started first, which takes its time on a busy machine.
const TIMES = 100;

interface Store {
  readonly database: Database;
  readonly stop: () => Promise<void>;
}

function expectOneAnswer(open: () => Promise<Store>): void {
  let store: Store;
  let bench: Bench;
  let held: Awaited<ReturnType<typeof issueTo>>;
  /** How far the clock is ahead, in milliseconds. */
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);

  beforeAll(async () => {
    store = await open();
    bench = await startPassport({
      database: store.database,
      settings: newSettings(),
      people: new Map([['stf_1', nurse('stf_1')]]),
      now,
    });
    held = await issueTo(bench, { staffId: 'stf_1', odsCode: 'RZ1', type: 'IDENTITY' });
  });
  afterAll(async () => {
    await bench.stop();
    await store.stop();
  });

  async function ask() {
    const asked = await bench.ask(callers.hr('RZ2'), operations.request, {
      input: {
        idempotencyKey: newKey(),
        credentials: [{ type: 'IDENTITY', claims: ['given_name'] }],
      },
    });
    if (asked.data == null) throw new Error('nothing was asked');
    return asked.data.presentationRequest.request;
  }

  async function send(requestId: string, presentation: string): Promise<string> {
    const answered = await bench.ask(callers.hr('RZ2'), operations.verify, {
      input: { requestId, presentation },
    });
    const { result, errors } = answered.data?.presentationVerify ?? {};
    const checks = [result?.credentials ?? [], result ?? []].flat().flatMap((one) => one.checks);
    const failed = checks.find(({ outcome }) => outcome === 'FAILED');
    return failed?.code ?? result?.outcome ?? errors?.[0]?.code ?? 'no answer';
  }

  const tally = (answers: readonly string[]) =>
    Object.fromEntries(
      [...new Set(answers)].map((one) => [one, answers.filter((other) => other === one).length]),
    );

  it(`takes one of ${String(TIMES)} copies sent at the same time`, async () => {
    const asked = await ask();
    const presentation = await held.wallet.present(held.sdJwt, asked, now());
    const answers = await Promise.all(
      Array.from({ length: TIMES }, () => send(asked.id, presentation)),
    );
    expect(tally(answers)).toEqual({ VALID: 1, ALREADY_ANSWERED: TIMES - 1 });
  });

  it('takes one of two spellings, where a signature has a twin', async () => {
    const asked = await ask();
    const presentation = await held.wallet.present(held.sdJwt, asked, now());
    const twin = twinSignature(presentation);
    expect(twin).not.toBe(presentation);
    const answers = await Promise.all(
      [presentation, twin, presentation, twin].map((one) => send(asked.id, one)),
    );
    expect(tally(answers)).toEqual({ VALID: 1, ALREADY_ANSWERED: 3 });
  });

  it('takes one presentation for one of many requests', async () => {
    const requests = await Promise.all(Array.from({ length: 10 }, ask));
    const [first] = requests;
    if (first === undefined) throw new Error('nothing was asked');
    const presentation = await held.wallet.present(held.sdJwt, first, now());
    const answers = await Promise.all(requests.map(({ id }) => send(id, presentation)));
    expect(tally(answers)).toEqual({ VALID: 1, kb_nonce_wrong: 9 });
  });

  it('checks nothing against a list that stopped being signed', async () => {
    const list = await bench.app.inject(new URL(held.credential.statusListUri).pathname);
    const { iat, ttl, exp } = splitCompactJws(list.body, 2 ** 25).payload as Record<string, number>;
    if (iat === undefined || ttl === undefined || exp === undefined) throw new Error('no times');
    const atAge = async (seconds: number) => {
      ahead = (iat + seconds) * 1000 - Date.now();
      const asked = await ask();
      return send(asked.id, await held.wallet.present(held.sdJwt, asked, now()));
    };
    // Nobody publishes in this bench: the list is as old as the clock says.
    expect(await atAge(ttl - 3)).toBe('VALID');
    for (const age of [ttl + 400, exp - iat - 5, exp - iat + 61, 86_400, 7 * 86_400]) {
      expect([age, await atAge(age)]).toEqual([age, 'status_stale']);
    }
    expect(await atAge(ttl - 3)).toBe('VALID');
    ahead = 0;
  });
}

describe('on the embedded database', () => {
  expectOneAnswer(async () => {
    const engine = await startTestEngine();
    return { database: openEmbedded(engine), stop: () => engine.close() };
  });
});

describeWithServers('postgres')('on PostgreSQL', () => {
  expectOneAnswer(async () => {
    const postgres = await startPostgres();
    return {
      database: openPostgres(postgres.url, { connections: 10 }),
      stop: () => postgres.stop(),
    };
  });
});
