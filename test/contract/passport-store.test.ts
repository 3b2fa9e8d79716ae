/** What the passport stores promise under load, on the embedded database and on PostgreSQL. */
import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import type { Caller } from '../../runtime/caller-statement.ts';
import type { Database } from '../../runtime/database.ts';
import { aesSealer } from '../../subgraphs/passport/keys/sealer.ts';
import type { StoredPresentation } from '../../subgraphs/passport/domain/presentation-request.ts';
import type { StoredResult } from '../../subgraphs/passport/domain/verification-result.ts';
import { writeEntries } from '../../subgraphs/passport/domain/write-access.ts';
import { postgresAccessLog } from '../../subgraphs/passport/postgres/access-log.ts';
import { postgresPresentations } from '../../subgraphs/passport/postgres/presentations.ts';
import {
  issuingIsStopped,
  postgresIssuingStops,
} from '../../subgraphs/passport/postgres/issuing-stops.ts';
import { postgresStatusLists } from '../../subgraphs/passport/postgres/status-lists.ts';
import type { PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
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
import { embeddedDatabase, serverDatabase } from './databases.ts';

interface Store {
  readonly database: Database;
  readonly stop: () => Promise<void>;
}

function contract(open: () => Promise<Store>): void {
  let store: Store;
  let bench: Bench;
  const people = new Map(
    ['stf_amara', 'stf_exported'].map((staffId) => [staffId, nurse(staffId)] as const),
  );
  beforeAll(async () => {
    store = await open();
    bench = await startPassport({ database: store.database, settings: newSettings(), people });
  });
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

  describe('a request for a presentation', () => {
    const now = new Date('2026-11-26T10:00:00Z');
    const expiresAt = new Date('2026-11-26T10:10:00Z');
    const late = new Date('2026-11-26T10:10:01Z');
    const by = { subject: 'hr', name: 'HR', requestId: 'r', odsCode: 'RZ2' };
    const sealer = aesSealer(randomBytes(32));
    const requests = () =>
      postgresPresentations(store.database.schema<PassportTables>('passport'), sealer);
    let made = 0;
    const add = async (changes: Partial<StoredPresentation> = {}): Promise<string> => {
      made += 1;
      const id = `prq_${String(made)}`;
      const stored = await requests().add(
        {
          id,
          odsCode: 'RZ2',
          by,
          purpose: 'ROTATION',
          query: { credentials: [] },
          sameDevice: false,
          clientId: 'x509_hash:x',
          encrypted: true,
          origins: [],
          nonce: `nonce-${id}`,
          walletState: `state-${id}`,
          sealedKey: 'sealed',
          createdAt: now,
          expiresAt,
          ...changes,
        },
        by,
        { key: id, requestHash: id },
      );
      if (stored === 'reused') throw new Error('the key was used');
      return stored.id;
    };
    const twenty = async <Result>(act: (at: number) => Promise<Result>): Promise<Result[]> =>
      Promise.all(Array.from({ length: 20 }, (_none, at) => act(at)));
    const result = (staffId: string): StoredResult => ({
      outcome: 'VALID',
      checkedAt: now.toISOString(),
      staffId,
      credentials: [],
      checks: [],
    });
    const logged = { staffId: 'stf_log', at: now, actor: 'hr', actorName: 'HR' };
    const record = { ...logged, purpose: 'ROTATION', fields: ['email'], requestId: 'r' };

    it('is fetched once, and answered or refused once, and forgets its key then', async () => {
      const id = await add();
      const fetched = await twenty(() => requests().fetch(id, now));
      expect(fetched.filter((one) => one !== undefined)).toHaveLength(1);
      const ended = await twenty(async (at) =>
        at % 2 === 0
          ? (await requests().take(id, now)) !== undefined
          : requests().refuse(id, 'access_denied', now),
      );
      expect(ended.filter(Boolean)).toHaveLength(1);
      expect((await requests().find(id))?.sealedKey).toBeUndefined();
    });

    it('ends for everybody when its time is over, and its key with it', async () => {
      const id = await add({ sameDevice: true });
      expect(await requests().start(id, 'browser', late)).toBe(false);
      expect(await requests().fetch(id, late)).toBeUndefined();
      expect(await requests().take(id, late)).toBeUndefined();
      expect(await requests().refuse(id, 'x', late)).toBe(false);
      await requests().forgetKeys(late);
      expect((await requests().find(id))?.sealedKey).toBeUndefined();
    });

    it('is one browser’s, which alone lets the verifier see the answer, once', async () => {
      const id = await add({ sameDevice: true });
      expect(await requests().fetch(id, now)).toBeUndefined();
      const started = await twenty((at) => requests().start(id, `browser-${String(at)}`, now));
      expect(started.filter(Boolean)).toHaveLength(1);
      const mine = `browser-${String(started.indexOf(true))}`;
      expect(await requests().isStartedBy(id, mine)).toBe(true);
      expect(await requests().isStartedBy(id, 'another')).toBe(false);
      expect(await requests().fetch(id, now)).toMatchObject({ id });
      expect(await requests().take(id, now, 'RZ1')).toBeUndefined();
      expect(await requests().take(id, now, 'RZ2')).toMatchObject({ id });
      await requests().conclude(id, {
        result: result('stf_amara'),
        claims: new Map([['identity', { email: 'a@nhs.example' }]]),
        eraseAfter: late,
        release: { responseCodeHash: `code-${id}` },
      });
      expect(await requests().disclosed(id, 'RZ2')).toBeUndefined();
      const release = (sessionHash: string, at: Date, code = `code-${id}`) =>
        requests().release({ responseCodeHash: code, sessionHash, now: at }, () => [record]);
      expect(await release('another', now)).toBeUndefined();
      expect(await release(mine, now, 'code-guess')).toBeUndefined();
      expect(await release(mine, late)).toBeUndefined();
      const released = await twenty(() => release(mine, now));
      expect(released.filter((one) => one !== undefined)).toHaveLength(1);
      expect(await requests().disclosed(id, 'RZ2')).toEqual(
        new Map([['identity', { email: 'a@nhs.example' }]]),
      );
      expect(await requests().disclosed(id, 'RZ1')).toBeUndefined();
      const log = postgresAccessLog(store.database.schema<PassportTables>('passport'));
      expect(await log.list('stf_log', { first: 10 })).toHaveLength(1);
    });

    it('keeps what was disclosed sealed', async () => {
      const id = await add();
      await requests().take(id, now);
      await requests().conclude(id, {
        result: result('stf_amara'),
        claims: new Map([['identity', { email: 'a@nhs.example' }]]),
        eraseAfter: late,
        release: { at: now, log: [] },
      });
      const rows = await store.database
        .schema<PassportTables>('passport')
        .selectFrom('presentation_claims')
        .selectAll()
        .where('presentation_id', '=', id)
        .execute();
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toMatch(/nhs\.example/);
    });
  });

  it('writes the access log whole or, where an entry cannot be written, without it', async () => {
    const log = postgresAccessLog(store.database.schema<PassportTables>('passport'));
    const of = (staffId: string, actorName: string) => [
      {
        staffId,
        at: new Date(),
        actor: 'hr',
        actorName,
        purpose: 'AUDIT',
        fields: ['email'],
        requestId: 'together',
      },
    ];
    // PostgreSQL takes no U+0000.
    const entries = [of('stf_whole', 'A'), of('stf_refused', '\0'), of('stf_whole', 'B')];
    await expect(log.write(entries.flat())).rejects.toThrow();
    expect(await log.list('stf_whole', { first: 10 })).toEqual([]);
    expect(await writeEntries(entries, log)).toEqual([true, false, true]);
    const written = await log.list('stf_whole', { first: 10 });
    expect(written.map(({ actorName }) => actorName)).toEqual(['B', 'A']);
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

  describe('what is disclosed for an export', () => {
    const exporter: Caller = {
      kind: 'machine',
      subject: 'lanyard-esr',
      clientId: 'lanyard-esr',
      name: 'lanyard-esr',
      scopes: new Set(['record:export']),
      purpose: 'HR_ADMINISTRATION',
      requestId: 'request-of-esr',
    };
    const DISCLOSE = `mutation ($input: VerifiedRecordsDiscloseInput!) {
      verifiedRecordsDisclose(input: $input) {
        standings { staffId type state credentials reason issuedAt expiresAt lastStatusChangeAt }
        errors { code path } } }`;
    const CHANGED = `query ($odsCode: ID!, $since: DateTime!, $after: ID) {
      credentialHoldersChanged(odsCode: $odsCode, since: $since, after: $after) }`;
    const disclose = async (changes: object = {}, caller: Caller = exporter) => {
      const { data, errors } = await bench.ask(caller, DISCLOSE, {
        input: {
          idempotencyKey: 'batch-1',
          reader: {
            subject: 'hr-system-rz1',
            name: 'HR system of RZ1',
            odsCode: 'RZ1',
            purpose: 'ROTATION',
            requestId: 'exp_1',
          },
          fields: ['name', 'registrations'],
          staffIds: ['stf_exported', 'stf_without'],
          ...changes,
        },
      });
      return {
        ...(data as Record<string, object> | null)?.['verifiedRecordsDisclose'],
        failed: errors,
      };
    };
    const entries = async (staffId: string) =>
      (
        await postgresAccessLog(store.database.schema<PassportTables>('passport')).list(staffId, {
          first: 20,
        })
      ).filter(({ requestId }) => requestId === 'exp_1');

    beforeAll(async () => {
      const issue = () =>
        issueTo(bench, { staffId: 'stf_exported', odsCode: 'RZ1', type: 'IDENTITY' });
      await Promise.all([
        issue(),
        issue(),
        issueTo(bench, { staffId: 'stf_amara', odsCode: 'RZ1', type: 'IDENTITY' }),
      ]);
      const { credential } = await issue();
      await bench.ask(callers.administrator('RZ1'), operations.revoke, {
        input: {
          idempotencyKey: newKey(),
          credentialId: credential.id,
          reason: 'LOST_PHONE',
          expectedVersion: credential.version,
        },
      });
    });

    it('is how the organisation’s own credentials stand, by kind and state, and in the log of everybody asked about', async () => {
      const standing = { staffId: 'stf_exported', type: 'IDENTITY', credentials: 1 };
      expect(await disclose()).toMatchObject({
        standings: [
          { ...standing, state: 'ACTIVE', reason: null },
          { ...standing, state: 'REVOKED', reason: 'LOST_PHONE' },
        ],
        errors: [],
      });
      for (const staffId of ['stf_exported', 'stf_without']) {
        expect(await entries(staffId)).toMatchObject([
          {
            actor: 'hr-system-rz1',
            actorName: 'HR system of RZ1',
            actorOdsCode: 'RZ1',
            purpose: 'ROTATION',
            fields: ['name', 'registrations'],
          },
        ]);
      }
      const other = {
        subject: 'x',
        name: 'x',
        odsCode: 'RZ2',
        purpose: 'ROTATION',
        requestId: 'x',
      };
      expect(await disclose({ idempotencyKey: 'other', reader: other })).toMatchObject({
        standings: [],
      });
    });

    it('is logged once under one key, which is good for nothing else', async () => {
      const before = await entries('stf_exported');
      expect(await disclose()).toMatchObject({ standings: [{}, {}] });
      expect(await disclose({ staffIds: ['stf_exported'] })).toMatchObject({
        standings: null,
        errors: [{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] }],
      });
      expect(await entries('stf_exported')).toEqual(before);
      expect(before).toHaveLength(1);
    });

    it.each<[string, object]>([
      ['staffIds', { staffIds: [] }],
      ['staffIds', { staffIds: Array.from({ length: 1_001 }, (_, n) => `stf_${String(n)}`) }],
      ['staffIds', { staffIds: ['9434765919'] }],
      ['fields', { fields: [] }],
      ['fields', { fields: ['a\nb'] }],
      ['idempotencyKey', { idempotencyKey: '' }],
    ])('is nothing for input whose %s is wrong', async (field, changes) => {
      expect(await disclose({ idempotencyKey: 'wrong', ...changes })).toMatchObject({
        standings: null,
        errors: [{ code: 'INVALID_VALUE', path: ['input', field] }],
      });
    });

    it.each<[string, Caller]>([
      ['HR', callers.hr('RZ1')],
      ['another service', callers.identity()],
      ['a person with the scope', { ...exporter, kind: 'person' }],
    ])('is nothing for %s', async (_who, caller) => {
      const { failed } = await disclose({ idempotencyKey: 'no' }, caller);
      expect(failed?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    });

    it('tells the service that keeps the records who holds a passport, and nobody else', async () => {
      const HOLDERS = 'query ($staffIds: [ID!]!) { passportHolders(staffIds: $staffIds) }';
      const ask = async (caller: Caller) => {
        const staffIds = ['stf_amara', 'stf_exported', 'stf_without'];
        const { data, errors } = await bench.ask(caller, HOLDERS, { staffIds });
        return { ...data, code: errors?.[0]?.extensions.code };
      };
      const records: Caller = { ...exporter, scopes: new Set(['record:read']) };
      expect(await ask(records)).toMatchObject({ passportHolders: ['stf_amara', 'stf_exported'] });
      expect(await ask({ ...records, kind: 'person' })).toMatchObject({ code: 'FORBIDDEN' });
      expect(await ask(exporter)).toMatchObject({ code: 'FORBIDDEN' });
    });

    it('tells whose credentials changed since, by themselves or by running out', async () => {
      const holders = async (since: Date, odsCode = 'RZ1', after?: string) => {
        const { data } = await bench.ask(exporter, CHANGED, { odsCode, since, after });
        return (data as unknown as Record<string, unknown>)['credentialHoldersChanged'];
      };
      const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
      expect(await holders(ago(1))).toEqual(['stf_amara', 'stf_exported']);
      expect(await holders(ago(1), 'RZ1', 'stf_amara')).toEqual(['stf_exported']);
      expect(await holders(ago(1), 'RZ2')).toEqual([]);
      expect(await holders(ago(-1))).toEqual([]);
      await sql`update passport.credential set created_at = ${ago(9)}, issued_at = ${ago(9)},
        status_changed_at = null, expires_at = ${ago(2)} where staff_id = 'stf_exported'`.execute(
        store.database.schema<PassportTables>('passport'),
      );
      expect(await holders(ago(1))).toEqual(['stf_amara']);
      expect(await holders(ago(3))).toEqual(['stf_amara', 'stf_exported']);
      expect(await disclose()).toMatchObject({
        standings: [{ state: 'EXPIRED' }, { state: 'REVOKED' }],
      });
    });
  });
}

describe('passport stores on the embedded database', () => {
  contract(async () => {
    const { database, close } = await embeddedDatabase();
    return { database, stop: close };
  });
});

describeWithServers('postgres')('passport stores on PostgreSQL', () => {
  contract(async () => {
    const { database, close } = await serverDatabase();
    return { database, stop: close };
  });

  it('stop issuing at once, though a transaction that is recording hangs', async () => {
    const { database, close } = await serverDatabase();
    try {
      const db = database.schema<PassportTables>('passport');
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
      await close();
    }
  });
});
