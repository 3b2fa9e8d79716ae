/** Deciding cases over the graph: the resolvers, the rules and the tables, with one engine. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync, randomUUID } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

import { type Caller, signCallerStatement } from '../../../../runtime/caller-statement.ts';
import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { createHttpServer } from '../../../../runtime/http-server.ts';
import { createLog } from '../../../../runtime/log.ts';
import { subgraphRoutes } from '../../../../runtime/subgraph-server.ts';
import { keyObjectSigner } from '../../../../standards/compact-jws.ts';
import { readFileSync } from 'node:fs';
import { type NhsmailContext, nhsmailContext } from '../../../../subgraphs/nhsmail/context.ts';
import type { ProposedCase } from '../../../../subgraphs/nhsmail/domain/cases.ts';
import type { DirectoryEntry } from '../../../../subgraphs/nhsmail/domain/directory-entry.ts';
import type { LinkLedger } from '../../../../subgraphs/nhsmail/domain/link-ledger.ts';
import type { ProposedLink } from '../../../../subgraphs/nhsmail/domain/links.ts';
import type { RuleSetVersion } from '../../../../subgraphs/nhsmail/domain/rule-set-store.ts';
import type { SimulationStanding } from '../../../../subgraphs/nhsmail/domain/simulations.ts';
import type { AccountTables } from '../../../../subgraphs/nhsmail/postgres/account-tables.ts';
import { postgresAccounts } from '../../../../subgraphs/nhsmail/postgres/accounts.ts';
import { postgresCaseDesk } from '../../../../subgraphs/nhsmail/postgres/case-desk.ts';
import { postgresCases } from '../../../../subgraphs/nhsmail/postgres/cases.ts';
import { postgresLinks } from '../../../../subgraphs/nhsmail/postgres/links.ts';
import type { NhsmailTables } from '../../../../subgraphs/nhsmail/postgres/tables.ts';
import { resolvers } from '../../../../subgraphs/nhsmail/resolvers/index.ts';
import { policyRows } from '../../../../subgraphs/nhsmail/resolvers/policy-rows.ts';
import { sql } from 'kysely';
import { startTestEngine } from '../../../servers/embedded.ts';

const log = createLog({ name: 'test', level: 'silent' });
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = keyObjectSigner({ key: privateKey, kid: 'k1' });
const stf = (name: string): string => `stf_${name.padEnd(22, '0')}`;
const HR = stf('hr');
const OTHER_HR = stf('otherHr');
const MANAGER = stf('manager');
const START = new Date('2026-11-22T10:00:00Z');

/** Versions of the rules, and where the simulation of each stands. */
const VERSIONS: readonly RuleSetVersion[] = [
  { act: 'APPROVED' as const },
  { act: 'APPROVED' as const, isActive: true },
  { act: 'REJECTED' as const },
  { act: 'PROPOSED' as const },
  {},
].map(({ act, isActive = false }, index) => ({
  version: index + 1,
  name: 'nhs',
  addedAt: START,
  addedBy: 'somebody',
  ...(act === undefined ? {} : { lastAct: { act, at: START, by: 'somebody' } }),
  isActive,
}));
const simulate = (ruleSet: number): Promise<SimulationStanding | undefined> => {
  const going = { ruleSet, startedAt: START, recordsRead: 40 };
  const counts = { linked: 5, lost: 3, queued: 2 };
  const result = {
    ...{ ruleSet, people: 20, accounts: 20, linksBefore: 9, ...counts },
    organisations: { RZ1: { linked: 4, lost: 1, queued: 2 } },
  };
  const standings: readonly (SimulationStanding | undefined)[] = [
    { state: 'WAITING', ruleSet },
    { state: 'RUNNING', ...going },
    { state: 'FAILED', ...going },
    { state: 'DONE', ...going, result },
  ];
  return Promise.resolve(standings[ruleSet - 1]);
};

let now = START;
let holders: ReadonlySet<string> = new Set();
let passportsAreUp = true;
const questions: (readonly string[])[] = [];
let engine: EmbeddedEngine;
let database: Database;
let ledger: LinkLedger;
let app: FastifyInstance;

const account = (id: string): DirectoryEntry => ({
  id,
  mail: `${id}@nhsmail.example`,
  aliases: [],
  kind: 'USER',
  status: 'ACTIVE',
  familyName: 'Marsh',
  odsCode: id.startsWith('rz2') ? 'RZ2' : 'RZ1',
  registrations: [],
  owners: [],
  connectorManaged: false,
  readAt: START,
});

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  const db = database.schema<NhsmailTables>('nhsmail');
  ledger = postgresLinks(db);
  const findAccounts = (ids: readonly string[]) => Promise.resolve(ids.map(account));
  const stores = {
    directory: { findByMail: () => Promise.resolve(undefined) },
    findAccounts: { fresh: findAccounts, recent: findAccounts },
    accounts: {} as never,
    lifecycle: {} as never,
    rules: { list: () => Promise.resolve(VERSIONS), simulate },
    links: ledger,
    cases: postgresCases(db),
    desk: postgresCaseDesk(db),
    passports: {
      findHolders: (ids: readonly string[]) => {
        questions.push(ids);
        return passportsAreUp
          ? Promise.resolve(new Set(ids.filter((id) => holders.has(id))))
          : Promise.reject(new Error('down'));
      },
    },
  };
  app = await createHttpServer({
    name: 'nhsmail',
    log,
    checks: {},
    draining: () => false,
    routes: [
      subgraphRoutes<NhsmailContext>({
        name: 'nhsmail',
        sdl: readFileSync(new URL('../../../../schema/nhsmail.graphql', import.meta.url), 'utf8'),
        resolvers,
        rows: policyRows,
        callerKeys: new Map([['k1', publicKey]]),
        now: () => new Date(),
        log,
        context: ({ caller, disclose }) =>
          nhsmailContext({ caller, disclose, now, passportsUnknown: () => undefined }, stores),
      }),
    ],
  });
});
afterAll(async () => {
  await app.close();
  await engine.close();
});

