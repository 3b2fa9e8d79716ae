/** The ledger of links and the book of cases, on PostgreSQL and on the embedded engine. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Database } from '../../runtime/database.ts';
import { openPostgres } from '../../runtime/database.ts';
import { migrate } from '../../runtime/migrate.ts';
import { decideCase, undoCase } from '../../subgraphs/nhsmail/domain/act-on-case.ts';
import type { CaseDesk } from '../../subgraphs/nhsmail/domain/case-ports.ts';
import type { ProposedCase } from '../../subgraphs/nhsmail/domain/cases.ts';
import type { CaseBook, LinkLedger } from '../../subgraphs/nhsmail/domain/link-ledger.ts';
import { isReliedOn, type ProposedLink } from '../../subgraphs/nhsmail/domain/links.ts';
import type { MatchOutcome } from '../../subgraphs/nhsmail/domain/match-outcome.ts';
import { postgresCaseDesk } from '../../subgraphs/nhsmail/postgres/case-desk.ts';
import { postgresCases } from '../../subgraphs/nhsmail/postgres/cases.ts';
import { postgresLinks } from '../../subgraphs/nhsmail/postgres/links.ts';
import type { NhsmailTables } from '../../subgraphs/nhsmail/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const at = new Date('2026-11-22T10:00:00Z');
const by = { ruleSet: 1, run: '00000000-0000-4000-8000-000000000001', at };
const link = (
  staffId: string,
  accountId: string,
  more: Partial<ProposedLink> = {},
): ProposedLink => ({
  staffId,
  accountId,
  odsCode: 'RZ1',
  method: 'EMPLOYEE_NUMBER',
  evidence: [{ field: 'familyName', outcome: 'equal', bits: 8.5 }],
  ...more,
});
const about = (staffId: string, accountId: string): ProposedCase => ({
  queue: 'UNABLE_TO_MATCH',
  accountId,
  odsCode: 'RZ1',
  candidates: [{ staffId, accountId, odsCode: 'RZ1', bits: 3.25, evidence: [] }],
  because: 'TOO_CLOSE',
});
const outcome = (more: Partial<MatchOutcome>): MatchOutcome => ({
  covered: { kind: 'records', staffIds: new Set(), accountIds: new Set() },
  links: [],
  cases: [],
  withdrawn: [],
  ...more,
});

/** Links of the first version, with its tables and no others. */
async function writeAsEarlierVersions(database: Database, folder: URL): Promise<void> {
  await sql`drop schema nhsmail cascade`.execute(database.schema<NhsmailTables>('nhsmail'));
  const first = await mkdtemp(join(tmpdir(), 'lanyard-links-'));
  try {
    const name = '0001-links.sql';
    await copyFile(new URL(`${folder.href}/${name}`), join(first, name));
    await migrate(database, 'nhsmail', pathToFileURL(first));
  } finally {
    await rm(first, { recursive: true });
  }
  await sql`
    insert into nhsmail.link (id, staff_id, account_id, ods_code, method, state, evidence, linked_at, superseded_at)
    select gen_random_uuid(), staff_id, account_id, 'RZ1', method, state, '[]', ${at}::timestamptz, ended
    from (values ('old1', 'old1', 'EMPLOYEE_NUMBER', 'LINKED', null::timestamptz),
      ('old2', 'old2', 'MANUAL', 'LINKED', null),
      ('old3', 'old3', 'ESR_EMAIL', 'REVIEW', null),
      ('old4', 'old3', 'ESR_EMAIL', 'REVIEW', null),
      ('old5', 'old1', 'ESR_EMAIL', 'REVIEW', ${at}::timestamptz)) as v (staff_id, account_id, method, state, ended)`.execute(
    database.schema<NhsmailTables>('nhsmail'),
  );
}

