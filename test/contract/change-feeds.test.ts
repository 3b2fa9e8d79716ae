/** What passport and nhsmail tell the gateway that has changed, whichever way it came about. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { ChangeStore } from '../../runtime/change-feed.ts';
import { type Database, openEmbedded } from '../../runtime/database.ts';
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';
import { migrate } from '../../runtime/migrate.ts';
import { postgresCaseChanges } from '../../subgraphs/nhsmail/postgres/case-changes.ts';
import { postgresCases } from '../../subgraphs/nhsmail/postgres/cases.ts';
import type { NhsmailTables } from '../../subgraphs/nhsmail/postgres/tables.ts';
import { postgresChanges } from '../../subgraphs/passport/postgres/changes.ts';
import type { PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { startTestEngine } from '../servers/embedded.ts';
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

const NURSE = `stf_${'a'.repeat(22)}`;

/** What is told from now on: each thing once for each time that it is asked. */
const listening = async (store: ChangeStore) => {
  let after = await store.lastChange();
  return async (): Promise<readonly string[]> => {
    const changes = await store.changesAfter(after, [], 500);
    after = changes.at(-1)?.number ?? after;
    return [
      ...new Set(changes.flatMap(({ change }) => (change ? [`${change.kind} ${change.id}`] : []))),
    ];
  };
};

describe('what is told to have changed', () => {
  let engine: EmbeddedEngine;
  let database: Database;
  let bench: Bench;
  let changes: ChangeStore;

  beforeAll(async () => {
    engine = await startTestEngine();
    database = openEmbedded(engine);
    bench = await startPassport({
      database,
      settings: newSettings(),
      people: new Map([[NURSE, nurse(NURSE)]]),
    });
    changes = postgresChanges(database.schema<PassportTables>('passport'));
    await migrate(
      database,
      'nhsmail',
      new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url),
    );
  });
  afterAll(async () => {
    await bench.stop();
    await engine.close();
  });

  const hr = callers.hr('RZ2');
  const asked = async () => {
    const answer = await bench.ask(hr, operations.request, {
      input: {
        idempotencyKey: newKey(),
        sameDevice: false,
        credentials: [{ type: 'PROFESSIONAL_REGISTRATION', claims: ['registration_status'] }],
      },
    });
    const request = answer.data?.presentationRequest.request;
    if (request == null) throw new Error(JSON.stringify(answer));
    return request;
  };

  it('is a credential whose status an administrator changes, and one that a stolen key signed', async () => {
    const { credential, sdJwt } = await issueTo(bench, {
      staffId: NURSE,
      odsCode: 'RZ1',
      type: 'PROFESSIONAL_REGISTRATION',
    });
    const heard = await listening(changes);
    await bench.ask(callers.administrator('RZ1'), operations.suspend, {
      input: { idempotencyKey: newKey(), credentialId: credential.id, reason: 'LOST_PHONE' },
    });
    expect(await heard()).toEqual([`credential ${credential.id}`]);
    const { kid } = JSON.parse(Buffer.from(sdJwt.split('.')[0] ?? '', 'base64url').toString()) as {
      kid: string;
    };
    await bench.composed.administration.compromiseKey({
      kid,
      since: '2026-01-01T00:00:00Z',
      by: 'the test',
    });
    expect(await heard()).toContain(`credential ${credential.id}`);
  });

  it('is a request at each step of its answer, and one that has run out', async () => {
    const held = await issueTo(bench, {
      staffId: NURSE,
      odsCode: 'RZ1',
      type: 'PROFESSIONAL_REGISTRATION',
    });
    const heard = await listening(changes);
    const request = await asked();
    expect(await heard()).toEqual([]);
    const fetched = new URL(request.walletUri ?? '').searchParams.get('request_uri') ?? '';
    await bench.app.inject({ method: 'GET', url: new URL(fetched).pathname });
    expect(await heard()).toEqual([`presentation ${request.id}`]);
    const presentation = await held.wallet.present(held.sdJwt, request, new Date());
    await bench.ask(hr, operations.verify, { input: { requestId: request.id, presentation } });
    expect(await heard()).toEqual([`presentation ${request.id}`]);

    const left = await asked();
    const until = new Date(Date.now() + 3_600_000);
    const expired = await changes.expiredBetween?.(new Date(), until);
    expect(expired).toEqual([{ kind: 'presentation', id: left.id }]);
    expect(await changes.expiredBetween?.(until, until)).toEqual([]);
  });

  it('is a case that matching opens, and one that it withdraws', async () => {
    const tables = database.schema<NhsmailTables>('nhsmail');
    const cases = postgresCases(tables);
    const store = postgresCaseChanges(database.schema<unknown>('nhsmail'));
    const heard = await listening(store);
    const covered = {
      kind: 'records',
      staffIds: new Set([NURSE]),
      accountIds: new Set(['rz1a1']),
    } as const;
    const proposed = {
      queue: 'UNABLE_TO_MATCH',
      accountId: 'rz1a1',
      odsCode: 'RZ1',
      candidates: [],
      because: 'TOO_CLOSE',
    } as const;
    const say = (some: readonly (typeof proposed)[]) =>
      cases.reconcile({ source: 'MATCHING', covered, cases: some }, new Date());
    expect(await say([proposed])).toMatchObject({ opened: 1 });
    const opened = await heard();
    expect(opened).toEqual([expect.stringMatching(/^case /)]);
    expect(await say([])).toMatchObject({ closed: 1 });
    expect(await heard()).toEqual(opened);
  });

  it('is told to the gateway itself, and to nobody through it', async () => {
    const gateway = { ...callers.identity(), subject: 'lanyard-gateway' };
    const asks = async (caller: typeof gateway, body: object) => {
      const answer = await bench.send(caller, '/changes', body);
      return [answer.statusCode, answer.json<{ changes?: object[] }>().changes?.length];
    };
    expect(await asks(gateway, { missing: [] })).toEqual([200, 0]);
    const last = await changes.lastChange();
    expect(await asks(gateway, { after: last - 2, missing: [last - 5] })).toEqual([200, 3]);
    expect(await asks(gateway, { after: -1, missing: [] })).toEqual([400, undefined]);
    expect(await asks(callers.hr('RZ1'), { missing: [] })).toEqual([401, undefined]);
    expect(await asks(callers.identity(), { missing: [] })).toEqual([401, undefined]);
  });
});
