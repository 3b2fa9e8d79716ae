/** Matching one change after another comes to what matching everything anew comes to. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';

import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';
import { migrate } from '../../runtime/migrate.ts';
import {
  approveCase,
  type CaseParts,
  decideCase,
  disputeLink,
  undoCase,
} from '../../subgraphs/nhsmail/domain/act-on-case.ts';
import type { CaseDesk } from '../../subgraphs/nhsmail/domain/case-ports.ts';
import type { CaseState, MatchingCase } from '../../subgraphs/nhsmail/domain/cases.ts';
import type { DirectoryEntry } from '../../subgraphs/nhsmail/domain/directory-entry.ts';
import { nhsRuleSet } from '../../subgraphs/nhsmail/domain/nhs-rule-set.ts';
import {
  readyModels,
  runChanges,
  type RunParts,
  runWhole,
} from '../../subgraphs/nhsmail/domain/run-matching.ts';
import type { PeopleStore } from '../../subgraphs/nhsmail/domain/people-store.ts';
import type { AccountStore } from '../../subgraphs/nhsmail/domain/account-store.ts';
import type { StaffPerson } from '../../subgraphs/nhsmail/domain/staff.ts';
import { postgresCaseDesk } from '../../subgraphs/nhsmail/postgres/case-desk.ts';
import { matchingStores } from '../../subgraphs/nhsmail/postgres/matching-stores.ts';
import type { NhsmailTables } from '../../subgraphs/nhsmail/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { startTestEngine } from '../servers/embedded.ts';
import { startPostgres } from '../servers/postgres.ts';

const HOLDER = '00000000-0000-4000-8000-000000000001';
/** Low thresholds: in a world of a dozen people no name is rare. */
const RULES = { ...nhsRuleSet, name: 'test', thresholds: { link: 2, review: -3, margin: 2 } };

type Parts = RunParts & {
  readonly desk: CaseDesk;
  readonly people: PeopleStore;
  readonly accounts: AccountStore;
};

const partsOf = (database: Database): Parts => ({
  ...matchingStores(database),
  desk: postgresCaseDesk(database.schema<NhsmailTables>('nhsmail')),
  now: () => new Date(),
});

const setUp = async (database: Database): Promise<Parts> => {
  await migrate(
    database,
    'nhsmail',
    new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url),
  );
  return partsOf(database);
};

const empty = async (database: Database, parts: Parts): Promise<void> => {
  await sql`truncate nhsmail.account, nhsmail.person, nhsmail.staff_organisation, nhsmail.to_match,
    nhsmail.match_position, nhsmail.person_key, nhsmail.account_key, nhsmail.candidate,
    nhsmail.rule_set, nhsmail.rule_set_model, nhsmail.rule_set_act, nhsmail.match_run,
    nhsmail.matched_with, nhsmail.link, nhsmail.matching_case, nhsmail.case_candidate,
    nhsmail.case_act`.execute(database.schema('nhsmail'));
  const version = await parts.ruleSets.add(RULES, 'one', new Date());
  await parts.ruleSets.act(version, 'PROPOSED', { name: 'one', at: new Date() });
  await parts.ruleSets.act(version, 'APPROVED', { name: 'two', at: new Date() });
};

/** All that matching has come to: candidates, links that hold, cases that are open. */
const state = async (database: Database): Promise<unknown> => {
  const db = database.schema('nhsmail');
  const { rows: candidates } = await sql`
    select staff_id, account_id, bits, certain, against, is_closed, employer from nhsmail.candidate
    order by staff_id, account_id`.execute(db);
  const { rows: links } = await sql`
    select staff_id, account_id, ods_code, state, method, assurance from nhsmail.link
    where superseded_at is null and state <> 'ENDED' order by staff_id, account_id`.execute(db);
  const { rows: cases } = await sql`
    select queue, c.staff_id, c.account_id, because,
      array(select k.staff_id || ' ' || k.account_id from nhsmail.case_candidate k
        where k.case_id = c.id order by 1) as candidates
    from nhsmail.matching_case c where closed_at is null
    order by queue, c.staff_id, c.account_id`.execute(db);
  return { candidates, links, cases };
};

const places = ['RZ1', 'RZ2', 'RZ3'] as const;
const given = fc.constantFrom('Ann', 'Anne', 'Ben', 'Cai', 'Dee');
const family = fc.constantFrom('Eze', 'Nair', 'Smith', 'Smyth', 'Walsh');
const day = fc.constantFrom('2024-01-08', '2024-05-07', '2025-09-01');
const number = fc.integer({ min: 1, max: 9 }).map((n) => `9000000${String(n)}`);
const address = fc.integer({ min: 1, max: 9 }).map((n) => `m${String(n)}@nhsmail.example`);