interface Who {
  readonly subject: string;
  readonly odsCode?: string;
  readonly scopes?: string;
  readonly kind?: Caller['kind'];
  readonly purpose?: 'HR_ADMINISTRATION' | undefined;
}
const hr: Who = { subject: HR };
const otherHr: Who = { subject: OTHER_HR };
const manager: Who = { subject: MANAGER, scopes: 'match:review match:manage' };

async function ask(query: string, variables: object, who: Who) {
  const body = JSON.stringify({ query, variables });
  const caller: Caller = {
    kind: who.kind ?? 'person',
    subject: who.subject,
    clientId: 'desk',
    name: 'Somebody',
    requestId: 'request-0001',
    odsCode: who.odsCode ?? 'RZ1',
    ...('purpose' in who ? {} : { purpose: 'HR_ADMINISTRATION' as const }),
    scopes: new Set((who.scopes ?? 'match:review').split(' ')),
  };
  const statement = { audience: 'nhsmail', body, now: new Date() };
  const response = await app.inject({
    method: 'POST',
    url: '/graphql',
    payload: body,
    headers: {
      'content-type': 'application/json',
      'lanyard-caller': await signCallerStatement(caller, statement, signer),
    },
  });
  return response.json<{
    readonly data?: Readonly<Record<string, never>>;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
    readonly extensions?: { readonly people: readonly string[] };
  }>();
}

const CASE = `id version state queue because dueAt overdue ageDays
  decision { decision by { id } reason } history { action by { id } state }
  candidates { staffMember { id } account { id } bits linked evidence { field outcome bits directoryValue } }`;
interface ShownCase {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly candidates: readonly { readonly linked: string | null }[];
  readonly history: readonly { readonly action: string; readonly state: string }[];
}
interface Acted {
  readonly matchingCase: ShownCase | null;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
}

/** Runs an act; by default with a new key. */
async function act(name: string, input: object, who: Who): Promise<Acted> {
  const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input`;
  const answer = await ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { matchingCase { ${CASE} } errors { code path } } }`,
    { input: { idempotencyKey: randomUUID(), reason: 'seen at the desk', ...input } },
    who,
  );
  expect(answer.errors).toBeUndefined();
  return answer.data?.[name] as unknown as Acted;
}
const codes = async (acted: Promise<Acted>): Promise<readonly string[]> =>
  (await acted).errors.map(({ code }) => code);

let count = 0;
const about = (
  staffId: string,
  accountId: string,
  more: Partial<ProposedCase> = {},
): ProposedCase => ({
  queue: 'UNABLE_TO_MATCH',
  accountId,
  odsCode: 'RZ1',
  candidates: [
    {
      staffId,
      accountId,
      odsCode: 'RZ1',
      bits: 4.5,
      evidence: [{ field: 'familyName', outcome: 'similar', bits: 3.2 }],
    },
  ],
  because: 'TOO_CLOSE',
  ...more,
});
const say = (some: {
  readonly links?: readonly ProposedLink[];
  readonly cases?: readonly ProposedCase[];
}) => {
  const covered = { kind: 'records', staffIds: new Set(''), accountIds: new Set('') } as const;
  return ledger.apply(
    { covered, links: [], cases: [], withdrawn: [], ...some },
    { ruleSet: 1, at: START },
  );
};

/** A new person, a new account and a case about them. */
async function newCase(more: Partial<ProposedCase> = {}, before: Partial<ProposedLink> = {}) {
  count += 1;
  const staffId = stf(`person${String(count)}x`);
  const accountId = `rz1a${String(count)}`;
  if (before.staffId !== undefined) {
    await say({
      links: [
        {
          accountId,
          odsCode: 'RZ1',
          method: 'EMPLOYEE_NUMBER',
          evidence: [],
          ...before,
        } as ProposedLink,
      ],
    });
  }
  await say({ cases: [about(staffId, accountId, more)] });
  const answer = await ask(
    `{ matchingCases(odsCode: "RZ1", first: 100) { edges { node { ${CASE} } } } }`,
    {},
    hr,
  );
  const { edges } = answer.data?.['matchingCases'] as unknown as {
    readonly edges: readonly { readonly node: ShownCase }[];
  };
  const one = edges.at(-1)?.node;
  if (one === undefined) throw new Error('no case');
  return { staffId, accountId, caseId: one.id, expectedVersion: one.version, answer, one };
}
const linked = async (accountId: string): Promise<readonly string[]> =>
  (await ledger.findByAccounts([accountId])).map(
    ({ staffId, assurance }) => `${staffId} ${assurance}`,
  );

/** Ids of what a list is narrowed to. */
const listed = async (
  narrowed: string,
  odsCode = 'RZ1',
  caller = hr,
): Promise<readonly string[]> => {
  const answer = await ask(
    `{ page: matchingCases(odsCode: "${odsCode}", first: 100, ${narrowed}) { edges { node { id } } } }`,
    {},
    caller,
  );
  const { edges } = answer.data?.['page'] as unknown as {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
  };
  return edges.map(({ node }) => node.id);
};