function keepsTheContract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let database: Database;
  let links: LinkLedger;
  let cases: CaseBook;
  let desk: CaseDesk;

  beforeAll(async () => {
    opened = await open();
    ({ database } = opened);
    const folder = new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url);
    await writeAsEarlierVersions(database, folder);
    await migrate(database, 'nhsmail', folder);
    await migrate(database, 'nhsmail', folder);
    const db = database.schema<NhsmailTables>('nhsmail');
    links = postgresLinks(db);
    cases = postgresCases(db);
    desk = postgresCaseDesk(db);
  });
  afterAll(() => opened.close());

  it('lists likely links by where their account was, the oldest first, by page', async () => {
    const likely = (name: string) => link(name, name, { method: 'SCORE', odsCode: 'RZ7' });
    await links.apply(outcome({ links: [likely('likely1'), likely('likely2')] }), by);
    const certain = link('likely3', 'likely3', { odsCode: 'RZ7' });
    await links.apply(outcome({ links: [certain, likely('likely4')] }), by);
    const list = (after: string | undefined, limit: number) =>
      desk.listLikely({ odsCode: 'RZ7', after, limit });
    const [first, second, ...rest] = await list(undefined, 10);
    expect([first, second, ...rest].map((one) => one?.assurance)).toEqual(
      Array.from({ length: 3 }, () => 'LIKELY'),
    );
    expect(await list(undefined, 1)).toEqual([first]);
    expect(await list(second?.id, 10)).toEqual(rest);
    expect(rest.map(({ staffId }) => staffId)).toEqual(['likely4']);
    expect(await list('00000000-0000-4000-8000-000000000000', 10)).toEqual([]);
  });

  it('keeps the links of earlier versions; what waited for a person is a case', async () => {
    const old = await links.findByStaff(['old1', 'old2', 'old3', 'old4', 'old5']);
    expect(old.map(({ staffId, assurance }) => [staffId, assurance])).toEqual(
      expect.arrayContaining([
        ['old1', 'CERTAIN'],
        ['old2', 'CONFIRMED'],
      ]),
    );
    expect(old).toHaveLength(2);
    const waiting = await cases.findCandidatesOf(['old3', 'old4', 'old5']);
    expect(waiting.map(({ staffId }) => staffId).sort()).toEqual(['old3', 'old4']);
    expect(new Set(waiting.map(({ caseId }) => caseId)).size).toBe(1);
  });

  it('reads back what was written, by person and by account', async () => {
    const made = [link('p1', 'a1'), link('p1', 'a2', { method: 'SCORE', bits: 12.5 })];
    expect(await links.apply(outcome({ links: made }), by)).toMatchObject({ linked: 2 });
    expect(await links.apply(outcome({ links: made }), by)).toMatchObject({
      linked: 0,
      unchanged: 2,
    });
    expect(await links.findByAccounts(['a1', 'nobody'])).toEqual([
      {
        ...link('p1', 'a1'),
        id: expect.any(String),
        state: 'LINKED',
        assurance: 'CERTAIN',
        author: { kind: 'MATCHING', ruleSet: 1, run: by.run },
        validFrom: at,
      },
    ]);
    expect(
      (await links.findByStaff(['p1'])).map(({ assurance, bits }) => [assurance, bits]),
    ).toEqual([
      ['CERTAIN', undefined],
      ['LIKELY', 12.5],
    ]);
    expect(await links.findByStaff([])).toEqual([]);
  });

  it('relies on a link no longer while another certain key contradicts it and nobody has decided', async () => {
    const reliedOn = async () => (await links.findByAccounts(['c1'])).filter(isReliedOn);
    await links.apply(outcome({ links: [link('c-old', 'c1')] }), by);
    expect(await reliedOn()).toHaveLength(1);
    // By likeness: no reason to doubt.
    await links.apply(
      outcome({ links: [link('c-like', 'c1', { method: 'SCORE', bits: 20 })] }),
      by,
    );
    expect(await reliedOn()).toHaveLength(1);
    await links.apply(outcome({ links: [link('c-new', 'c1')] }), by);
    expect((await links.findByAccounts(['c1'])).map(({ staffId }) => staffId)).toEqual(['c-old']);
    expect(await reliedOn()).toEqual([]);
    // The key leads to nobody else any more.
    const covered = {
      kind: 'records',
      staffIds: new Set(['c-old', 'c-new']),
      accountIds: new Set(['c1']),
    } as const;
    await links.apply(outcome({ links: [link('c-old', 'c1')], covered }), by);
    expect(await reliedOn()).toHaveLength(1);
  });

  it('keeps an account without an organisation', async () => {
    await links.apply(outcome({ links: [link('p9', 'a9', { odsCode: undefined })] }), by);
    const [found] = await links.findByStaff(['p9']);
    expect(found?.odsCode).toBeUndefined();
  });

  it('lets the first of several writers stand, and makes cases of the others', async () => {
    await Promise.all(
      ['p2', 'p3', 'p4'].map((staffId) =>
        links.apply(outcome({ links: [link(staffId, 'contested')] }), by),
      ),
    );
    const [holder, another] = await links.findByAccounts(['contested']);
    expect(another).toBeUndefined();
    const others = ['p2', 'p3', 'p4'].filter((staffId) => staffId !== holder?.staffId);
    expect(new Set((await cases.findCandidatesOf(others)).map(({ staffId }) => staffId))).toEqual(
      new Set(others),
    );
  });

  it('keeps everything that was said, newest first', async () => {
    const pair = { staffId: 'p5', accountId: 'a5' };
    const said = [
      { links: [link('p5', 'a5', { method: 'SCORE' })] },
      { withdrawn: [pair] },
      { links: [link('p5', 'a5')] },
    ];
    for (const one of said) await links.apply(outcome(one), by);
    expect(
      (await links.findHistory(['p5'])).map(({ state, assurance, validTo }) => [
        state,
        assurance,
        validTo === undefined,
      ]),
    ).toEqual([
      ['LINKED', 'CERTAIN', true],
      ['ENDED', 'LIKELY', false],
      ['LINKED', 'LIKELY', false],
    ]);
    // A link that gives access does not end by itself.
    await links.apply(outcome({ withdrawn: [pair] }), by);
    expect(await links.findByStaff(['p5'])).toHaveLength(1);
  });

  it.each([
    ['changed', "update nhsmail.link set staff_id = 'x' where account_id = 'a1'"],
    ['deleted', "delete from nhsmail.link where account_id = 'a1'"],
  ])('refuses that a statement is %s', async (_name, statement) => {
    const db = database.schema<NhsmailTables>('nhsmail');
    await expect(sql.raw(statement).execute(db)).rejects.toMatchObject({ code: '23001' });
  });

  it('refuses a link by score alone that gives access, whoever writes it', async () => {
    const db = database.schema<NhsmailTables>('nhsmail');
    await expect(
      sql`insert into nhsmail.link (id, staff_id, account_id, method, state, assurance, evidence, linked_at)
        values (gen_random_uuid(), 'x', 'x', 'SCORE', 'LINKED', 'CERTAIN', '[]', now())`.execute(
        db,
      ),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('opens a case once, follows what matching says, and withdraws it when it no longer holds', async () => {
    const covered = {
      kind: 'records',
      staffIds: new Set(['p7']),
      accountIds: new Set(['a7']),
    } as const;
    const apply = (some: readonly ProposedCase[]) =>
      links.apply(outcome({ covered, cases: some }), by);
    expect(await apply([about('p7', 'a7')])).toMatchObject({ casesOpened: 1, casesClosed: 0 });
    expect(await apply([about('p7', 'a7')])).toMatchObject({ casesOpened: 0, unchanged: 1 });
    expect(await apply([about('p8', 'a7')])).toMatchObject({ casesOpened: 0, casesClosed: 0 });
    expect(await cases.findCandidatesOf(['p7', 'p8'])).toMatchObject([{ staffId: 'p8' }]);
    // Another watch neither sees it nor withdraws it.
    const leavers = { source: 'LIFECYCLE', covered: { kind: 'everything' }, cases: [] } as const;
    expect(await cases.reconcile(leavers, at)).toEqual({ opened: 0, closed: 0 });
    expect(await apply([])).toMatchObject({ casesClosed: 1 });
    expect(await cases.findCandidatesOf(['p8'])).toEqual([]);
    expect(await apply([about('p7', 'a7')])).toMatchObject({ casesOpened: 1 });
  });

  it('leaves a case alone while one of its two records is beyond what was looked at', async () => {
    const apply = (staffIds: readonly string[], accountIds: readonly string[], opens = false) =>
      links.apply(
        outcome({
          covered: {
            kind: 'records',
            staffIds: new Set(staffIds),
            accountIds: new Set(accountIds),
          },
          cases: opens ? [{ ...about('p9', 'a9'), staffId: 'p9' }] : [],
        }),
        by,
      );
    expect(await apply(['p9'], ['a9'], true)).toMatchObject({ casesOpened: 1 });
    expect(await apply(['p9'], [])).toMatchObject({ casesClosed: 0 });
    expect(await apply([], ['a9'])).toMatchObject({ casesClosed: 0 });
    expect(await apply(['p9'], ['a9'])).toMatchObject({ casesClosed: 1 });
  });

  it('writes what a person decides, once, and takes it back', async () => {
    await links.apply(outcome({ links: [link('p10', 'a10')], cases: [about('p11', 'a10')] }), by);
    const parts = {
      desk,
      passports: { findHolders: () => Promise.resolve(new Set<string>()) },
      now: at,
      passportsUnknown: () => undefined,
    };
    const wanted = { odsCode: 'RZ1', queue: undefined, state: undefined, assignedTo: undefined };
    const listed = await desk.list({
      ...wanted,
      dueBefore: undefined,
      origin: undefined,
      score: undefined,
      after: undefined,
      limit: 100,
    });
    const one = listed.find(({ accountId }) => accountId === 'a10');
    const request = {
      caseId: one?.id ?? '',
      expectedVersion: 1,
      idempotencyKey: 'k1',
      by: { staffId: 'hr', odsCode: 'RZ1' },
      reason: 'seen',
    };
    const decision = { ...request, decision: 'SAME_PERSON', pairs: undefined } as const;
    // Two at a time: one of them writes.
    const both = await Promise.all([decideCase(decision, parts), decideCase(decision, parts)]);
    expect(both).toEqual([both[0], both[0]]);
    expect(both[0]).toMatchObject({ state: 'RESOLVED', version: 2, decision: { by: 'hr', at } });
    expect(await links.findByAccounts(['a10'])).toMatchObject([{ staffId: 'p11', reason: 'seen' }]);
    expect(await desk.find(request.caseId, 'RZ2')).toBeUndefined();
    const undone = await undoCase({ ...request, expectedVersion: 2, idempotencyKey: 'k2' }, parts);
    expect(undone).toMatchObject({ state: 'OPEN', version: 3 });
    expect(await links.findByAccounts(['a10'])).toMatchObject([
      { staffId: 'p10', assurance: 'CERTAIN' },
    ]);
    expect((await desk.findActs([request.caseId])).map(({ action }) => action)).toEqual([
      'DECIDE',
      'UNDO',
    ]);
    expect(await desk.count('RZ1', at)).toContainEqual(
      expect.objectContaining({ queue: 'UNABLE_TO_MATCH', overdue: 0, oldestOpenedAt: at }),
    );
  });

  it('reads and writes more than one statement of SQL holds', async () => {
    const many = Array.from({ length: 6_000 }, (_, n) => link(`m${String(n)}`, `m${String(n)}`));
    expect(await links.apply(outcome({ links: many }), by)).toMatchObject({ linked: 6_000 });
    let read = 0;
    for await (const { staffId } of links.readStanding()) read += staffId.startsWith('m') ? 1 : 0;
    expect(read).toBe(6_000);
  });
}

describe('the ledger on the embedded engine', () => {
  keepsTheContract(embeddedDatabase);
});

describeWithServers('postgres')('the ledger on PostgreSQL', () => {
  keepsTheContract(serverDatabase);

  it('says unavailable when the server is not there', async () => {
    const database = openPostgres('postgres://nobody@127.0.0.1:1/none');
    const links = postgresLinks(database.schema<NhsmailTables>('nhsmail'));
    await expect(links.findByStaff(['p1'])).rejects.toMatchObject({ code: 'unavailable' });
    await database.close();
  });
});
