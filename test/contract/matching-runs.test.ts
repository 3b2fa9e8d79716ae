/** The brake on runs, versions of the rules, and how the index of people is read, on both databases. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import { migrate } from '../../runtime/migrate.ts';
import { isReliedOn } from '../../subgraphs/nhsmail/domain/links.ts';
import { nhsRuleSet } from '../../subgraphs/nhsmail/domain/nhs-rule-set.ts';
import type { StaffPage, StaffRecords } from '../../subgraphs/nhsmail/domain/ports.ts';
import { readPeople } from '../../subgraphs/nhsmail/domain/read-people.ts';
import { readyModels, runChanges, runWhole } from '../../subgraphs/nhsmail/domain/run-matching.ts';
import { simulateMatching } from '../../subgraphs/nhsmail/domain/simulate-matching.ts';
import type { StaffPerson } from '../../subgraphs/nhsmail/domain/staff.ts';
import { graphStaffRecords } from '../../subgraphs/nhsmail/graph/staff-records.ts';
import { matchingStores } from '../../subgraphs/nhsmail/postgres/matching-stores.ts';
import { writeStatements } from '../../subgraphs/nhsmail/postgres/statements.ts';
import type { NhsmailTables } from '../../subgraphs/nhsmail/postgres/tables.ts';
import { simulateInThread } from '../../subgraphs/nhsmail/simulate-in-thread.ts';
import { describeWithServers } from '../servers/available.ts';
import { startTestEngine } from '../servers/embedded.ts';
import { startPostgres } from '../servers/postgres.ts';

const HOLDER = '00000000-0000-4000-8000-000000000001';
const HOUR_MS = 3_600_000;
/** Low thresholds: among twelve people no name is rare. */
const RULES = { ...nhsRuleSet, name: 'test', thresholds: { link: 2, review: -3, margin: 2 } };
const NAMES =
  'Abara Bevan Cho Dlamini Ekwueme Farooq Griffin Hughes Ibrahim Jankowski Kaur Larsen'.split(' ');

const person = (id: string, familyName: string, odsCode = 'RZ1'): StaffPerson => ({
  id,
  givenName: `${familyName}a`,
  familyName,
  previousFamilyNames: [],
  workPhones: [],
  registrations: [],
  employments: [{ odsCode, employeeNumber: `9000${id.padStart(4, '0')}`, personType: 'EMPLOYEE' }],
});

const account = (id: string, familyName: string) => ({
  entry: {
    id,
    mail: `${id}@nhsmail.example`,
    aliases: [],
    kind: 'USER' as const,
    status: 'ACTIVE' as const,
    givenName: `${familyName}a`,
    familyName,
    odsCode: 'RZ1',
    registrations: [],
    connectorManaged: false,
    owners: [],
    readAt: new Date('2026-11-26T00:00:00Z'),
  },
});

const partsOf = (database: Database) => ({
  ...matchingStores(database),
  now: () => new Date(),
});

const clear = (database: Database) =>
  sql`truncate nhsmail.account, nhsmail.person, nhsmail.staff_organisation, nhsmail.to_match,
    nhsmail.match_position, nhsmail.person_key, nhsmail.account_key, nhsmail.candidate,
    nhsmail.rule_set, nhsmail.rule_set_model, nhsmail.rule_set_act, nhsmail.match_run,
    nhsmail.matched_with, nhsmail.link, nhsmail.matching_case, nhsmail.case_candidate,
    nhsmail.case_act`.execute(database.schema('nhsmail'));

type Asked = Parameters<StaffRecords['readPage']>[0];

/** Records that answer with one page after another, and say what they were asked. */
const recordsOf = (
  pages: readonly (Partial<StaffPage> | Error)[],
  elsewhere: Readonly<Record<string, StaffPerson>> = {},
) => {
  const asked: Asked[] = [];
  const left = [...pages];
  const records: StaffRecords = {
    readPage: (page) => {
      asked.push(page);
      const next = left.shift() ?? {};
      if (next instanceof Error) return Promise.reject(next);
      return Promise.resolve({ status: 'OPEN', people: [], removedIds: [], ...next });
    },
    readPeople: (ids) =>
      Promise.resolve(new Map(Object.entries(elsewhere).filter(([id]) => ids.includes(id)))),
  };
  return { records, asked };
};