describe('a case', () => {
  it('is found by how likely its most likely candidate is', async () => {
    const scored = (...bits: readonly (number | undefined)[]) => {
      const [staffId, accountId] = [stf(`scored${String(bits[0])}`), `rz1s${String(bits[0])}`];
      return newCase({
        candidates: bits.map((some, nth) => ({
          staffId,
          accountId: `${accountId}x${String(nth)}`,
          odsCode: 'RZ1',
          evidence: [],
          ...(some === undefined ? {} : { bits: some }),
        })),
      });
    };
    const found = {
      LIKELY: await scored(10, -3),
      POSSIBLE: await scored(9.99),
      UNLIKELY: await scored(-0.01, undefined),
      NOT_SCORED: await scored(undefined),
    };
    for (const [score, { caseId }] of Object.entries(found)) {
      const ids = await listed(`score: ${score}`);
      expect(ids).toContain(caseId);
      for (const other of Object.values(found)) {
        expect(ids.includes(other.caseId)).toBe(other.caseId === caseId);
      }
    }
    expect(await listed('score: LIKELY, origin: "RZ9"')).toEqual([]);
  });

  it('shows evidence in words and bits, with what the directory has, and is in the access log', async () => {
    const { staffId, accountId, one, answer } = await newCase();
    expect(one).toMatchObject({
      state: 'OPEN',
      queue: 'UNABLE_TO_MATCH',
      because: 'TOO_CLOSE',
      dueAt: '2026-12-02T10:00:00.000Z',
      overdue: false,
      ageDays: 0,
      decision: null,
      history: [],
      candidates: [
        {
          staffMember: { id: staffId },
          account: { id: accountId },
          bits: 4.5,
          linked: null,
          evidence: [
            { field: 'familyName', outcome: 'similar', bits: 3.2, directoryValue: 'Marsh' },
          ],
        },
      ],
    });
    expect(answer.extensions?.people).toContain(staffId);
  });

  it('is counted by queue, with what is overdue, and found by page', async () => {
    await newCase();
    await newCase({ queue: 'NAME_CHANGE' });
    now = new Date(START.getTime() + 11 * 86_400_000);
    const answer = await ask(
      `{ matchingQueues(odsCode: "RZ1") { queue open overdue }
        page: matchingCases(odsCode: "RZ1", queue: NAME_CHANGE, overdue: true, first: 1) {
          edges { cursor node { queue overdue ageDays } } pageInfo { hasNextPage endCursor } } }`,
      {},
      hr,
    );
    now = START;
    expect(answer.data?.['matchingQueues']).toContainEqual({
      queue: 'NAME_CHANGE',
      open: 1,
      overdue: 1,
    });
    expect(answer.data?.['page']).toEqual({
      edges: [
        { cursor: expect.any(String), node: { queue: 'NAME_CHANGE', overdue: true, ageDays: 11 } },
      ],
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
    });
  });

  it.each<[string, Who, string]>([
    ['without the scope', { ...hr, scopes: 'hr:read' }, 'FORBIDDEN'],
    ['as a system', { ...hr, kind: 'machine' }, 'FORBIDDEN'],
    ['without a purpose', { ...hr, purpose: undefined }, 'PURPOSE_REQUIRED'],
  ])('is not read %s', async (_name, who, code) => {
    for (const query of [
      '{ matchingCases(odsCode: "RZ1") { edges { node { id } } } }',
      '{ matchingCase(id: "x") { id } }',
      '{ matchingQueues(odsCode: "RZ1") { open } }',
    ]) {
      expect((await ask(query, {}, who)).errors?.[0]?.extensions.code).toBe(code);
    }
  });

  it('of another organisation looks like none at all', async () => {
    const { caseId, expectedVersion } = await newCase();
    const elsewhere = { ...hr, odsCode: 'RZ2' };
    const answer = await ask(
      `{ matchingCase(id: "${caseId}") { id } matchingQueues(odsCode: "RZ1") { open }
        matchingCases(odsCode: "RZ1") { edges { node { id } } } }`,
      {},
      elsewhere,
    );
    expect(answer).toEqual({
      data: { matchingCase: null, matchingQueues: [], matchingCases: { edges: [] } },
    });
    const decided = { caseId, expectedVersion, decision: 'SAME_PERSON' };
    expect(await act('matchingCaseDecide', decided, elsewhere)).toEqual(
      await act('matchingCaseDecide', { ...decided, caseId: 'case_nothing' }, elsewhere),
    );
  });
});