const anyPerson = (id: string): fc.Arbitrary<StaffPerson> =>
  fc
    .record(
      {
        familyName: family,
        givenName: given,
        workEmail: address,
        former: family,
        employments: fc.array(
          fc.record({
            odsCode: fc.constantFrom(...places),
            employeeNumber: number,
            startedOn: day,
            personType: fc.constantFrom('EMPLOYEE', 'EMPLOYEE', 'BANK', 'OTHER'),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      },
      { requiredKeys: ['familyName', 'givenName', 'employments'] },
    )
    .map(({ former, ...rest }) => ({
      id,
      previousFamilyNames: former === undefined ? [] : [former],
      workPhones: [],
      registrations: [],
      ...rest,
    }));

const anyAccount = (id: string): fc.Arbitrary<DirectoryEntry> =>
  fc
    .record(
      {
        familyName: family,
        givenName: given,
        mail: address,
        odsCode: fc.constantFrom(...places),
        employeeNumber: number,
        kind: fc.constantFrom('USER' as const, 'USER' as const, 'USER' as const, 'SHARED' as const),
      },
      { requiredKeys: ['familyName', 'givenName', 'odsCode', 'kind'] },
    )
    .map(({ mail = `${id}@nhsmail.example`, ...rest }) => ({
      id,
      mail,
      aliases: [],
      status: 'ACTIVE' as const,
      registrations: [],
      connectorManaged: false,
      owners: [],
      readAt: new Date('2026-11-26T00:00:00Z'),
      ...rest,
    }));

const ids = (prefix: string): readonly string[] =>
  Array.from({ length: 10 }, (_, index) => `${prefix}${String(index)}`);

type Change =
  | { readonly kind: 'person'; readonly person: StaffPerson }
  | { readonly kind: 'person-gone'; readonly id: string }
  | { readonly kind: 'account'; readonly account: DirectoryEntry }
  | { readonly kind: 'account-gone'; readonly id: string }
  | { readonly kind: 'closed'; readonly odsCode: string; readonly closed: boolean }
  /** What somebody does about one of the cases and links that there are; about none when there is none to do it about. */
  | {
      readonly kind: 'decide';
      readonly which: number;
      readonly same: boolean;
      readonly behindPassport: boolean;
    }
  | { readonly kind: 'undo'; readonly which: number }
  | { readonly kind: 'dispute'; readonly which: number; readonly toStaffId: string | undefined };

const anyPersonId = fc.constantFrom(...ids('p'));
const anyAccountId = fc.constantFrom(...ids('a'));
const anyDecision = fc.record({
  kind: fc.constant('decide' as const),
  which: fc.nat(99),
  same: fc.boolean(),
  behindPassport: fc.boolean(),
});
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: anyPersonId.chain(anyPerson).map((person) => ({ kind: 'person', person }) as const),
  },
  {
    weight: 4,
    arbitrary: anyAccountId
      .chain(anyAccount)
      .map((account) => ({ kind: 'account', account }) as const),
  },
  { weight: 1, arbitrary: anyPersonId.map((id) => ({ kind: 'person-gone', id }) as const) },
  { weight: 1, arbitrary: anyAccountId.map((id) => ({ kind: 'account-gone', id }) as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('closed' as const),
      odsCode: fc.constantFrom(...places),
      closed: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: anyDecision },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat(99) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('dispute' as const),
      which: fc.nat(99),
      toStaffId: fc.option(anyPersonId, { nil: undefined }),
    }),
  },
);
const anyWorld = fc.record({
  people: fc.tuple(...ids('p').map(anyPerson)),
  accounts: fc.tuple(...ids('a').map(anyAccount)),
  /** What changes between one time of matching and the next; somebody decides something before anything else. */
  rounds: fc
    .tuple(
      anyDecision.map((decision): Change[] => [decision]),
      fc.array(fc.array(anyChange, { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 6,
      }),
    )
    .map(([first, others]) => [first, ...others]),
});

const make = async (parts: Parts, change: Change): Promise<void> => {
  const at = new Date();
  switch (change.kind) {
    case 'person':
      await parts.people.upsert([change.person], at);
      break;
    case 'person-gone':
      await parts.people.markGone([change.id], at);
      break;
    case 'account':
      await parts.accounts.upsert('ldap', [{ entry: change.account }], at);
      break;
    case 'account-gone':
      await parts.accounts.markGone('ldap', [change.id], at);
      break;
    case 'closed':
      await parts.people.saveOrganisation({ odsCode: change.odsCode, closed: change.closed });
      break;
    case 'decide':
      await decide(parts, change);
      break;
    case 'undo':
      await undo(parts, change.which);
      break;
    case 'dispute':
      await dispute(parts, change);
  }
};

let acts = 0;
/** Cases that were decided, over all worlds: a property about decisions says nothing when none is made. */
let decisions = 0;
const acting = (odsCode: string, staffId = 'reviewer') => {
  acts += 1;
  return { idempotencyKey: `act-${String(acts)}`, by: { staffId, odsCode }, reason: 'known here' };
};

const caseParts = ({ desk }: Parts, behindPassport = false): CaseParts => ({
  desk,
  passports: {
    findHolders: (staffIds) => Promise.resolve(new Set(behindPassport ? staffIds : [])),
  },
  now: new Date(),
  passportsUnknown: () => undefined,
});

/** The one that a number stands for among those of all organisations, in an order that does not depend on random ids. */
const pick = async (
  { desk }: Parts,
  which: number,
  state?: CaseState,
): Promise<MatchingCase | undefined> => {
  const found = await Promise.all(
    places.map((odsCode) =>
      desk.list({
        odsCode,
        queue: undefined,
        state,
        assignedTo: undefined,
        dueBefore: undefined,
        origin: undefined,
        score: undefined,
        after: undefined,
        limit: 100,
      }),
    ),
  );
  const all = found.flat();
  return all.length === 0 ? undefined : all[which % all.length];
};

const decide = async (
  parts: Parts,
  { which, same, behindPassport }: Extract<Change, { kind: 'decide' }>,
): Promise<void> => {
  const found = await pick(parts, which);
  if (found?.odsCode === undefined) return;
  const { staffId, accountId } = found.candidates[which % found.candidates.length] ?? {};
  if (staffId === undefined || accountId === undefined) return;
  const decided = await decideCase(
    {
      ...acting(found.odsCode),
      caseId: found.id,
      expectedVersion: found.version,
      decision: same ? 'SAME_PERSON' : 'DIFFERENT_PEOPLE',
      pairs: [{ staffId, accountId }],
    },
    caseParts(parts, behindPassport),
  );
  if (!('state' in decided)) return;
  decisions += 1;
  if (decided.state !== 'AWAITING_SECOND_PERSON') return;
  await approveCase(
    {
      ...acting(found.odsCode, 'second'),
      caseId: decided.id,
      expectedVersion: decided.version,
      approve: which % 4 !== 0,
    },
    caseParts(parts),
  );
};

const undo = async (parts: Parts, which: number): Promise<void> => {
  const found = await pick(parts, which, 'RESOLVED');
  if (found?.odsCode === undefined) return;
  await undoCase(
    { ...acting(found.odsCode), caseId: found.id, expectedVersion: found.version },
    caseParts(parts),
  );
};

const dispute = async (
  parts: Parts,
  { which, toStaffId }: Extract<Change, { kind: 'dispute' }>,
): Promise<void> => {
  const links = (await parts.links.findByStaff(ids('p'))).toSorted((a, b) =>
    a.accountId < b.accountId ? -1 : 1,
  );
  const link = links[which % Math.max(links.length, 1)];
  if (link?.odsCode === undefined) return;
  await disputeLink({ ...acting(link.odsCode), linkId: link.id, toStaffId }, caseParts(parts));
};

const agrees = async (
  database: Database,
  parts: Parts,
  world: typeof anyWorld extends fc.Arbitrary<infer World> ? World : never,
): Promise<void> => {
  await empty(database, parts);
  await parts.people.upsert(world.people, new Date());
  await parts.accounts.upsert(
    'ldap',
    world.accounts.map((entry) => ({ entry })),
    new Date(),
  );
  expect((await runWhole(parts, HOLDER)).kind).toBe('done');
  const ready = readyModels(parts.ruleSets);
  for (const changes of world.rounds) {
    for (const change of changes) await make(parts, change);
    expect((await runChanges(parts, HOLDER, ready)).kind).toMatch(/^(?:done|nothing)$/);
  }
  const after = await state(database);
  expect((await runWhole(parts, HOLDER)).kind).toBe('done');
  expect(await state(database)).toEqual(after);
};

describe('on the embedded engine', () => {
  let engine: EmbeddedEngine;
  let database: Database;
  let parts: Parts;

  beforeAll(async () => {
    engine = await startTestEngine();
    database = openEmbedded(engine);
    parts = await setUp(database);
  });
  afterAll(async () => {
    await database.close();
    await engine.close();
  });

  it('changes come to what everything anew comes to', async () => {
    await expect(
      fc.assert(
        fc.asyncProperty(anyWorld, (world) => agrees(database, parts, world)),
        { numRuns: 8, endOnFailure: true },
      ),
    ).resolves.toBeUndefined();
    expect(decisions).toBeGreaterThan(0);
  });
});

describeWithServers('postgres')('on PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let database: Database;
  let parts: Parts;

  beforeAll(async () => {
    server = await startPostgres();
    database = openPostgres(server.url, { statementTimeoutMs: 60_000 });
    parts = await setUp(database);
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('changes come to what everything anew comes to', async () => {
    await expect(
      fc.assert(
        fc.asyncProperty(anyWorld, (world) => agrees(database, parts, world)),
        { numRuns: 3, endOnFailure: true },
      ),
    ).resolves.toBeUndefined();
  });
});
