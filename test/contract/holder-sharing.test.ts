/** What the store of holders' sharing promises, on the embedded database and on PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { migrate } from '../../runtime/migrate.ts';
import { eraseClaims } from '../../subgraphs/passport/domain/erase-claims.ts';
import type { HolderSharing } from '../../subgraphs/passport/domain/ports/holder-sharing.ts';
import { postgresHolderSharing } from '../../subgraphs/passport/postgres/holder-sharing.ts';
import type { PassportDatabase, PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const MIGRATIONS = new URL('../../subgraphs/passport/postgres/migrations', import.meta.url);
const START = new Date('2026-11-22T09:00:00Z');
const later = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);
const DAY = 86_400;

interface Made {
  readonly staffId?: string | null;
  readonly holderId?: string | null;
  readonly odsCode?: string;
  readonly answered?: boolean;
  readonly released?: boolean;
  /** Seconds after the start. */
  readonly eraseAfter?: number;
}

function contract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let db: PassportDatabase;
  let sharing: HolderSharing;
  let made = 0;
  let keys = 0;
  beforeAll(async () => {
    opened = await open();
    await migrate(opened.database, 'passport', MIGRATIONS);
    db = opened.database.schema<PassportTables>('passport');
    sharing = postgresHolderSharing(db);
  });
  afterAll(() => opened.close());

  /** A request as the rest of the passport leaves it, answered with two credentials unless told. */
  async function request(how: Made = {}): Promise<string> {
    const { staffId = null, holderId = null, odsCode = 'RZ2', eraseAfter = 30 * DAY } = how;
    const { answered = holderId !== null, released = answered } = how;
    const id = `prq_${String((made += 1))}`;
    const credential = (of: string | null, claim: string) => ({
      queryId: claim,
      outcome: 'VALID',
      type: 'IDENTITY',
      issuerOds: 'RZ1',
      ...(of === null ? {} : { staffId: of }),
      disclosed: [claim],
      checks: [],
    });
    const result = {
      outcome: 'VALID',
      checkedAt: START.toISOString(),
      credentials: [credential(holderId, 'given_name'), credential(holderId, 'birthdate')],
      checks: [],
    };
    await sql`
      insert into passport.presentation_request (id, ods_code, actor, actor_name,
        actor_request_id, purpose, query, staff_id, holder_id, same_device, client_id, encrypted,
        origins, nonce, wallet_state, sealed_key, created_at, expires_at, answered_at, released_at, result)
      values (${id}, ${odsCode}, 'stf_hr', 'HR of RZ2', 'request-1', 'ROTATION', '{}', ${staffId},
        ${answered ? holderId : null}, false, 'x509_hash:x', true, '[]', ${id}, ${id}, 'sealed',
        ${START}, ${later(600)}, ${answered ? START : null}, ${released ? START : null},
        ${answered ? JSON.stringify(result) : null}::jsonb)`.execute(db);
    if (!answered) return id;
    await sql`
      insert into passport.presentation_claims (presentation_id, query_id, sealed, erase_after)
      select ${id}, name, 'sealed', ${later(eraseAfter)}
      from (values ('given_name'), ('birthdate')) as asked (name)`.execute(db);
    return id;
  }

  const claimsOf = async (id: string): Promise<number> =>
    (
      await db
        .selectFrom('presentation_claims')
        .select('query_id')
        .where('presentation_id', '=', id)
        .execute()
    ).length;

  const act = (presentationId: string, subject: string, key = `key-${String((keys += 1))}`) => ({
    presentationId,
    by: { subject, name: 'Somebody', requestId: 'request-2' },
    idempotency: { key, requestHash: presentationId },
    now: later(60),
  });
  const ask = (presentationId: string, subject: string, key?: string) =>
    sharing.askDeletion({ ...act(presentationId, subject, key), answerBy: later(28 * DAY) });
  const answer = (presentationId: string, subject: string, odsCode: string, kept = false) => {
    const { by, ...rest } = act(presentationId, subject);
    return sharing.answerDeletion({
      ...rest,
      by: { ...by, odsCode },
      ...(kept ? { keptBecause: 'LEGAL_OBLIGATION' as const } : {}),
    });
  };

  it('lists what a person was asked for and what they answered, newest first, and nobody else’s', async () => {
    const ids = [
      await request({ staffId: 'stf_list' }),
      await request({ holderId: 'stf_list' }),
      await request({ staffId: 'stf_list', holderId: 'stf_list' }),
      // Made of them, answered by somebody else.
      await request({ staffId: 'stf_list', holderId: 'stf_other' }),
    ].toReversed();
    await request({ holderId: 'stf_else' });
    const all = await sharing.list('stf_list', { first: 20 });
    expect(all.map(({ id }) => id)).toEqual(ids);
    const first = await sharing.list('stf_list', { first: 1 });
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const rest = await sharing.list('stf_list', { first: 20, after: all[1]?.position ?? 0 });
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(all.map(({ eraseAfter }) => eraseAfter !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(await sharing.find('stf_list', ids[0] ?? '')).toEqual(all[0]);
    expect(await sharing.find('stf_nobody', ids[0] ?? '')).toBeUndefined();
  });

  it('lets the person refuse once, whoever else refuses or answers at the same time', async () => {
    const id = await request({ staffId: 'stf_refuse' });
    const strange = await sharing.refuse(act(id, 'stf_stranger'));
    expect(strange).toMatchObject({ code: 'NOT_FOUND' });
    const outcomes = await Promise.all([
      ...Array.from({ length: 10 }, () => sharing.refuse(act(id, 'stf_refuse'))),
      ...Array.from({ length: 10 }, () => sharing.refuse(act(id, 'stf_refuse', 'same key'))),
    ]);
    expect(new Set(outcomes)).toEqual(new Set(['refused']));
    const noted = await sql<{ count: number }>`
      select count(*)::int as count from passport.audit_event
      where action = 'presentation.refused' and subject = ${id}`.execute(db);
    expect(noted.rows).toEqual([{ count: 1 }]);
    expect(await sharing.find('stf_refuse', id)).toMatchObject({ refused: true });
    const { rows } = await sql<{ sealed_key: string | null }>`
      select sealed_key from passport.presentation_request where id = ${id}`.execute(db);
    expect(rows).toEqual([{ sealed_key: null }]);

    const answered = await request({ staffId: 'stf_refuse', holderId: 'stf_refuse' });
    expect(await sharing.refuse(act(answered, 'stf_refuse'))).toMatchObject({
      code: 'ALREADY_ANSWERED',
    });
    const late = { ...act(await request({ staffId: 'stf_refuse' }), 'stf_refuse') };
    expect(await sharing.refuse({ ...late, now: later(600) })).toMatchObject({ code: 'EXPIRED' });
    const reused = await sharing.refuse({ ...act(answered, 'stf_refuse', 'same key') });
    expect(reused).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('takes no key for what it refuses', async () => {
    const id = await request({ holderId: 'stf_key' });
    expect(await ask('prq_none', 'stf_key', 'one-key')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await ask(id, 'stf_key', 'one-key')).toMatchObject({ presentationId: id });
    expect(await ask('prq_none', 'stf_key', 'one-key')).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('asks for deletion once, and only of what that person shared', async () => {
    const id = await request({ holderId: 'stf_ask' });
    const asked = await Promise.all([
      ...Array.from({ length: 5 }, () => ask(id, 'stf_ask')),
      ...Array.from({ length: 5 }, () => ask(id, 'stf_ask', 'one key')),
    ]);
    expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(asked[0]).toMatchObject({ presentationId: id, state: 'WAITING', askedAt: later(60) });
    expect(await sharing.find('stf_ask', id)).toMatchObject({ deletion: { state: 'WAITING' } });
    const notTheirs = [
      id,
      await request({ staffId: 'stf_stranger', holderId: 'stf_ask' }),
      await request({ staffId: 'stf_stranger' }),
      await request({ holderId: 'stf_stranger', released: false }),
      'prq_none',
    ];
    for (const one of notTheirs) {
      expect(await ask(one, 'stf_stranger')).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('erases in the moment of the answer, which the organisation gives once and nobody to themselves', async () => {
    const [id, kept] = [
      await request({ holderId: 'stf_holder', odsCode: 'RZ7' }),
      await request({ holderId: 'stf_holder', odsCode: 'RZ7' }),
    ];
    expect(await answer(id, 'stf_hr', 'RZ7')).toMatchObject({ code: 'NOT_FOUND' });
    await ask(id, 'stf_holder');
    await ask(kept, 'stf_holder');
    const waiting = await sharing.listDeletions('RZ7', 'WAITING', { first: 20 });
    expect(waiting.map(({ presentationId }) => presentationId)).toEqual([id, kept]);
    expect(await sharing.listDeletions('RZ8', 'WAITING', { first: 20 })).toEqual([]);

    expect(await answer(id, 'stf_hr', 'RZ8')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await answer(id, 'stf_holder', 'RZ7')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await claimsOf(id)).toBe(2);
    expect(await answer(id, 'stf_hr', 'RZ7')).toMatchObject({ state: 'DELETED' });
    expect(await claimsOf(id)).toBe(0);
    expect(await answer(kept, 'stf_hr', 'RZ7', true)).toMatchObject({
      state: 'KEPT',
      reason: 'LEGAL_OBLIGATION',
    });
    expect(await claimsOf(kept)).toBe(2);
    expect(await answer(kept, 'stf_hr', 'RZ7')).toMatchObject({ code: 'ALREADY_ANSWERED' });
    expect(await sharing.find('stf_holder', id)).toMatchObject({
      erasedAt: later(60),
      result: { outcome: 'VALID' },
      deletion: { state: 'DELETED' },
    });
    const deleted = await sharing.listDeletions('RZ7', 'DELETED', { first: 20 });
    expect(deleted.map(({ presentationId }) => presentationId)).toEqual([id]);
  });

  it('erases what is due and nothing else, by two at the same time, leaving what came of the check', async () => {
    const erasing = { sharing, now: () => later(DAY) };
    await eraseClaims(erasing);
    const due = await Promise.all(
      Array.from({ length: 12 }, () => request({ holderId: 'stf_due', eraseAfter: DAY })),
    );
    const young = await request({ holderId: 'stf_due', eraseAfter: DAY + 1 });
    const unseen = await request({ holderId: 'stf_due', released: false });
    await ask(due[0] ?? '', 'stf_due');
    const once = await sharing.eraseDue(later(DAY), 5);
    expect(once).toEqual({ presentations: 5 });
    const both = await Promise.all([eraseClaims(erasing), eraseClaims(erasing)]);
    const rest = await eraseClaims(erasing);
    expect(both[0] + both[1] + rest).toBe(8);
    expect(await Promise.all([...due, unseen].map(claimsOf))).toEqual(Array(13).fill(0));
    expect(await claimsOf(young)).toBe(2);
    expect(await eraseClaims(erasing)).toBe(0);
    expect(await sharing.find('stf_due', due[0] ?? '')).toMatchObject({
      erasedAt: later(DAY),
      result: { outcome: 'VALID' },
      deletion: { state: 'DELETED', answeredAt: later(DAY) },
    });
    // Asked for when nothing is left: answered at once.
    expect(await ask(due[1] ?? '', 'stf_due')).toMatchObject({ state: 'DELETED' });
  });

  it('takes one report of each person, and counts them for each organisation', async () => {
    const id = await request({ staffId: 'stf_report', odsCode: 'RZ9' });
    const other = await request({ staffId: 'stf_second', odsCode: 'RZ9' });
    const report = (presentationId: string, subject: string) =>
      sharing.report({ ...act(presentationId, subject), reason: 'NOT_EXPECTED' });
    const reports = await Promise.all(Array.from({ length: 5 }, () => report(id, 'stf_report')));
    expect(new Set(reports.map((one) => JSON.stringify(one))).size).toBe(1);
    await report(other, 'stf_second');
    expect(await report(id, 'stf_stranger')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await sharing.countReports(START)).toEqual([
      { odsCode: 'RZ9', reason: 'NOT_EXPECTED', reports: 2, people: 2, lastAt: later(60) },
    ]);
    expect(await sharing.countReports(later(61))).toEqual([]);
  });
}

describe('embedded', () => {
  contract(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  contract(serverDatabase);
});