describe('a decision', () => {
  it('links what was found, outlives every re-run, and undo restores what was before', async () => {
    const { staffId, accountId, ...seen } = await newCase();
    const decided = await act('matchingCaseDecide', { ...pick(seen), decision: 'SAME_PERSON' }, hr);
    expect(decided).toMatchObject({
      errors: [],
      matchingCase: {
        state: 'RESOLVED',
        decision: { decision: 'SAME_PERSON', by: { id: HR }, reason: 'seen at the desk' },
        candidates: [{ linked: 'CONFIRMED' }],
      },
    });
    expect(await linked(accountId)).toEqual([`${staffId} CONFIRMED`]);
    await say({
      links: [
        { staffId: stf('another'), accountId, odsCode: 'RZ1', method: 'SCORE', evidence: [] },
      ],
      cases: [about(staffId, accountId)],
    });
    expect(await linked(accountId)).toEqual([`${staffId} CONFIRMED`]);

    const undone = await act('matchingCaseUndo', versionOf(decided), hr);
    expect(undone.matchingCase?.history.map(({ action, state }) => [action, state])).toEqual([
      ['DECIDE', 'RESOLVED'],
      ['UNDO', 'OPEN'],
    ]);
    expect(await linked(accountId)).toEqual([]);
    expect((await ledger.findHistory([staffId])).map(({ state }) => state)).toEqual([
      'ENDED',
      'LINKED',
    ]);
  });

  it('that they are different people is not asked again, and gives a likely link up', async () => {
    const { staffId, accountId, ...seen } = await newCase();
    await act('matchingCaseDecide', { ...pick(seen), decision: 'DIFFERENT_PEOPLE' }, hr);
    const again = await say({
      links: [{ staffId, accountId, odsCode: 'RZ1', method: 'EMPLOYEE_NUMBER', evidence: [] }],
      cases: [about(staffId, accountId)],
    });
    expect(again).toMatchObject({ linked: 0, casesOpened: 0 });
    expect(await linked(accountId)).toEqual([]);
  });

  it('moves an account from one person to another, and undo moves it back as it was', async () => {
    const holder = stf('holder');
    const { staffId, accountId, ...seen } = await newCase({}, { staffId: holder });
    expect(await linked(accountId)).toEqual([`${holder} CERTAIN`]);
    const decided = await act('matchingCaseDecide', { ...pick(seen), decision: 'SAME_PERSON' }, hr);
    expect(await linked(accountId)).toEqual([`${staffId} CONFIRMED`]);
    await act('matchingCaseUndo', versionOf(decided), hr);
    expect(await linked(accountId)).toEqual([`${holder} CERTAIN`]);
    const [now_] = await ledger.findByAccounts([accountId]);
    expect(now_).toMatchObject({ method: 'EMPLOYEE_NUMBER', author: { kind: 'MATCHING' } });
  });

  it.each([
    ['a holder', new Set([stf('pass')]), true, true],
    ['nobody knows', new Set<string>(), false, true],
    ['no holder', new Set<string>(), true, false],
  ] as const)(
    'with %s behind it waits for a second person or not',
    async (_name, held, up, waits) => {
      holders = held;
      passportsAreUp = up;
      const { accountId, staffId, ...seen } = await newCase({}, { staffId: stf('pass') });
      const decided = await act(
        'matchingCaseDecide',
        { ...pick(seen), decision: 'SAME_PERSON' },
        hr,
      );
      passportsAreUp = true;
      holders = new Set();
      expect(decided.matchingCase?.state).toBe(waits ? 'AWAITING_SECOND_PERSON' : 'RESOLVED');
      expect(questions.at(-1)).toEqual([stf('pass'), staffId]);
      if (!waits) return;
      expect(await linked(accountId)).toEqual([`${stf('pass')} CERTAIN`]);
      const approve = (who: Who, more = {}) =>
        act('matchingCaseApprove', { ...versionOf(decided), approve: true, ...more }, who);
      expect(await codes(approve(hr))).toEqual(['SECOND_PERSON_REQUIRED']);
      expect(await codes(approve({ subject: staffId }))).toEqual(['OWN_RECORD']);
      expect((await approve(otherHr)).matchingCase?.state).toBe('RESOLVED');
      expect(await linked(accountId)).toEqual([`${staffId} CONFIRMED`]);
    },
  );

  it('goes no further when the second person does not agree', async () => {
    holders = new Set([stf('held')]);
    const { accountId, ...seen } = await newCase({}, { staffId: stf('held') });
    const decided = await act('matchingCaseDecide', { ...pick(seen), decision: 'SAME_PERSON' }, hr);
    const refusal = { ...versionOf(decided), approve: false };
    const answer = await act('matchingCaseApprove', refusal, otherHr);
    holders = new Set();
    expect(answer.matchingCase).toMatchObject({ state: 'OPEN', decision: null });
    expect(await linked(accountId)).toEqual([`${stf('held')} CERTAIN`]);
  });

  it('is taken once: a repeat answers the same, another input under the key is refused', async () => {
    const seen = await newCase();
    const input = { ...pick(seen), decision: 'DIFFERENT_PEOPLE', idempotencyKey: randomUUID() };
    const first = await act('matchingCaseDecide', input, hr);
    expect(await act('matchingCaseDecide', input, hr)).toEqual(first);
    expect(await codes(act('matchingCaseDecide', { ...input, reason: 'other' }, hr))).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    expect(await codes(act('matchingCaseDecide', { ...input, idempotencyKey: 'new' }, hr))).toEqual(
      ['RESOURCE_VERSION_MISMATCH'],
    );
  });

  it.each<[string, object, string]>([
    ['of an older version', { expectedVersion: 99 }, 'RESOURCE_VERSION_MISMATCH'],
    [
      'about a pair that is not in the case',
      { pairs: [{ staffId: 'x', accountId: 'x' }] },
      'NOT_FOUND',
    ],
    ['about no pair', { pairs: [] }, 'INVALID_VALUE'],
    ['without a reason', { reason: ' ' }, 'INVALID_VALUE'],
    ['with a reason of two lines', { reason: 'a\nb' }, 'INVALID_VALUE'],
    ['without a key', { idempotencyKey: '' }, 'INVALID_VALUE'],
  ])('%s is refused', async (_name, more, code) => {
    const seen = await newCase();
    const input = { ...pick(seen), decision: 'SAME_PERSON', ...more };
    expect(await codes(act('matchingCaseDecide', input, hr))).toEqual([code]);
  });

  it('about oneself is for somebody else', async () => {
    const { staffId, ...seen } = await newCase();
    const input = { ...pick(seen), decision: 'SAME_PERSON' };
    expect(await codes(act('matchingCaseDecide', input, { subject: staffId }))).toEqual([
      'OWN_RECORD',
    ]);
  });

  it('about an account of another organisation is for that one', async () => {
    const accountId = 'rz2other';
    const { caseId, expectedVersion } = await newCase({
      accountId,
      candidates: [{ staffId: stf('two'), accountId, odsCode: 'RZ2', evidence: [] }],
    });
    const input = { caseId, expectedVersion, decision: 'SAME_PERSON' };
    expect(await codes(act('matchingCaseDecide', input, hr))).toEqual(['OTHER_ORGANISATION']);
    const handed = { ...input, decision: 'NOT_SURE' };
    expect(await codes(act('matchingCaseDecide', { ...handed, toOdsCode: 'RZ3' }, hr))).toEqual([
      'OTHER_ORGANISATION',
    ]);
    const given = await act('matchingCaseDecide', { ...handed, toOdsCode: 'RZ2' }, hr);
    expect(given.matchingCase?.state).toBe('HANDED_OVER');
    // There it is among those that arose here, and here it is no more.
    const theirs = { ...hr, odsCode: 'RZ2' };
    expect(await listed('origin: "RZ1"', 'RZ2', theirs)).toContain(input.caseId);
    expect(await listed('origin: "RZ2"', 'RZ2', theirs)).not.toContain(input.caseId);
    expect(await listed('origin: "RZ1"')).not.toContain(input.caseId);
    const origins = await ask(
      `{ theirs: matchingOrigins(odsCode: "RZ2") { organisation { odsCode } open }
        ours: matchingOrigins(odsCode: "RZ1") { open } }`,
      {},
      theirs,
    );
    expect(origins.data).toEqual({
      theirs: [{ organisation: { odsCode: 'RZ1' }, open: 1 }],
      ours: [],
    });
    // It is no longer theirs to see.
    expect(await codes(act('matchingCaseDecide', { ...input, expectedVersion: 2 }, hr))).toEqual([
      'NOT_FOUND',
    ]);
    const there = { subject: OTHER_HR, odsCode: 'RZ2' };
    const decided = await act('matchingCaseDecide', { ...input, expectedVersion: 2 }, there);
    expect(decided.matchingCase?.state).toBe('RESOLVED');
  });

  it('can be taken back for 30 days, and only while nothing else was said since', async () => {
    const { staffId, accountId, ...seen } = await newCase();
    const decided = await act(
      'matchingCaseDecide',
      { ...pick(seen), decision: 'DIFFERENT_PEOPLE' },
      hr,
    );
    now = new Date(START.getTime() + 31 * 86_400_000);
    expect(await codes(act('matchingCaseUndo', versionOf(decided), hr))).toEqual(['TOO_LATE']);
    now = START;
    await say({
      cases: [
        about(stf('third'), accountId, {
          queue: 'NAME_CHANGE',
          candidates: [{ staffId, accountId, odsCode: 'RZ1', evidence: [] }],
        }),
      ],
    });
    expect((await act('matchingCaseUndo', versionOf(decided), hr)).matchingCase?.state).toBe(
      'OPEN',
    );
  });
});

