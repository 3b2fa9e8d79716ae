/**
 * Every INSERT and UPDATE on the way from an offer to a revocation fails once, in turn. What it leaves is nothing, or a
 * credential that is recorded and can be revoked; and the same call again ends as if nothing had failed.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';

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
  type Answer,
  type Bench,
  callers,
  type CredentialAnswer,
  type GraphRecord,
  newSettings,
  newWallet,
  nurse,
  operations,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import {
  type FailingStatements,
  type Moment,
  startFailingStatements,
} from './failing-statements.ts';
import { WHOLE } from './whole.ts';

const nothing = (): Promise<void> => Promise.resolve();
/** Tables that are written to when a trust issues for the first time. */
const OF_A_TRUST = /^(issuer_|status_list)/;
/** How the statements fail, and what is done about what a failed issuing left. */
const ROUNDS: readonly (readonly [Moment, 'call again' | 'revoke'])[] = WHOLE
  ? [
      ['at once', 'call again'],
      ['at once', 'revoke'],
      ['at commit', 'call again'],
      ['at commit', 'revoke'],
    ]
  : [
      ['at once', 'call again'],
      ['at commit', 'revoke'],
    ];
/** More statements than any table sees on one journey. */
const MOST = 40;

interface Row {
  readonly id: string;
  readonly state: string;
}

