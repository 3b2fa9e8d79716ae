/** What the stores of employment checks promise, on the embedded database and on PostgreSQL. */
import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { migrate } from '../../runtime/migrate.ts';
import type { LocalDecision } from '../../subgraphs/passport/domain/employment-checks/evidence.ts';
import { DEFAULT_POLICY } from '../../subgraphs/passport/domain/policy.ts';
import type { CheckDecisions } from '../../subgraphs/passport/domain/ports/check-decisions.ts';
import type { CheckPolicies } from '../../subgraphs/passport/domain/ports/check-policies.ts';
import type { PresentedEvidence } from '../../subgraphs/passport/domain/ports/presented-evidence.ts';
import { aesSealer } from '../../subgraphs/passport/keys/sealer.ts';
import { postgresCheckDecisions } from '../../subgraphs/passport/postgres/check-decisions.ts';
import { postgresCheckPolicies } from '../../subgraphs/passport/postgres/check-policies.ts';
import { postgresPresentedEvidence } from '../../subgraphs/passport/postgres/presented-evidence.ts';
import type { PassportDatabase, PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const NOW = new Date('2026-11-26T09:00:00Z');
const by = { subject: 'stf_admin', name: 'Olivia', odsCode: 'RZ1', requestId: 'r' };
let keys = 0;
const once = () => ({ key: `k${String((keys += 1))}`, requestHash: 'h' });
const newId = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`;

function contract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let db: PassportDatabase;
  let policies: CheckPolicies;
  let decisions: CheckDecisions;
  let evidence: PresentedEvidence;

  beforeAll(async () => {
    opened = await open();
    const { database } = opened;
    await migrate(
      database,
      'passport',
      new URL('../../subgraphs/passport/postgres/migrations', import.meta.url),
    );
    db = database.schema<PassportTables>('passport');
    const sealer = aesSealer(randomBytes(32));
    policies = postgresCheckPolicies(db);
    decisions = postgresCheckDecisions(db, sealer);
    evidence = postgresPresentedEvidence(db, sealer);
  });
  afterAll(() => opened.close());

  const times = <Result>(count: number, act: (index: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: count }, (_none, index) => act(index)));
  const newPolicy = () => ({ id: newId('pol'), content: DEFAULT_POLICY });

  it('counts the versions of policies that are written at the same time', async () => {
    const made = await times(8, () => policies.add([newPolicy()], by, once(), NOW));
    const versions = made.flatMap((one) => (one === 'reused' ? [] : one.map((p) => p.version)));
    expect(versions.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const elsewhere = await policies.add([newPolicy()], { ...by, odsCode: 'RZ2' }, once(), NOW);
    expect(elsewhere).toMatchObject([{ odsCode: 'RZ2', version: 1, content: DEFAULT_POLICY }]);
  });

  it('has one policy in force, whoever is faster', async () => {
    const listed = await policies.list('RZ1', { first: 10 });
    const outcomes = await times(8, (index) =>
      policies.activate(listed[index]?.id ?? '', by, once(), NOW),
    );
    expect(outcomes.every((one) => typeof one === 'object')).toBe(true);
    const after = await policies.list('RZ1', { first: 10 });
    expect(after.filter(({ state }) => state === 'IN_FORCE')).toHaveLength(1);
    expect(after.filter(({ state }) => state === 'REPLACED')).toHaveLength(7);
    const inForce = await policies.inForce('RZ1', 'STUDENTS');
    expect(inForce?.id).toBe(after.find(({ state }) => state === 'IN_FORCE')?.id);
    expect(await policies.inForce('RZ3', undefined)).toBeUndefined();
  });

  it('makes one policy of parallel calls with one key, and refuses the key for another', async () => {
    const idempotency = once();
    const made = await times(8, () => policies.add([newPolicy()], by, idempotency, NOW));
    const ids = made.map((one) => (one === 'reused' ? one : one[0]?.id));
    expect(new Set(ids).size).toBe(1);
    const other = { ...idempotency, requestHash: 'other' };
    expect(await policies.add([newPolicy()], by, other, NOW)).toBe('reused');
  });

  it('knows for how long a status counts offline: the shortest of what a trust has in force', async () => {
    const put = async (odsCode: string, seconds: number, more: object = {}) => {
      const status = { ...DEFAULT_POLICY.status, offlineMaxAgeSeconds: seconds };
      const policy = { ...newPolicy(), content: { ...DEFAULT_POLICY, status }, ...more };
      await policies.add([policy], { ...by, odsCode }, once(), NOW);
      return policies.activate(policy.id, { ...by, odsCode }, once(), NOW);
    };
    await put('RZ4', 600);
    await put('RZ4', 7_200);
    await put('RZ4', 3_600, { staffGroup: 'STUDENTS' });
    await put('RZ5', 172_800, { staffGroup: 'STUDENTS' });
    const limits = await policies.offlineLimits();
    expect(limits.filter(({ odsCode }) => ['RZ4', 'RZ5', 'RZ6'].includes(odsCode))).toEqual(
      expect.arrayContaining([
        { odsCode: 'RZ4', seconds: 3_600, forEverybody: true },
        { odsCode: 'RZ5', seconds: 172_800, forEverybody: false },
      ]),
    );
  });

  const decision = (reason: string): LocalDecision => ({
    id: newId('dec'),
    check: 'IDENTITY',
    kind: 'ORIGINALS_SEEN',
    reason,
    by: { subject: by.subject, name: by.name },
    at: NOW,
  });

  it('keeps a decision once, its words sealed, and takes it back once', async () => {
    const idempotency = once();
    const kept = await times(8, () =>
      decisions.add(decision('Passport seen'), 'stf_1', by, idempotency),
    );
    const ids = new Set(kept.map((one) => (one === 'reused' ? one : one.id)));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    expect(await decisions.about('stf_1', 'RZ1')).toEqual([{ ...decision('Passport seen'), id }]);
    expect(await decisions.about('stf_1', 'RZ2')).toEqual([]);
    const { rows } = await sql<{ row: string }>`
      select row_to_json(d)::text as row from passport.check_decision d`.execute(db);
    expect(rows.map(({ row }) => row).join('')).not.toContain('Passport seen');
    expect(await decisions.withdraw(id, { ...by, odsCode: 'RZ2' }, once(), NOW)).toBeUndefined();
    const withdrawn = await times(8, () => decisions.withdraw(id, by, once(), NOW));
    expect(withdrawn.filter(Boolean)).toEqual([{ staffId: 'stf_1' }]);
    expect(await decisions.about('stf_1', 'RZ1')).toEqual([]);
  });

  it('reads the latest decision of each kind, however many there are', async () => {
    const looked = (reason: string, kind: LocalDecision['kind'] = 'CHECKED'): LocalDecision => ({
      ...decision(reason),
      kind,
      ...(kind === 'CHECKED' ? { outcome: 'PASS' as const } : {}),
    });
    const earlier = looked('Seen in 2025');
    for (const one of [earlier, looked('Seen in 2026'), looked('Starts on Friday', 'BYPASSED')]) {
      await decisions.add(one, 'stf_often', by, once());
    }
    const reasons = async () =>
      (await decisions.about('stf_often', 'RZ1')).map(({ reason }) => reason).sort();
    expect(await reasons()).toEqual(['Seen in 2026', 'Starts on Friday']);
    const [last] = (await decisions.about('stf_often', 'RZ1')).filter(
      ({ kind }) => kind === 'CHECKED',
    );
    await decisions.withdraw(last?.id ?? '', by, once(), NOW);
    expect(await reasons()).toEqual(['Seen in 2025', 'Starts on Friday']);
  });

  it('shows a trust the newest of what was presented to it, and nothing before its time', async () => {
    const result = { outcome: 'VALID', checkedAt: NOW.toISOString(), credentials: [], checks: [] };
    const presented = (
      id: string,
      odsCode: string,
      minute: number | null,
      outcome = 'VALID',
      holder = 'stf_1',
    ) =>
      sql`
      insert into passport.presentation_request
        (id, ods_code, actor, actor_name, actor_request_id, purpose, query, same_device, client_id, encrypted, origins,
         nonce, wallet_state, sealed_key, created_at, expires_at, answered_at, released_at, result, holder_id)
      values (${id}, ${odsCode}, 'a', 'A', 'r', 'PRE_EMPLOYMENT', '{}', false, 'c', false, '[]', ${id}, ${id}, 's',
        ${NOW}, ${NOW}, ${NOW},
        ${minute === null ? null : new Date(NOW.getTime() + minute * 60_000)}::timestamptz,
        ${JSON.stringify({ ...result, outcome })}::jsonb, ${holder})`.execute(db);
    await times(25, (index) => presented(`prq_${String(index)}`, 'RZ1', index));
    await presented('prq_late', 'RZ1', null);
    // An answer that was not taken hides none of those that were, and makes nobody known to the trust.
    await presented('prq_invalid', 'RZ1', 99, 'INVALID');
    await presented('prq_stranger', 'RZ1', 99, 'INVALID', 'stf_2');
    await presented('prq_other', 'RZ2', 99);
    const seen = (await evidence.ofPeople(['stf_1', 'stf_2'], 'RZ1')).get('stf_1') ?? [];
    const newest = Array.from({ length: 20 }, (_none, index) => `prq_${String(index + 5)}`);
    expect(seen.map(({ id }) => id).sort()).toEqual(newest.sort());
    expect(await evidence.findPresentation('prq_late', 'RZ1')).toBeUndefined();
    expect(await evidence.findPresentation('prq_other', 'RZ1')).toBeUndefined();
    expect(await evidence.findPresentation('prq_24', 'RZ1')).toMatchObject({ staffId: 'stf_1' });
    expect(await evidence.people('RZ1', undefined, 10)).toEqual(['stf_1']);
    expect(await evidence.people('RZ1', 'stf_1', 10)).toEqual([]);
  });
}

describe('stores of employment checks on the embedded database', () => {
  contract(embeddedDatabase);
});
describeWithServers('postgres')('stores of employment checks on PostgreSQL', () => {
  contract(serverDatabase);
});