describe('taking back a decision with a passport behind it', () => {
  it('waits for a second person, and the decision stands when they do not agree', async () => {
    const { staffId, accountId, ...seen } = await newCase();
    const decided = await act('matchingCaseDecide', { ...pick(seen), decision: 'SAME_PERSON' }, hr);
    holders = new Set([staffId]);
    const waiting = await act('matchingCaseUndo', versionOf(decided), hr);
    holders = new Set();
    expect(waiting.matchingCase).toMatchObject({
      state: 'AWAITING_SECOND_PERSON',
      decision: { decision: 'UNDO' },
    });
    const no = await act('matchingCaseApprove', { ...versionOf(waiting), approve: false }, otherHr);
    expect(no.matchingCase).toMatchObject({
      state: 'RESOLVED',
      decision: { decision: 'SAME_PERSON' },
    });
    expect(await linked(accountId)).toEqual([`${staffId} CONFIRMED`]);
    holders = new Set([staffId]);
    const again = await act('matchingCaseUndo', versionOf(no), hr);
    holders = new Set();
    await act('matchingCaseApprove', { ...versionOf(again), approve: true }, otherHr);
    expect(await linked(accountId)).toEqual([]);
  });
});

describe('several decisions at once', () => {
  it('are each on their own, and go on where they were cut off', async () => {
    const seen = [await newCase(), await newCase(), await newCase()];
    const input = {
      idempotencyKey: randomUUID(),
      decision: 'SAME_PERSON',
      reason: 'all seen at the desk',
      cases: [
        ...seen.map(({ caseId, expectedVersion }) => ({ caseId, expectedVersion })),
        { caseId: 'case_nothing', expectedVersion: 1 },
      ],
    };
    const query = `mutation ($input: MatchingCasesDecideInput!) { matchingCasesDecide(input: $input) {
      results { matchingCase { state } errors { code } } errors { code } } }`;
    const first = await ask(query, { input }, hr);
    expect(first.data?.['matchingCasesDecide']).toEqual({
      results: [
        ...seen.map(() => ({ matchingCase: { state: 'RESOLVED' }, errors: [] })),
        { matchingCase: null, errors: [{ code: 'NOT_FOUND' }] },
      ],
      errors: [],
    });
    expect((await ask(query, { input }, hr)).data).toEqual(first.data);
    const many = Array.from({ length: 41 }, (_, n) => ({ caseId: String(n), expectedVersion: 1 }));
    const refused = await ask(query, { input: { ...input, cases: many } }, hr);
    expect(refused.data?.['matchingCasesDecide']).toEqual({
      results: [],
      errors: [{ code: 'INVALID_VALUE' }],
    });
  });
});