const behaves = (start: () => Promise<{ database: Database; stop: () => Promise<void> }>): void => {
  let started: Awaited<ReturnType<typeof start>>;
  let parts: ReturnType<typeof partsOf>;
  const present = async (...ids: readonly string[]): Promise<readonly string[]> =>
    [...(await parts.people.findByIds(ids)).keys()].toSorted();

  const approveRules = async (): Promise<void> => {
    const version = await parts.ruleSets.add(RULES, 'one', new Date());
    await parts.ruleSets.act(version, 'PROPOSED', { name: 'one', at: new Date() });
    await parts.ruleSets.act(version, 'APPROVED', { name: 'two', at: new Date() });
  };
  const writeEverybody = async (): Promise<void> => {
    await parts.people.upsert(
      NAMES.map((name, index) => person(String(index), name)),
      new Date(),
    );
    await parts.accounts.upsert(
      'ldap',
      NAMES.map((name, index) => account(String(index), name)),
      new Date(),
    );
  };

  beforeAll(async () => {
    started = await start();
    await migrate(
      started.database,
      'nhsmail',
      new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url),
    );
    parts = partsOf(started.database);
  });
  afterAll(async () => {
    await started.database.close();
    await started.stop();
  });
  beforeEach(async () => {
    await clear(started.database);
  });

  it('a run that would lose links writes nothing until somebody lets it go on', async () => {
    await approveRules();
    const ids = NAMES.map((_, index) => String(index));
    await writeEverybody();
    const linked = async () =>
      (await parts.links.findByStaff(ids)).map(({ id, method }) => `${id} ${method}`).toSorted();
    expect((await runWhole(parts, HOLDER)).kind).toBe('done');
    const before = await linked();
    expect(before).toHaveLength(NAMES.length);
    const candidates = await parts.index.findCandidates({ staffIds: ids, accountIds: [] });

    await parts.accounts.upsert(
      'ldap',
      [account('0', 'Zebedee'), account('1', 'Quill')],
      new Date(),
    );
    const stopped = await runWhole(parts, HOLDER);
    if (stopped.kind !== 'stopped') throw new Error(`the run was not stopped: ${stopped.kind}`);
    expect(stopped.result).toMatchObject({ lost: 2, linksBefore: NAMES.length });
    expect(await linked()).toEqual(before);
    expect(await parts.index.findCandidates({ staffIds: ids, accountIds: [] })).toEqual(candidates);
    // Nobody has looked: it does not help to try again.
    const again = await runWhole(parts, HOLDER);
    expect(again.kind).toBe('stopped');

    const run = again.kind === 'stopped' ? again.run : '';
    expect(await parts.runs.confirm(HOLDER, 'Ida Operator', new Date())).toBe('not_found');
    expect(await parts.runs.confirm(run, 'Ida Operator', new Date())).toBeUndefined();
    expect(await parts.runs.confirm(run, 'Ida Operator', new Date())).toBe('not_stopped');
    expect((await runWhole(parts, HOLDER)).kind).toBe('done');
    expect(await linked()).toHaveLength(NAMES.length - 2);
    expect(
      (await parts.runs.list(10)).map(({ state, confirmedBy }) => [state, confirmedBy]),
    ).toEqual([
      ['DONE', undefined],
      ['CONFIRMED', 'Ida Operator'],
      ['STOPPED', undefined],
      ['DONE', undefined],
    ]);
  });

  it('rules are simulated in a thread of their own as they would be here, and nothing is written', async () => {
    await parts.people.upsert(
      NAMES.map((name, index) => person(String(index), name, index < 4 ? 'RZ2' : 'RZ1')),
      new Date(),
    );
    await parts.accounts.upsert(
      'ldap',
      NAMES.map((name, index) => account(String(index), name)),
      new Date(),
    );
    const version = await parts.ruleSets.add(RULES, 'one', new Date());
    const here = await simulateMatching(version, parts);
    expect(here).toMatchObject({ ruleSet: version, people: 12, accounts: 12 });
    expect((here?.linked ?? 0) + (here?.queued ?? 0)).toBeGreaterThan(0);
    let records = 0;
    const read = (some: number): void => {
      records += some;
    };
    expect(await simulateInThread(version, parts, read).result).toEqual(here);
    expect(records).toBe(24);
    expect(await simulateInThread(99, parts, read).result).toBeUndefined();
    const { rows } = await sql<{ written: number }>`
      select (select count(*) from nhsmail.link) + (select count(*) from nhsmail.matching_case)
        + (select count(*) from nhsmail.match_run) + (select count(*) from nhsmail.rule_set_model)
        + (select count(*) from nhsmail.candidate) as written`.execute(
      started.database.schema('nhsmail'),
    );
    expect(Number(rows[0]?.written)).toBe(0);
    const failing = {
      ...parts,
      people: { ...parts.people, readClosed: () => Promise.reject(new Error('down')) },
    };
    await expect(simulateInThread(version, failing, read).result).rejects.toThrow('down');
    const broken = simulateInThread(version, parts, read);
    await Promise.all([expect(broken.result).rejects.toThrow('broken off'), broken.stop()]);
  });

  it('changes are matched by one process at a time, and all of it is written or nothing', async () => {
    await approveRules();
    await writeEverybody();
    await runWhole(parts, HOLDER);
    const db = started.database.schema('nhsmail');
    const kept = async () => ({
      links: (await parts.links.findByStaff(['0', '1'])).map(({ staffId }) => staffId),
      candidates: await parts.index.findCandidates({ staffIds: ['0', '1'], accountIds: [] }),
      waiting: await parts.index.countNoted(),
    });
    const before = await kept();
    expect(before).toMatchObject({ links: ['0', '1'], waiting: 0 });
    // One has another name, which no account has; one has a post more, which changes nothing.
    const [second] = person('1', 'Bevan').employments;
    await parts.people.upsert(
      [
        person('0', 'Zebedee'),
        {
          ...person('1', 'Bevan'),
          employments: [...(second === undefined ? [] : [second, { ...second, odsCode: 'RZ9' }])],
        },
      ],
      new Date(),
    );
    const ready = readyModels(parts.ruleSets);
    const whileWriting = (happens: () => Promise<unknown>) =>
      runChanges(
        {
          ...parts,
          changes: {
            ...parts.changes,
            write: async (...what) => {
              await happens();
              return parts.changes.write(...what);
            },
          },
        },
        HOLDER,
        ready,
      );

    await expect(whileWriting(() => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    expect(await kept()).toEqual({ ...before, waiting: 2 });
    const other = sql`
      update nhsmail.matching_lease set held_by = '00000000-0000-4000-8000-000000000002'`;
    await expect(whileWriting(() => other.execute(db))).rejects.toMatchObject({
      code: 'matching_interrupted',
    });
    expect(await kept()).toEqual({ ...before, waiting: 2 });
    expect(await runChanges(parts, HOLDER, ready)).toEqual({ kind: 'busy' });

    await sql`delete from nhsmail.matching_lease`.execute(db);
    // Whose record nothing supports any more loses the likely link, though matching broke off before.
    expect(await runChanges(parts, HOLDER, ready)).toMatchObject({ result: { lost: 1 } });
    expect(await kept()).toMatchObject({ links: ['1'], waiting: 0 });
    expect(await runChanges(parts, HOLDER, ready)).toEqual({ kind: 'nothing' });
    // And the right to match was given back.
    expect((await sql`select from nhsmail.matching_lease`.execute(db)).rows).toEqual([]);
  });

  it('versions of the rules stay as they are, and two people bring one into use', async () => {
    const { ruleSets } = parts;
    const at = new Date();
    const version = await ruleSets.add(RULES, 'one', at);
    expect(await ruleSets.add({ ...RULES, version: 7 }, 'two', at)).toBe(version);
    expect(await ruleSets.act(version, 'APPROVED', { name: 'two', at })).toBe('not_proposed');
    expect(await ruleSets.act(version + 1, 'PROPOSED', { name: 'one', at })).toBe('not_found');
    expect(await ruleSets.act(version, 'PROPOSED', { name: 'one', at })).toBeUndefined();
    expect(await ruleSets.act(version, 'APPROVED', { name: 'one', at })).toBe('same_person');
    expect(await ruleSets.findActive()).toBeUndefined();
    expect(await ruleSets.act(version, 'APPROVED', { name: 'two', at })).toBeUndefined();
    expect((await ruleSets.findActive())?.version).toBe(version);
    const db = started.database.schema('nhsmail');
    for (const change of [
      sql`update nhsmail.rule_set set name = 'other'`,
      sql`update nhsmail.rule_set_act set actor = 'other'`,
      sql`delete from nhsmail.rule_set_act`,
    ]) {
      await expect(change.execute(db)).rejects.toThrow('never changed or deleted');
    }
  });

  it('people are read whole, go on where a read was cut off, and then by changes', async () => {
    const every = { wholeEveryMs: HOUR_MS };
    await parts.people.upsert([person('1', 'Abara'), person('2', 'Bevan')], new Date(0));
    const cut = recordsOf([
      { people: [person('1', 'Abara')], next: 'page-2' },
      new Error('refused'),
    ]);
    await expect(readPeople({ ...parts, ...cut }, every)).rejects.toThrow('refused');
    expect(await present('1', '2')).toEqual(['1', '2']);

    const rest = recordsOf([{ people: [person('3', 'Cho')] }]);
    await readPeople({ ...parts, ...rest }, every);
    expect(rest.asked).toEqual([{ odsCode: 'RZ1', after: 'page-2' }]);
    // Seen before the read was cut off, person 1 is there; whom no page has shown is not.
    expect(await present('1', '2', '3')).toEqual(['1', '3']);

    const moved = person('3', 'Cho', 'RZ2');
    const changes = recordsOf(
      [{ people: [person('1', 'Dlamini')], removedIds: ['3', '2'] }, { people: [moved] }],
      { '3': moved },
    );
    expect(await readPeople({ ...parts, ...changes }, every)).toBe(2);
    expect(
      changes.asked.map(({ odsCode, changedSince }) => [odsCode, changedSince !== undefined]),
    ).toEqual([
      ['RZ1', true],
      ['RZ2', false],
    ]);
    expect(await present('1', '2', '3')).toEqual(['1', '3']);
    expect((await parts.people.findByIds(['1'])).get('1')?.familyName).toBe('Dlamini');
  });

  it('a link follows somebody whose ids are joined, and stays behind when they are parted', async () => {
    const every = { wholeEveryMs: HOUR_MS };
    await approveRules();
    const read = (pages: Parameters<typeof recordsOf>[0], elsewhere = {}) =>
      readPeople({ ...parts, ...recordsOf(pages, elsewhere) }, every);
    const models = readyModels(parts.ruleSets);
    const match = async (kind: 'whole' | 'changes') => {
      const done = await (kind === 'whole'
        ? runWhole(parts, HOLDER)
        : runChanges(parts, HOLDER, models));
      if (done.kind !== 'done') throw new Error(`not matched: ${done.kind}`);
      return done.result;
    };
    const db = started.database.schema<NhsmailTables>('nhsmail');
    const reliedOn = async () =>
      (await parts.links.findByAccounts(['a', 'b']))
        .filter(isReliedOn)
        .map(({ staffId, accountId }) => `${accountId} of ${staffId}`)
        .toSorted();
    const cases = async () =>
      (await sql`select because from nhsmail.matching_case where closed_at is null`.execute(db))
        .rows;
    const ids = async (asked: string) =>
      (await parts.links.findIds([asked])).get(asked)?.toSorted() ?? [];

    const old = { ...person('1', 'Abara'), workEmail: 'a@nhsmail.example' };
    const second = { ...person('3', 'Abara'), workEmail: 'b@nhsmail.example' };
    const other = person('2', 'Abara');
    await parts.accounts.upsert('ldap', [account('a', 'Abara'), account('b', 'Abara')], new Date());
    await read([{ people: [old, second, other] }]);
    await match('whole');
    expect(await reliedOn()).toEqual(['a of 1', 'b of 3']);
    // Somebody decides that the second account is not theirs.
    const [held] = await parts.links.findByAccounts(['b']);
    await writeStatements(
      db,
      {
        superseded: [held?.id ?? ''],
        added: [
          {
            staffId: '3',
            accountId: 'b',
            odsCode: 'RZ1',
            state: 'REJECTED',
            method: 'MANUAL',
            assurance: 'CONFIRMED',
            evidence: [],
            author: { kind: 'PERSON', staffId: '9', odsCode: 'RZ1' },
            reason: 'another Abara',
          },
        ],
      },
      new Date(),
    );
    const statements = async () => (await parts.links.findHistory(['1', '2', '3'])).length;
    const written = await statements();

    // Both ids are shown no more; asked for them, the graph gives the person under the id of now.
    const both = {
      ...other,
      workEmail: 'a@nhsmail.example',
      employments: [...other.employments, ...old.employments, ...second.employments],
    };
    await read([{ people: [both], removedIds: ['1', '3'] }], { '1': both, '3': both });
    expect(await present('1', '2', '3')).toEqual(['2']);
    for (const kind of ['changes', 'whole'] as const) {
      expect(await match(kind)).toMatchObject({ linked: 0, lost: 0, unsupported: 0 });
      expect(await cases()).toEqual([]);
      expect(await reliedOn()).toEqual(['a of 1']);
      // Nothing was written: the one link and the one decision are the person's of now.
      expect(await statements()).toBe(written);
    }
    expect(await ids('1')).toEqual(['1', '2', '3']);
    expect(await ids('2')).toEqual(['1', '2', '3']);
    const standing = await parts.links.findStanding({ staffIds: ['2'], accountIds: [] });
    expect(standing.map(({ accountId, joinedTo }) => [accountId, joinedTo]).toSorted()).toEqual([
      ['a', '2'],
      ['b', '2'],
    ]);

    // Parted, each is who they were; whoever is still joined is asked for again.
    await read([{ people: [old, other] }], { '3': { ...old } });
    expect(await ids('1')).toEqual(['1', '3']);
    expect(await ids('2')).toEqual(['2']);
    await read([{ people: [old, second, other] }]);
    expect(await present('1', '2', '3')).toEqual(['1', '2', '3']);
    expect(await match('changes')).toMatchObject({ linked: 0, lost: 0 });
    expect(await reliedOn()).toEqual(['a of 1']);
    expect(await ids('1')).toEqual(['1']);
    expect(await statements()).toBe(written);
  });
};

it('people are read by the id asked for, under the id that they have now', async () => {
  const records = graphStaffRecords(({ shape }) =>
    Promise.resolve(
      shape.parse({
        staffMembers: [
          { id: 'old', currentId: 'now', workPhones: ['020 7946 0003'] },
          null,
          { id: 'now', workPhones: null },
        ],
      }),
    ),
  );
  const found = await records.readPeople(['old', 'nobody', 'now']);
  expect([...found].map(([asked, { id, workPhones }]) => [asked, id, workPhones])).toEqual([
    ['old', 'now', ['020 7946 0003']],
    ['now', 'now', []],
  ]);
});

describe('on the embedded engine', () => {
  behaves(async () => {
    const engine = await startTestEngine();
    return { database: openEmbedded(engine), stop: () => engine.close() };
  });
});

describeWithServers('postgres')('on PostgreSQL', () => {
  behaves(async () => {
    const server = await startPostgres();
    return {
      database: openPostgres(server.url, { statementTimeoutMs: 60_000 }),
      stop: () => server.stop(),
    };
  });
});
