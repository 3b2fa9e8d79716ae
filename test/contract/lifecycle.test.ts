/** Joiners, movers and leavers between the staff records and the directory, on both kinds of database. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';

import { migrate } from '../../runtime/migrate.ts';
import type {
  MovementFeed,
  StaffMovement,
} from '../../subgraphs/nhsmail/domain/lifecycle/departures.ts';
import type { LifecycleStore } from '../../subgraphs/nhsmail/domain/lifecycle/ports.ts';
import {
  type LifecycleParts,
  runLifecycleRound,
} from '../../subgraphs/nhsmail/domain/lifecycle/run-round.ts';
import { postgresDepartures } from '../../subgraphs/nhsmail/postgres/departures.ts';
import { postgresLifecycle } from '../../subgraphs/nhsmail/postgres/lifecycle.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

describe('on the embedded engine', () => {
  lifecycle(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  lifecycle(serverDatabase);
});

const START = new Date('2026-11-26T09:00:00Z');
const later = (days: number): Date => new Date(START.getTime() + days * 86_400_000);

function lifecycle(open: () => Promise<Opened>): void {
  let opened: Opened;
  let db: Kysely<unknown>;
  let store: LifecycleStore;
  let now: Date;
  let movements: StaffMovement[];
  let leavers: string[][];

  beforeAll(async () => {
    opened = await open();
    await migrate(
      opened.database,
      'nhsmail',
      new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url),
    );
    db = opened.database.schema<unknown>('nhsmail');
    store = postgresLifecycle(db);
    await sql`insert into nhsmail.rule_set (version, name, rules, sha256, added_at, added_by)
      values (1, 'r', '{}', 'h', ${START}::timestamptz, 'test')`.execute(db);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    now = START;
    movements = [];
    leavers = [];
    await sql`truncate nhsmail.account, nhsmail.person, nhsmail.link, nhsmail.match_run,
      nhsmail.staff_organisation, nhsmail.lifecycle_position, nhsmail.lifecycle_due, nhsmail.departure,
      nhsmail.noted_since, nhsmail.directory_finding, nhsmail.deletion_warning, nhsmail.directory_event,
      nhsmail.matching_case, nhsmail.case_candidate cascade`.execute(db);
    await matched();
    await sql`insert into nhsmail.staff_organisation (ods_code, closed, whole_read_at)
      values ('RZ1', false, ${START}::timestamptz), ('RZ2', false, ${START}::timestamptz),
        ('RXC', true, ${START}::timestamptz)`.execute(db);
  });

  const matched = async (): Promise<void> => {
    await sql`insert into nhsmail.match_run (id, kind, rule_set, state, started_at)
      values (gen_random_uuid(), 'WHOLE', 1, 'DONE', ${START}::timestamptz)`.execute(db);
  };
  const feed: MovementFeed = {
    read: (after) => {
      const from = Number(after ?? 0);
      return Promise.resolve({
        movements: movements.slice(from),
        position: String(movements.length),
        more: false,
      });
    },
  };
  const parts = (): LifecycleParts => ({
    feed,
    departures: postgresDepartures(db),
    lifecycle: store,
    cases: {
      reconcile: (_scope, found) => {
        leavers.push(found.map(({ accountId = '' }) => accountId));
        return Promise.resolve();
      },
    },
    now: () => now,
    orphanAfterDays: 14,
  });
  const round = (whole = false) => runLifecycleRound(parts(), { whole });

  const account = async (
    id: string,
    entry: Readonly<Record<string, unknown>> = {},
    source = 'ldap',
  ): Promise<void> => {
    const whole = {
      mail: `${id}@trust.example`,
      kind: 'USER',
      status: 'ACTIVE',
      odsCode: 'RZ1',
      createdAt: '2020-01-01T00:00:00Z',
      ...entry,
    };
    await sql`insert into nhsmail.account (id, source, entry, addresses, read_at, changed_at, change)
      values (${id}, ${source}, ${JSON.stringify(whole)}::jsonb, array[${whole.mail}], ${now}::timestamptz,
        ${now}::timestamptz, nextval('nhsmail.account_change'))
      on conflict (id) do update set entry = excluded.entry, change = excluded.change, gone_at = null`.execute(
      db,
    );
  };
  const person = async (id: string, ...odsCodes: string[]): Promise<void> => {
    const employments = odsCodes.map((code) => {
      const [odsCode, startedOn = '2020-01-01', personType = 'EMPLOYEE'] = code.split(' ');
      return { odsCode, startedOn, personType };
    });
    await sql`insert into nhsmail.person (id, record, ods_codes, seen_at)
      values (${id}, ${JSON.stringify({ employments })}::jsonb,
        (select coalesce(array_agg(e ->> 'odsCode'), '{}') from jsonb_array_elements(${JSON.stringify(employments)}::jsonb) e),
        ${now}::timestamptz)
      on conflict (id) do update set record = excluded.record, ods_codes = excluded.ods_codes`.execute(
      db,
    );
  };
  const link = async (staffId: string, accountId: string, assurance = 'CERTAIN'): Promise<void> => {
    const method = assurance === 'LIKELY' ? 'SCORE' : 'EMPLOYEE_NUMBER';
    await sql`insert into nhsmail.link (id, staff_id, account_id, ods_code, method, state, evidence, linked_at, assurance)
      values (gen_random_uuid(), ${staffId}, ${accountId}, 'RZ1', ${method}, 'LINKED', '[]',
        ${now}::timestamptz, ${assurance})`.execute(db);
  };
  const tell = (
    type: StaffMovement['type'],
    staffId: string,
    odsCode: string,
    more: Partial<StaffMovement> = {},
  ) => {
    const worksAt = type === 'STAFF_JOINED' ? [odsCode] : [];
    movements.push({ type, staffId, odsCode, at: now, worksAt, deceased: false, ...more });
  };
  const findingsOf = async (odsCode: string): Promise<string[]> =>
    (await store.findings({ odsCode, kind: undefined, after: undefined, limit: 100 })).map(
      ({ kind, accountId, staffId }) => `${kind} ${accountId ?? staffId ?? ''}`,
    );
  const events = async (odsCode?: string): Promise<string[]> =>
    (await store.events({ odsCode, after: 0, limit: 100 })).map((one) =>
      [one.type, one.odsCode, one.kind ?? one.day, one.accountId ?? one.staffId].join(' '),
    );

  it('finds a leaver whose account is active, tells it once, and ends it with the mark', async () => {
    await account('a1');
    await account('a2');
    await person('s1', 'RZ1');
    await person('s2', 'RZ1');
    await link('s1', 'a1');
    await link('s2', 'a2');
    expect(await round()).toEqual({ movements: 0, opened: 0, ended: 0, warned: 0 });

    now = later(0.001);
    tell('STAFF_LEFT', 's1', 'RZ1', { worksAt: ['RZ2'] });
    await person('s1', 'RZ2');
    expect(await round()).toEqual({ movements: 1, opened: 1, ended: 0, warned: 0 });
    expect(await round()).toEqual({ movements: 0, opened: 0, ended: 0, warned: 0 });
    expect(await round(true)).toEqual({ movements: 0, opened: 0, ended: 0, warned: 0 });
    const [finding] = await store.findings({
      odsCode: 'RZ1',
      kind: 'LEAVER_STILL_ACTIVE',
      after: undefined,
      limit: 1,
    });
    expect(finding).toEqual({
      id: expect.any(Number),
      kind: 'LEAVER_STILL_ACTIVE',
      odsCode: 'RZ1',
      accountId: 'a1',
      staffId: 's1',
      since: now,
      worksAt: ['RZ2'],
      deceased: false,
      ownersLeft: [],
      ownersLeftOver: [],
      openedAt: now,
    });
    expect(leavers).toContainEqual(['a1']);

    await account('a1', { status: 'LEAVER', leaverMarkedAt: now.toISOString() });
    expect(await round()).toMatchObject({ opened: 1, ended: 1 });
    expect(await findingsOf('RZ1')).toEqual([]);
    expect(await findingsOf('RZ2')).toEqual(['JOINER_NOT_ACCEPTED a1']);
    await account('a1', { odsCode: 'RZ2' });
    await round();
    expect(await findingsOf('RZ2')).toEqual([]);
    expect(await events()).toEqual([
      'FINDING_OPENED RZ1 LEAVER_STILL_ACTIVE a1',
      'FINDING_ENDED RZ1 LEAVER_STILL_ACTIVE a1',
      'FINDING_OPENED RZ2 JOINER_NOT_ACCEPTED a1',
      'FINDING_ENDED RZ2 JOINER_NOT_ACCEPTED a1',
    ]);
    expect(await events('RZ2')).toHaveLength(2);
  });

  it('ends a finding when the person works there again', async () => {
    await account('a1');
    await person('s1', 'RZ1');
    await link('s1', 'a1');
    tell('STAFF_LEFT', 's1', 'RZ1');
    await round();
    expect(await findingsOf('RZ1')).toEqual(['LEAVER_STILL_ACTIVE a1']);
    tell('STAFF_JOINED', 's1', 'RZ1');
    expect(await round()).toMatchObject({ opened: 0, ended: 1 });
    // Left, come back and left again: as old as the second leaving.
    now = later(0.01);
    tell('STAFF_LEFT', 's1', 'RZ1');
    await round();
    const [again] = await store.findings({
      odsCode: 'RZ1',
      kind: undefined,
      after: undefined,
      limit: 1,
    });
    expect(again?.since).toEqual(now);
  });

  it('takes nothing for a leaving, a mark or an end that nobody told', async () => {
    await account('a1');
    await account('a2', { status: 'LEAVER', leaverMarkedAt: START.toISOString() });
    await person('s1', 'RZ1');
    await person('s2', 'RZ2');
    await link('s1', 'a1');
    await link('s2', 'a2');
    tell('STAFF_LEFT', 's2', 'RZ1', { worksAt: ['RZ2'] });
    await round();
    const before = [await findingsOf('RZ1'), await findingsOf('RZ2')];
    expect(before).toEqual([[], ['JOINER_NOT_ACCEPTED a2']]);
    // Everybody is gone from the directory, and nobody is in the records any more.
    await sql`update nhsmail.account set gone_at = ${now}::timestamptz,
      change = nextval('nhsmail.account_change')`.execute(db);
    await sql`update nhsmail.person set gone_at = ${now}::timestamptz, record = '{"employments": []}'
      where id = 's1'`.execute(db);
    now = later(7);
    expect(await round(true)).toMatchObject({ opened: 0, ended: 0, warned: 0 });
    expect([await findingsOf('RZ1'), await findingsOf('RZ2')]).toEqual(before);
    const { rows } = await sql`select from nhsmail.current_link`.execute(db);
    expect(rows).toHaveLength(2);
  });

  it('warns on days 7, 21 and 28 of a mark, each once, and again of another mark', async () => {
    await account('a1', { status: 'LEAVER', leaverMarkedAt: START.toISOString() });
    await account('a2', { status: 'LEAVER', leaverMarkedAt: START.toISOString(), odsCode: 'RZ2' });
    await account('a3', { status: 'LEAVER', leaverMarkedAt: START.toISOString() });
    await person('s1', 'RZ2');
    await link('s1', 'a1');
    await person('s3');
    await link('s3', 'a3');
    tell('STAFF_LEFT', 's3', 'RZ1', { deceased: true });
    for (const day of [6, 7, 8, 21, 22, 28, 29]) {
      now = later(day);
      await round(true);
      await round();
    }
    const warnings = async () =>
      (await events()).filter((event) => event.startsWith('DELETION_NEAR'));
    expect(await warnings()).toEqual(
      [7, 21, 28].flatMap((day) => [
        `DELETION_NEAR RZ2 ${String(day)} a1`,
        `DELETION_NEAR RZ2 ${String(day)} a2`,
      ]),
    );
    await account('a1', { status: 'LEAVER', leaverMarkedAt: later(40).toISOString() });
    now = later(61);
    expect(await round(true)).toMatchObject({ warned: 1 });
    expect((await warnings()).at(-1)).toBe('DELETION_NEAR RZ2 21 a1');
  });

  it('counts from when it first saw a mark without a date, and anew when the mark was taken back', async () => {
    const marked = { status: 'LEAVER' };
    await account('a1', marked);
    await round();
    now = later(7);
    expect(await round(true)).toMatchObject({ warned: 1 });
    await account('a1');
    await round();
    await account('a1', marked);
    await round();
    now = later(13);
    expect(await round(true)).toMatchObject({ warned: 0 });
    now = later(14);
    expect(await round(true)).toMatchObject({ warned: 1 });
  });

  it('lists orphans both ways once both sides have been read and compared', async () => {
    await account('a1');
    await account('likely');
    await account('candidate');
    await account('rejected');
    await account('unread', { odsCode: 'RZ9' });
    await account('new', { createdAt: later(-13).toISOString() });
    await account('closed', { odsCode: 'RXC' });
    await account('contact', { kind: 'CONTACT' });
    for (const id of ['s1', 's2', 's3', 's4']) await person(id, 'RZ1', 'RZ2');
    await person('applicant', 'RZ1 2020-01-01 APPLICANT');
    await person('soon', 'RZ1 2026-12-01');
    await link('s2', 'likely', 'LIKELY');
    await sql`insert into nhsmail.matching_case (id, queue, source, ods_code, because, state, opened_at, due_at, closed_at)
      values ('open', 'UNABLE_TO_MATCH', 'MATCHING', 'RZ1', 'x', 'OPEN', ${now}::timestamptz, ${now}::timestamptz, null),
        ('closed', 'NAME_CHANGE', 'MATCHING', 'RZ1', 'x', 'RESOLVED', ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz)`.execute(
      db,
    );
    await sql`insert into nhsmail.case_candidate (case_id, rank, staff_id, account_id, evidence)
      values ('open', 1, 's3', 'candidate', '[]'), ('closed', 1, 's4', 'rejected', '[]')`.execute(
      db,
    );
    await sql`delete from nhsmail.match_run`.execute(db);
    await round(true);
    expect([await findingsOf('RZ1'), await findingsOf('RXC')]).toEqual([
      [],
      ['CLOSED_ORGANISATION closed'],
    ]);
    await matched();
    await round(true);
    expect((await findingsOf('RZ1')).sort()).toEqual([
      'ACCOUNT_WITHOUT_PERSON a1',
      'ACCOUNT_WITHOUT_PERSON rejected',
      'PERSON_WITHOUT_ACCOUNT s1',
      'PERSON_WITHOUT_ACCOUNT s4',
    ]);
    // Nothing of RZ2's directory has been read.
    expect(await findingsOf('RZ2')).toEqual([]);
    // A link tells that it wants looking at.
    await link('s1', 'a1');
    expect(await round()).toMatchObject({ opened: 0, ended: 2 });
    expect((await findingsOf('RZ1')).sort()).toEqual([
      'ACCOUNT_WITHOUT_PERSON rejected',
      'PERSON_WITHOUT_ACCOUNT s4',
    ]);
  });

  it('lists a shared mailbox to the owners who are left', async () => {
    await account('o1');
    await account('o2');
    await account('o3', { status: 'LEAVER', leaverMarkedAt: START.toISOString() });
    for (const id of ['1', '2', '3']) {
      await person(`s${id}`, 'RZ1');
      await link(`s${id}`, `o${id}`);
    }
    await account('team', { kind: 'SHARED', owners: ['o1', 'o2', 'o4'] });
    await account('app', { kind: 'APPLICATION', owners: [] });
    await round();
    expect(await findingsOf('RZ1')).toEqual(['LEAVER_STILL_EMPLOYED o3', 'TOO_FEW_OWNERS app']);
    tell('STAFF_LEFT', 's2', 'RZ1');
    await account('team', { kind: 'SHARED', owners: ['o1', 'o2', 'o3'] });
    await round(true);
    const found = await store.findings({
      odsCode: 'RZ1',
      kind: 'OWNER_LEFT',
      after: undefined,
      limit: 9,
    });
    expect(found.map((one) => [one.accountId, one.ownersLeft, one.ownersLeftOver])).toEqual([
      ['team', ['o2', 'o3'], ['o1']],
    ]);
  });

  it('looks at a crowd of changes as a whole round does, and no more than once', async () => {
    await sql`insert into nhsmail.account (id, source, entry, addresses, read_at, changed_at, change)
      select 'c' || n, 'ldap', jsonb_build_object('mail', 'c' || n || '@trust.example', 'kind', 'USER', 'status',
        'ACTIVE', 'odsCode', 'RZ1', 'createdAt', '2020-01-01T00:00:00Z'), array['c' || n || '@trust.example'],
        ${now}::timestamptz, ${now}::timestamptz, nextval('nhsmail.account_change')
      from generate_series(1, 1100) n`.execute(db);
    await sql`insert into nhsmail.person (id, record, ods_codes, seen_at)
      select 's' || n, '{"employments": [{"odsCode": "RZ1", "startedOn": "2020-01-01", "personType": "EMPLOYEE"}]}',
        array['RZ1'], ${now}::timestamptz from generate_series(1, 1100) n`.execute(db);
    await round();
    await sql`insert into nhsmail.link (id, staff_id, account_id, ods_code, method, state, evidence, linked_at, assurance)
      select gen_random_uuid(), 's' || n, 'c' || n, 'RZ1', 'EMPLOYEE_NUMBER', 'LINKED', '[]', ${now}::timestamptz,
        'CERTAIN' from generate_series(1, 1100) n`.execute(db);
    expect(await round()).toMatchObject({ opened: 0, ended: 2_200 });
    for (let n = 1; n <= 1_100; n += 1) tell('STAFF_LEFT', `s${String(n)}`, 'RZ1');
    const both = await Promise.all([round(), round()]);
    const rest = await round();
    expect(both.reduce((sum, { opened: some }) => sum + some, rest.opened)).toBe(1_100);
    const [standing] = await store.standings('RZ1', later(1.1));
    expect(standing?.counts).toMatchObject({ people: 0, accounts: 1_100, leaversOverdue: 1_100 });
  });

  it('counts where organisations stand', async () => {
    await account('a1');
    await account('a2');
    await account('a3', { odsCode: 'RZ2' });
    await account('off', { status: 'DISABLED' });
    await account('team', { kind: 'SHARED', owners: ['a1', 'a2'] });
    await person('s1', 'RZ1', 'RZ2');
    await person('s2', 'RZ1');
    await link('s1', 'a1');
    await link('s2', 'a2', 'LIKELY');
    await sql`insert into nhsmail.matching_case (id, queue, source, account_id, ods_code, because, state, opened_at, due_at)
      values ('c1', 'UNABLE_TO_MATCH', 'MATCHING', 'a2', 'RZ1', 'x', 'OPEN', ${later(-20)}::timestamptz, ${later(-10)}::timestamptz),
        ('c2', 'UNABLE_TO_MATCH', 'MATCHING', 'a3', 'RZ1', 'x', 'OPEN', ${START}::timestamptz, ${later(10)}::timestamptz)`.execute(
      db,
    );
    await round();
    const nobody = { leaversOverdue: 0, casesOpen: 0, casesOverdue: 0 };
    const everywhere = await store.standings(undefined, now);
    expect(everywhere).toEqual([
      {
        odsCode: 'RZ1',
        counts: {
          people: 2,
          peopleLinked: 1,
          accounts: 2,
          accountsLinked: 1,
          leaversOverdue: 0,
          casesOpen: 2,
          casesOverdue: 1,
        },
        findings: [],
      },
      {
        odsCode: 'RZ2',
        counts: { people: 1, peopleLinked: 1, accounts: 1, accountsLinked: 0, ...nobody },
        findings: [
          {
            kind: 'ACCOUNT_WITHOUT_PERSON',
            count: 1,
            oldest: new Date('2020-01-01T00:00:00Z'),
          },
        ],
      },
    ]);
    expect(await store.standings('RZ2', now)).toEqual(everywhere.slice(1));
    expect(await store.standings('RZ7', now)).toEqual([]);
  });
}