describe('work', () => {
  it('is taken and given back by whoever decides, and given to others by managers', async () => {
    const seen = await newCase();
    const give = (assignTo: string | null, version: number, who: Who) =>
      act(
        'matchingCaseAssign',
        { caseId: seen.caseId, expectedVersion: version, assignTo, reason: undefined },
        who,
      );
    expect((await give(HR, 1, hr)).matchingCase?.state).toBe('ASSIGNED');
    // Matching leaves alone what somebody has begun.
    expect((await give(null, 2, hr)).matchingCase?.state).toBe('OPEN');
    expect(await codes(give(OTHER_HR, 3, manager))).toEqual(['NOT_FOUND']);
    await works(OTHER_HR, 'RZ1');
    expect((await give(OTHER_HR, 3, manager)).matchingCase?.state).toBe('ASSIGNED');
    const answer = await ask(
      `mutation { matchingCaseAssign(input: { idempotencyKey: "k", caseId: "${seen.caseId}", expectedVersion: 4, assignTo: "${MANAGER}" }) { errors { code } } }`,
      {},
      hr,
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('an account that moved to another organisation', () => {
  const move = (accountId: string) =>
    postgresAccounts(database.schema<AccountTables>('nhsmail')).upsert(
      'ldap',
      [{ entry: { ...account(accountId), odsCode: 'RZ2' } }],
      START,
    );
  const ofRz2 = { ...manager, odsCode: 'RZ2' };
  const same = ({ caseId, expectedVersion }: Awaited<ReturnType<typeof newCase>>) => ({
    caseId,
    expectedVersion,
    decision: 'SAME_PERSON',
  });

  it('is no longer its former organisation’s to decide about, to approve or to take back', async () => {
    const { caseId, expectedVersion, accountId } = await newCase();
    await move(accountId);
    const decide = { caseId, expectedVersion, decision: 'SAME_PERSON' };
    expect(await codes(act('matchingCaseDecide', decide, hr))).toEqual(['OTHER_ORGANISATION']);
    expect(await linked(accountId)).toEqual([]);

    const waiting = await newCase();
    holders = new Set([waiting.staffId]);
    const decided = await act('matchingCaseDecide', same(waiting), hr);
    holders = new Set();
    expect(decided.matchingCase?.state).toBe('AWAITING_SECOND_PERSON');
    await move(waiting.accountId);
    const approved = { ...versionOf(decided), approve: true };
    expect(await codes(act('matchingCaseApprove', approved, otherHr))).toEqual(['CHANGED_SINCE']);

    const settled = await newCase();
    const done = await act('matchingCaseDecide', same(settled), hr);
    await move(settled.accountId);
    expect(await codes(act('matchingCaseUndo', versionOf(done), hr))).toEqual(['CHANGED_SINCE']);
  });

  it('is no longer its former organisation’s to give to one of its own, but the new one’s', async () => {
    const accountId = 'rz1moved';
    const staffId = stf('moved');
    const toStaffId = stf('accomplice');
    await works(toStaffId, 'RZ1');
    await say({
      links: [{ staffId, accountId, odsCode: 'RZ1', method: 'ESR_EMAIL', evidence: [] }],
    });
    const [link] = await ledger.findByStaff([staffId]);
    const linkId = link?.id ?? '';
    await move(accountId);
    const input = { linkId, toStaffId };
    expect(await codes(act('identityLinkMove', input, manager))).toEqual(['NOT_FOUND']);
    expect(await linked(accountId)).toEqual([`${staffId} CERTAIN`]);
    const ended = await act('identityLinkEnd', { linkId }, ofRz2);
    expect(ended.matchingCase?.state).toBe('RESOLVED');
  });
});

describe('a link that is wrong', () => {
  const wrong = async (name: string) => {
    const staffId = stf(name);
    await say({
      links: [
        { staffId, accountId: `rz1${name}`, odsCode: 'RZ1', method: 'ESR_EMAIL', evidence: [] },
      ],
    });
    const [link] = await ledger.findByStaff([staffId]);
    if (link === undefined) throw new Error('no link');
    return { staffId, accountId: link.accountId, linkId: link.id };
  };

  it('ends, is not made again, and comes back by undo', async () => {
    const { accountId, staffId, linkId } = await wrong('wrong');
    const ended = await act('identityLinkEnd', { linkId }, manager);
    expect(ended.matchingCase).toMatchObject({ state: 'RESOLVED', queue: 'LINK_DISPUTED' });
    await say({
      links: [{ staffId, accountId, odsCode: 'RZ1', method: 'ESR_EMAIL', evidence: [] }],
    });
    expect(await linked(accountId)).toEqual([]);
    await act('matchingCaseUndo', versionOf(ended), manager);
    expect(await linked(accountId)).toEqual([`${staffId} CERTAIN`]);
  });

  it('is split: the account is a colleague’s, who works here', async () => {
    const { accountId, linkId } = await wrong('split');
    const toStaffId = stf('colleague');
    const move = () => act('identityLinkMove', { linkId, toStaffId }, manager);
    expect(await codes(move())).toEqual(['NOT_FOUND']);
    await works(toStaffId, 'RZ1');
    expect((await move()).matchingCase?.state).toBe('RESOLVED');
    expect(await linked(accountId)).toEqual([`${toStaffId} CONFIRMED`]);
  });

  it('with a passport behind it waits, and is another’s to see nowhere else', async () => {
    const { accountId, staffId, linkId } = await wrong('live');
    expect(await codes(act('identityLinkEnd', { linkId }, { ...manager, odsCode: 'RZ2' }))).toEqual(
      ['NOT_FOUND'],
    );
    holders = new Set([staffId]);
    const ended = await act('identityLinkEnd', { linkId }, manager);
    holders = new Set();
    expect(ended.matchingCase?.state).toBe('AWAITING_SECOND_PERSON');
    expect(await linked(accountId)).toEqual([`${staffId} CERTAIN`]);
    await act('matchingCaseApprove', { ...versionOf(ended), approve: true }, otherHr);
    expect(await linked(accountId)).toEqual([]);
  });
});

describe('a likely link', () => {
  const linkOf = async (name: string, method: ProposedLink['method'] = 'SCORE') => {
    const staffId = stf(name);
    const accountId = `rz1${name}`;
    await say({ links: [{ staffId, accountId, odsCode: 'RZ1', method, bits: 12, evidence: [] }] });
    const [link] = await ledger.findByStaff([staffId]);
    if (link === undefined) throw new Error('no link');
    return { staffId, accountId, linkId: link.id };
  };
  const list = (more: string, who: Who) =>
    ask(
      `{ matchingLikelyLinks(odsCode: "RZ1", ${more}) { pageInfo { hasNextPage endCursor }
        edges { node { id assurance bits staffMember { id } account { id } } } } }`,
      {},
      who,
    );
  interface Page {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  }
  const pageOf = ({ data }: Awaited<ReturnType<typeof list>>): Page =>
    data?.['matchingLikelyLinks'] as unknown as Page;

  it('is confirmed once, outlives a re-run, and is likely again by undo', async () => {
    const { staffId, accountId, linkId } = await linkOf('likely');
    const input = { linkId, idempotencyKey: randomUUID() };
    const confirmed = await act('identityLinkConfirm', input, hr);
    expect(confirmed).toMatchObject({
      errors: [],
      matchingCase: {
        state: 'RESOLVED',
        queue: 'LIKELY_LINK',
        candidates: [{ bits: 12, linked: 'CONFIRMED' }],
      },
    });
    expect(await act('identityLinkConfirm', input, hr)).toEqual(confirmed);
    expect(await codes(act('identityLinkEnd', input, manager))).toEqual(['NOT_FOUND']);
    expect(
      await codes(act('identityLinkEnd', input, { ...hr, scopes: 'match:review match:manage' })),
    ).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    await say({
      links: [{ staffId: stf('else'), accountId, odsCode: 'RZ1', method: 'SCORE', evidence: [] }],
    });
    expect(await linked(accountId)).toEqual([`${staffId} CONFIRMED`]);
    expect((await act('matchingCaseUndo', versionOf(confirmed), hr)).errors).toEqual([]);
    expect(await linked(accountId)).toEqual([`${staffId} LIKELY`]);
    expect((await ledger.findHistory([staffId])).map(({ assurance }) => assurance)).toEqual([
      'LIKELY',
      'CONFIRMED',
      'LIKELY',
    ]);
    const [again] = await ledger.findByStaff([staffId]);
    expect(await codes(act('identityLinkConfirm', { linkId: again?.id }, hr))).toEqual([]);
  });

  it.each<[string, ProposedLink['method'], (staffId: string) => Who, string]>([
    ['for another organisation', 'SCORE', () => ({ ...hr, odsCode: 'RZ2' }), 'NOT_FOUND'],
    ['for oneself', 'SCORE', (subject) => ({ subject }), 'OWN_RECORD'],
    ['when it is certain', 'ESR_EMAIL', () => hr, 'STATE_CHANGE_NOT_ALLOWED'],
  ])('is not confirmed %s', async (name, method, who, code) => {
    const { staffId, accountId, linkId } = await linkOf(name.replaceAll(' ', '').slice(-8), method);
    expect(await codes(act('identityLinkConfirm', { linkId }, who(staffId)))).toEqual([code]);
    expect(await linked(accountId)).not.toContain(`${staffId} CONFIRMED`);
  });

  it('with a passport behind it waits for a second person', async () => {
    const { staffId, accountId, linkId } = await linkOf('heldLikely');
    holders = new Set([staffId]);
    const confirmed = await act('identityLinkConfirm', { linkId }, hr);
    holders = new Set();
    expect(confirmed.matchingCase?.state).toBe('AWAITING_SECOND_PERSON');
    expect(await linked(accountId)).toEqual([`${staffId} LIKELY`]);
    await act('matchingCaseApprove', { ...versionOf(confirmed), approve: true }, otherHr);
    expect(await linked(accountId)).toEqual([`${staffId} CONFIRMED`]);
  });

  it('is listed for its account’s organisation, oldest first, and is in the access log', async () => {
    const one = await linkOf('listOne');
    const two = await linkOf('listTwo');
    const moved = await linkOf('listMoved');
    await postgresAccounts(database.schema<AccountTables>('nhsmail')).upsert(
      'ldap',
      [{ entry: { ...account(moved.accountId), odsCode: 'RZ2' } }],
      START,
    );
    const answer = await list('first: 100', hr);
    const all = pageOf(answer).edges.map(({ node }) => node);
    expect(all.slice(-2)).toEqual(
      [one, two].map(({ staffId, accountId, linkId }) => ({
        id: linkId,
        assurance: 'LIKELY',
        bits: 12,
        staffMember: { id: staffId },
        account: { id: accountId },
      })),
    );
    expect(answer.extensions?.people).toEqual(expect.arrayContaining([one.staffId, two.staffId]));
    const first = pageOf(await list(`first: ${String(all.length - 1)}`, hr));
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = pageOf(await list(`first: 5, after: "${first.pageInfo.endCursor}"`, hr));
    expect(rest.edges.map(({ node }) => node.id)).toEqual([two.linkId]);
    expect(pageOf(await list('first: 5', { ...hr, odsCode: 'RZ2' })).edges).toEqual([]);
    const own = pageOf(await list('first: 100', { subject: two.staffId }));
    expect(own.edges.at(-1)?.node).toMatchObject({ id: two.linkId, account: null });
    for (const [more, who, code] of [
      ['first: 101', hr, 'INVALID_VALUE'],
      ['first: 5, after: "x"', hr, 'INVALID_VALUE'],
      ['first: 5', { ...hr, scopes: 'match:manage' }, 'FORBIDDEN'],
      ['first: 5', { ...hr, purpose: undefined }, 'PURPOSE_REQUIRED'],
    ] as const) {
      expect((await list(more, who)).errors?.[0]?.extensions.code).toBe(code);
    }
    const there = await ask(
      `{ matchingLikelyLinks(odsCode: "RZ2") { edges { node { id } } } }`,
      {},
      { ...hr, odsCode: 'RZ2' },
    );
    expect(pageOf(there).edges.map(({ node }) => node.id)).toEqual([moved.linkId]);
  });
});

describe('the rules of matching', () => {
  const simulated = (ruleSet: number, who: Who, odsCode = 'RZ1') =>
    ask(
      `query ($odsCode: ID!, $ruleSet: Int!) { matchingSimulate(odsCode: $odsCode, ruleSet: $ruleSet) {
        ruleSet organisation { odsCode } state startedAt recordsRead counts { linked lost queued } } }`,
      { odsCode, ruleSet },
      who,
    );

  it('are listed, newest first, with where each stands', async () => {
    const { data } = await ask('{ matchingRuleSets { version name state addedAt } }', {}, manager);
    const listed = data?.['matchingRuleSets'] as unknown as readonly { readonly state: string }[];
    expect(listed.map(({ state }) => state)).toEqual([
      'ADDED',
      'PROPOSED',
      'REJECTED',
      'ACTIVE',
      'REPLACED',
    ]);
    expect(listed[0]).toEqual({ version: 5, name: 'nhs', state: 'ADDED', addedAt: START.toJSON() });
  });

  it.each([
    [1, 'WAITING', 0, null],
    [2, 'RUNNING', 40, null],
    [3, 'FAILED', 40, null],
    [4, 'DONE', 40, { linked: 4, lost: 1, queued: 2 }],
  ])('are simulated: version %i is %s', async (ruleSet, state, recordsRead, counts) => {
    const answer = await simulated(ruleSet, manager);
    expect(answer.data?.['matchingSimulate']).toEqual({
      ruleSet,
      organisation: { odsCode: 'RZ1' },
      state,
      startedAt: state === 'WAITING' ? null : START.toJSON(),
      recordsRead,
      counts,
    });
  });

  it('are simulated for the own organisation alone, and for managers alone', async () => {
    const elsewhere = { ...manager, odsCode: 'RZ2' };
    expect((await simulated(4, manager, 'RZ2')).data?.['matchingSimulate']).toBeNull();
    expect((await simulated(9, manager)).data?.['matchingSimulate']).toBeNull();
    expect((await simulated(4, elsewhere, 'RZ2')).data?.['matchingSimulate']).toMatchObject({
      counts: { linked: 0, lost: 0, queued: 0 },
    });
    for (const [who, code] of [
      [hr, 'FORBIDDEN'],
      [{ ...manager, kind: 'machine' }, 'FORBIDDEN'],
      [{ ...manager, purpose: undefined }, 'PURPOSE_REQUIRED'],
    ] as const) {
      expect((await simulated(4, who)).errors?.[0]?.extensions.code).toBe(code);
      const { errors } = await ask('{ matchingRuleSets { version } }', {}, who);
      expect(errors?.[0]?.extensions.code).toBe(code);
    }
  });
});

const pick = ({
  caseId,
  expectedVersion,
}: {
  readonly caseId: string;
  readonly expectedVersion: number;
}) => ({
  caseId,
  expectedVersion,
});
const versionOf = ({ matchingCase }: Acted) => ({
  caseId: matchingCase?.id,
  expectedVersion: matchingCase?.version,
});
const works = (staffId: string, odsCode: string) =>
  sql`insert into nhsmail.person (id, record, ods_codes, seen_at)
    values (${staffId}, '{}', array[${odsCode}::text], now())`.execute(
    database.schema<NhsmailTables>('nhsmail'),
  );
