/** What the passport stores promise under load, on the embedded database and on PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import { migrate } from '../../runtime/migrate.ts';
import {
  issuingIsStopped,
  postgresIssuingStops,
} from '../../subgraphs/passport/postgres/issuing-stops.ts';
import { postgresStatusLists } from '../../subgraphs/passport/postgres/status-lists.ts';
import type { PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { startPostgres } from '../servers/postgres.ts';
import {
  type Bench,
  callers,
  issueTo,
  newKey,
  newSettings,
  newWallet,
  nurse,
  operations,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import { startTestEngine } from '../servers/embedded.ts';

interface Store {
  readonly database: Database;
  readonly stop: () => Promise<void>;
}

function contract(open: () => Promise<Store>): void {
  let store: Store;
  let bench: Bench;
  const people = new Map([['stf_amara', nurse('stf_amara')]]);
  beforeAll(async () => {
    store = await open();
    bench = await startPassport({ database: store.database, settings: newSettings(), people });
  }, 60_000);
  afterAll(async () => {
    await bench.stop();
    await store.stop();
  });

  it('gives every one of forty parallel credentials a place of its own', async () => {
    const issued = await Promise.all(
      Array.from({ length: 40 }, () =>
        issueTo(bench, { staffId: 'stf_amara', odsCode: 'RZ1', type: 'IDENTITY' }),
      ),
    );
    const places = issued.map(({ credential }) => credential.statusIndex);
    expect(new Set(places).size).toBe(40);
  });

  it('gives one credential to parallel calls with one key', async () => {
    const offered = await bench.ask(callers.hr('RZ1'), operations.offer, {
      input: { idempotencyKey: newKey(), staffId: 'stf_amara', types: ['IDENTITY'] },
    });
    const input = {
      idempotencyKey: newKey(),
      offerId: offered.data?.credentialOffer.offer?.id,
      type: 'IDENTITY',
      holderKeys: [newWallet().jwk],
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => bench.ask(callers.identity(), operations.issue, { input })),
    );
    const credentials = answers.map(({ data }) => data?.credentialIssue.issued[0]?.compact);
    expect(new Set(credentials)).toEqual(new Set([expect.stringContaining('~')]));
    expect(new Set(credentials).size).toBe(1);
  });

  it('makes one offer of parallel calls with one key', async () => {
    const input = { idempotencyKey: newKey(), staffId: 'stf_amara', types: ['IDENTITY'] };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => bench.ask(callers.hr('RZ1'), operations.offer, { input })),
    );
    const ids = answers.map(({ data }) => data?.credentialOffer.offer?.id);
    expect(new Set(ids)).toEqual(new Set([expect.stringMatching(/^ofr_/)]));
    expect(new Set(ids).size).toBe(1);
  });

  it('takes one of forty parallel answers to a request', async () => {
    const { sdJwt, wallet } = await issueTo(bench, {
      staffId: 'stf_amara',
      odsCode: 'RZ1',
      type: 'IDENTITY',
    });
    const asked = await bench.ask(callers.hr('RZ2'), operations.request, {
      input: {
        idempotencyKey: newKey(),
        credentials: [{ type: 'IDENTITY', claims: ['given_name'] }],
      },
    });
    if (asked.data == null) throw new Error('no request');
    const { request } = asked.data.presentationRequest;
    const input = {
      requestId: request.id,
      presentation: await wallet.present(sdJwt, request, new Date()),
    };
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => bench.ask(callers.hr('RZ2'), operations.verify, { input })),
    );
    const outcomes = answers.map(
      ({ data }) => data?.presentationVerify.result?.outcome ?? 'refused',
    );
    expect(outcomes.filter((outcome) => outcome === 'VALID')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(39);
  });

  it('lets no older list replace a newer one', async () => {
    const lists = postgresStatusLists(store.database.schema<PassportTables>('passport'), 64);
    await lists.tend('RZ7', new Date());
    const [first] = await lists.summaries('RZ7');
    const id = first?.id ?? 'none';
    const list = (version: number, token: string) => ({
      id,
      odsCode: 'RZ7',
      version,
      token,
      signedAt: new Date(),
      expiresAt: new Date(),
    });
    const attempts = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        lists.publish(list(1, `token-${String(index)}`), 0, 0),
      ),
    );
    expect(attempts.filter(Boolean)).toHaveLength(1);
    expect(await lists.publish(list(1, 'late'), 0, 0)).toBe(false);
    expect((await lists.findPublished(id))?.token).not.toBe('late');
    expect(await lists.publish(list(2, 'next'), 1, 0)).toBe(true);
  });
}

describe('passport stores on the embedded database', () => {
  contract(async () => {
    const engine = await startTestEngine();
    return { database: openEmbedded(engine), stop: () => engine.close() };
  });
});

describeWithServers('postgres')('passport stores on PostgreSQL', () => {
  contract(async () => {
    const postgres = await startPostgres();
    return { database: openPostgres(postgres.url), stop: () => postgres.stop() };
  });

  it('stop issuing at once, though a transaction that is recording hangs', async () => {
    const postgres = await startPostgres();
    const database = openPostgres(postgres.url);
    try {
      const db = database.schema<PassportTables>('passport');
      await migrate(
        database,
        'passport',
        new URL('../../subgraphs/passport/postgres/migrations', import.meta.url),
      );
      const hurried = postgresIssuingStops(db, 100);
      const patient = postgresIssuingStops(db);
      const by = { subject: 'olivia' };
      const isStopped = (odsCode: string) =>
        db.transaction().execute((transaction) => issuingIsStopped(transaction, odsCode));
      const [hanging, end] = [
        Promise.withResolvers<undefined>(),
        Promise.withResolvers<undefined>(),
      ];
      const recording = db.transaction().execute(async (transaction) => {
        expect(await issuingIsStopped(transaction, 'RZ1')).toBe(false);
        hanging.resolve(undefined);
        await end.promise;
      });
      await hanging.promise;

      const stop = await hurried.stop('RZ1', 'a drill', by, new Date());
      expect(stop).toMatchObject({ reason: 'a drill', drained: false });
      const again = patient.stop('RZ1', 'once more', by, new Date());
      expect(await isStopped('RZ1')).toBe(true);
      // Nobody else waits for the one that hangs.
      expect(await isStopped('RZ2')).toBe(false);
      end.resolve(undefined);
      await recording;
      expect(await again).toEqual({ ...stop, drained: true });
    } finally {
      await database.close();
      await postgres.stop();
    }
  }, 60_000);
});