describeWithServers('postgres')('an issuer whose statements fail', () => {
  let postgres: PostgresServer;
  let faults: FailingStatements;
  let bench: Bench;
  const settings = newSettings();
  const people = new Map<string, GraphRecord>();
  /** Credentials whose revocation was acknowledged. */
  const revoked: CredentialAnswer[] = [];
  let journeys = 0;

  beforeAll(async () => {
    postgres = await startPostgres();
    bench = await startPassport({
      database: openPostgres(postgres.url, { connections: 4 }),
      settings,
      people,
      accredited: ['RZ1'],
    });
    faults = await startFailingStatements(postgres.url);
  });
  afterAll(async () => {
    await faults.stop();
    await bench.stop();
    await postgres.stop();
  });

  /** Asks until it is answered without an error. More than one failure is one too many. */
  async function insist(ask: () => Promise<Answer>, afterFailure: () => Promise<void>) {
    const first = await ask();
    if (first.errors === undefined && first.data != null) return first.data;
    expect(first.data ?? null).toBeNull();
    await afterFailure();
    const second = await ask();
    expect(second.errors).toBeUndefined();
    if (second.data == null) throw new Error('no data');
    return second.data;
  }

  const recorded = async (key: string): Promise<readonly Row[]> =>
    (await faults.query(
      `select c.id, c.state from passport.credential c
        join passport.status_slot s on s.list_id = c.list_id and s.status_index = c.status_index
        where c.idempotency_key = $1 and c.state <> 'FAILED'`,
      [key],
    )) as unknown as readonly Row[];

  /**
   * Offers, issues, suspends, reinstates and revokes. When issuing fails, either the call is made again, or what it left
   * is revoked.
   */
  async function travel(id: string, odsCode: string, then: 'call again' | 'revoke'): Promise<void> {
    const staffId = `stf_${id}`;
    people.set(staffId, nurse(staffId, odsCode));
    const administrator = callers.administrator(odsCode);
    const change = async (action: 'suspend' | 'reinstate' | 'revoke', credentialId: string) => {
      const reason = action === 'reinstate' ? 'REINSTATED' : 'LOST_PHONE';
      const input = {
        idempotencyKey: `${id}-${action}-${credentialId}`,
        credentialId,
        reason,
      };
      const { result } = await insist(
        () => bench.ask(administrator, operations[action], { input }),
        nothing,
      );
      expect(result.errors).toEqual([]);
      if (result.credential == null) throw new Error('no credential');
      return result.credential;
    };

    const offered = await insist(
      () =>
        bench.ask(callers.hr(odsCode), operations.offer, {
          input: { idempotencyKey: `${id}-offer`, staffId, types: ['IDENTITY'] },
        }),
      nothing,
    );
    expect(offered.credentialOffer.errors).toEqual([]);
    const key = `${id}-issue`;
    const wallets = [newWallet(), newWallet()];
    const offerId = offered.credentialOffer.offer?.id;
    const input = {
      idempotencyKey: key,
      offerId,
      type: 'IDENTITY',
      holderKeys: wallets.map(({ jwk }) => jwk),
    };
    const given = await insist(
      () => bench.ask(callers.identity(), operations.issue, { input }),
      async () => {
        const left = await recorded(key);
        // Nothing, or the whole batch with a place for each.
        expect([0, wallets.length]).toContain(left.length);
        if (then === 'call again') return;
        for (const row of left) revoked.push(await change('revoke', row.id));
      },
    );
    const rows = await recorded(key);
    if (rows.some(({ state }) => state === 'REVOKED')) {
      // What was revoked before it was handed out is not handed out as if it stood.
      expect(rows.map(({ state }) => state)).toEqual(wallets.map(() => 'REVOKED'));
      return;
    }
    const { issued, errors } = given.credentialIssue;
    expect(errors).toEqual([]);
    expect(issued.map(({ credential }) => credential.id).toSorted()).toEqual(
      rows.map(({ id }) => id).toSorted(),
    );
    expect(issued).toHaveLength(wallets.length);
    const [first] = issued;
    if (first === undefined) throw new Error('nothing was issued');
    expect((await change('suspend', first.credential.id)).state).toBe('SUSPENDED');
    expect((await change('reinstate', first.credential.id)).state).toBe('ACTIVE');
    for (const { credential } of issued) revoked.push(await change('revoke', credential.id));
  }

  /** Journeys with a fault each, until one gets through without meeting it. */
  async function failEach(
    table: string,
    moment: Moment,
    then: 'call again' | 'revoke',
  ): Promise<number> {
    for (let k = 1; k <= MOST; k += 1) {
      const id = `R${String((journeys += 1)).padStart(4, '0')}`;
      const odsCode = OF_A_TRUST.test(table) ? id : 'RZ1';
      if (odsCode === id) {
        const by = 'the test';
        await bench.composed.administration.accreditIssuer({ odsCode, from: '2020-01-01', by });
      }
      await faults.plan({ table, k, moment });
      await travel(id, odsCode, then);
      const fired = await faults.fired();
      await faults.plan(undefined);
      if (!fired) return k - 1;
    }
    throw new Error(`more than ${String(MOST)} statements on ${table}`);
  }

  it('loses nothing at any of them, and the same call again succeeds', async () => {
    const failed: Record<string, number> = {};
    for (const [moment, then] of ROUNDS) {
      for (const table of faults.tables) {
        failed[table] = (failed[table] ?? 0) + (await failEach(table, moment, then));
      }
    }
    if (WHOLE) process.stdout.write(`statements that failed: ${JSON.stringify(failed)}\n`);
    // The tables that the way leads through; one that is missing would mean that its trigger did not fire.
    for (const table of [
      'access_log',
      'audit_event',
      'credential',
      'idempotency',
      'issuer_key',
      'offer',
      'outbox',
      'status_history',
      'status_list',
      'status_slot',
    ]) {
      expect([table, failed[table]]).toEqual([table, expect.any(Number)]);
      expect([table, failed[table] ?? 0]).not.toEqual([table, 0]);
    }
  }, 600_000);

  it('shows every acknowledged revocation in the end, each in a place of its own', async () => {
    // Another replica, which publishes what is due.
    const replica = await startPassport({
      database: openPostgres(postgres.url, { connections: 4 }),
      settings,
      people,
      accredited: [],
      runtime: { background: true },
    });
    try {
      const places = revoked.map((one) => `${one.statusListUri} ${String(one.statusIndex)}`);
      expect(new Set(places).size).toBe(revoked.length);
      expect(revoked.length).toBeGreaterThan(40);
      await eventually(
        async () => {
          const lists = new Map<string, (index: number) => number>();
          for (const { statusListUri } of revoked) {
            if (lists.has(statusListUri)) continue;
            const { body } = await replica.app.inject(new URL(statusListUri).pathname);
            const { payload } = splitCompactJws(body, 2 ** 25);
            const list = decodeStatusList(payload['status_list'] as EncodedStatusList);
            lists.set(statusListUri, (index) => readStatus(list, index));
          }
          const lost = revoked.filter(
            ({ statusListUri, statusIndex }) => lists.get(statusListUri)?.(statusIndex) !== 1,
          );
          if (lost.length > 0) throw new Error(`${String(lost.length)} revocations are not shown`);
        },
        { output: () => '' },
      );
    } finally {
      await replica.stop();
    }
    const unsettled = await faults.query(
      "select count(*)::int as n from passport.credential where state = 'ISSUING'",
    );
    expect(unsettled).toEqual([{ n: 0 }]);
  });
});
