import { generateKeyPairSync } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';

import {
  type EmbeddedDirectory,
  startEmbeddedDirectory,
} from '../../../../local/directory/start.ts';
import { type Caller, signCallerStatement } from '../../../../runtime/caller-statement.ts';
import { openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import type { AskGraph } from '../../../../runtime/graph-client.ts';
import { createHttpServer } from '../../../../runtime/http-server.ts';
import { createLog } from '../../../../runtime/log.ts';
import { keyObjectSigner } from '../../../../standards/compact-jws.ts';
import { composeNhsmail, openMatching } from '../../../../subgraphs/nhsmail/compose.ts';
import { postgresLinks } from '../../../../subgraphs/nhsmail/postgres/links.ts';
import type { NhsmailTables } from '../../../../subgraphs/nhsmail/postgres/tables.ts';
import { eventually } from '../../../servers/child.ts';
import { ldifFileOf, PEOPLE_DN } from './directory-world.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

const log = createLog({ name: 'test', level: 'silent' });
const SERVICE = { serviceDn: 'cn=lanyard,dc=nhs,dc=example', servicePassword: 'of the service' };
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'k1' } as never;
const signer = keyObjectSigner({ key: privateKey, kid: 'k1' });
const stf = (name: string): string => `stf_${name.padEnd(22, '0')}`;

/** What the graph would answer: people by organisation. */
const employment = (odsCode: string, employeeNumber: string) => ({
  employer: { odsCode },
  employeeNumber,
  personType: 'EMPLOYEE',
});
const AMARA = {
  id: stf('amara'),
  name: { family: 'Okafor-Lindqvist' },
  employments: [employment('RZ1', '90000017')],
};
const SIOBHAN = {
  id: stf('siobhan'),
  name: { family: 'Gallagher' },
  employments: [employment('RZ1', '90000021'), employment('RZ2', '90000022')],
};
const BOATENG = {
  id: stf('boateng'),
  name: { family: 'Boateng' },
  employments: [employment('RZ1', '90000051')],
};
const STAFF: Readonly<Record<string, readonly object[]>> = {
  RZ1: [AMARA, SIOBHAN, BOATENG],
  RZ2: [SIOBHAN],
};
let graphIsUp = true;
const askGraph: AskGraph = ({ variables, shape, purpose }) => {
  if (!graphIsUp) return Promise.reject(Object.assign(new Error('down'), { code: 'unavailable' }));
  expect(purpose).toBe('DIRECTORY_MATCHING');
  const staff = STAFF[String(variables['odsCode'])] ?? [];
  const at = variables['after'] === null ? 0 : Number(variables['after']);
  return Promise.resolve(
    shape.parse({
      organisation: {
        status: 'OPEN',
        staff: {
          edges: staff.slice(at, at + 1).map((node) => ({ node })),
          removedIds: [],
          pageInfo: { hasNextPage: at + 1 < staff.length, endCursor: String(at + 1) },
        },
      },
    }) as never,
  );
};

let ldif: Awaited<ReturnType<typeof ldifFileOf>>;
let directory: EmbeddedDirectory;
let engine: EmbeddedEngine;
let part: Awaited<ReturnType<typeof composeNhsmail>>;
let app: FastifyInstance;
const settings = () => ({
  NHSMAIL_LDAP_URL: directory.url,
  NHSMAIL_LDAP_BASE_DN: PEOPLE_DN,
  NHSMAIL_LDAP_DEADLINE_MS: 60_000,
  // What is kept is tested for itself: here every answer is the directory's own.
  NHSMAIL_CACHE_SECONDS: 0,
  NHSMAIL_LDAP_BIND_DN: SERVICE.serviceDn,
  NHSMAIL_LDAP_BIND_PASSWORD: SERVICE.servicePassword,
  NHSMAIL_CALLER_KEYS: { keys: [jwk] },
  NHSMAIL_GRAPH_URL: 'http://127.0.0.1:1/graphql',
  NHSMAIL_GRAPH_RESOURCE: 'http://127.0.0.1:1/graphql',
  NHSMAIL_ISSUER: 'http://127.0.0.1:1',
  NHSMAIL_TOKEN_URL: 'http://127.0.0.1:1/oauth/token',
  NHSMAIL_CLIENT_KEY: jwk,
  NHSMAIL_MATCH_SECONDS: 1,
});

beforeAll(async () => {
  ldif = await ldifFileOf();
  directory = await startEmbeddedDirectory({ ldifFile: ldif.path, ...SERVICE });
  engine = await startTestEngine();
  part = await composeNhsmail(settings(), {
    log,
    now: () => new Date(),
    database: openEmbedded(engine),
    askGraph,
    background: false,
  });
  app = await createHttpServer({
    name: 'nhsmail',
    log,
    checks: part.checks,
    draining: () => false,
    routes: part.privateRoutes === undefined ? [] : [part.privateRoutes],
  });
});
afterAll(async () => {
  await app.close();
  await part.stop();
  await engine.close();
  await directory.stop();
  await ldif.remove();
});

interface Answer {
  readonly data?: {
    readonly _entities?: readonly Readonly<Record<string, unknown>>[];
    readonly directoryAccount?: unknown;
  };
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
  readonly extensions?: { readonly people: readonly string[] };
}

async function ask(
  query: string,
  variables: object,
  { scopes, ...who }: Partial<Omit<Caller, 'scopes'>> & { readonly scopes: string },
): Promise<Answer> {
  const body = JSON.stringify({ query, variables });
  const caller: Caller = {
    kind: 'person',
    subject: stf('somebody'),
    clientId: 'desk',
    name: 'Somebody',
    requestId: 'request-0001',
    ...who,
    scopes: new Set(scopes.split(' ')),
  };
  const response = await app.inject({
    method: 'POST',
    url: '/graphql',
    payload: body,
    headers: {
      'content-type': 'application/json',
      'lanyard-caller': await signCallerStatement(
        caller,
        { audience: 'nhsmail', body, now: new Date() },
        signer,
      ),
    },
  });
  return response.json();
}

const FIELDS = `mailboxes { id mail organisation { odsCode } asOf }
  identityLinks { method state linkedAt evidence { field outcome } account { id familyName } }`;
const person = async (id: string, who: Parameters<typeof ask>[2]) =>
  ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on StaffMember { id ${FIELDS} } } }`,
    { of: [{ __typename: 'StaffMember', id }] },
    who,
  );
const account = async (id: string, who: Parameters<typeof ask>[2]) =>
  ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on DirectoryAccount { id mail kind status displayName staffMember { id } } } }`,
    { of: [{ __typename: 'DirectoryAccount', id }] },
    who,
  );
const hr = (odsCode: string) =>
  ({ scopes: 'self:read hr:read', odsCode, purpose: 'ROTATION' }) as const;
const mailboxIds = (answer: Answer): unknown =>
  (answer.data?._entities?.[0]?.['mailboxes'] as { id: string }[] | null)
    ?.map(({ id }) => id)
    .sort();

describe('matching', () => {
  it('links what is certain, leaves the rest to a person, and changes nothing when run again', async () => {
    expect(await part.match()).toEqual({
      outcome: 'done',
      accounts: 8,
      people: 3,
      linked: 3,
      review: 1,
      lost: 0,
    });
    expect(await part.match()).toMatchObject({ outcome: 'nothing', linked: 0 });
    expect(await part.match({ whole: true })).toMatchObject({
      outcome: 'done',
      linked: 0,
      review: 1,
    });
    const [one, two] = await Promise.all([part.match(), part.match()]);
    expect(one).toBe(two);
  });

  it('does the same from the command line', async () => {
    const matching = await openMatching(settings(), {
      log,
      now: () => new Date(),
      database: openEmbedded(engine),
      askGraph,
    });
    expect(await matching.match()).toMatchObject({ outcome: 'nothing', linked: 0 });
    await matching.close();
  });

  it('writes nothing while the graph is down', async () => {
    graphIsUp = false;
    await expect(part.match()).rejects.toMatchObject({ code: 'unavailable' });
    graphIsUp = true;
  });

  it('keeps history: a link cannot be changed or deleted', async () => {
    const code = (statement: string) =>
      engine.query(statement, []).then(
        () => 'done',
        (error: unknown) => (error as { code: string }).code,
      );
    expect(await code("update nhsmail.link set staff_id = 'x'")).toBe('23001');
    expect(await code('delete from nhsmail.link')).toBe('23001');
    expect(
      await code(`insert into nhsmail.link (id, staff_id, account_id, method, state, evidence, linked_at)
        values (gen_random_uuid(), 'x', 'a1000017', 'MANUAL', 'LINKED', '[]', now())`),
    ).toBe('23505');
  });
});

describe('a person', () => {
  it('sees all their own mailboxes and how they were linked, without an entry in their log', async () => {
    const answer = await person(SIOBHAN.id, { subject: SIOBHAN.id, scopes: 'self:read' });
    expect(answer.errors).toBeUndefined();
    expect(mailboxIds(answer)).toEqual(['a1000021', 'a1000022']);
    expect(answer.data?._entities?.[0]?.['identityLinks']).toContainEqual({
      method: 'EMPLOYEE_NUMBER',
      state: 'LINKED',
      linkedAt: expect.any(String),
      evidence: [
        { field: 'employeeNumber', outcome: 'equal' },
        { field: 'familyName', outcome: 'equal' },
        { field: 'organisation', outcome: 'the same' },
      ],
      account: { id: 'a1000022', familyName: 'Gallagher' },
    });
    expect(answer.extensions).toBeUndefined();
  });

  it('does not see the mailbox of a case that nobody has decided: it may be another’s', async () => {
    const answer = await person(BOATENG.id, { subject: BOATENG.id, scopes: 'self:read' });
    expect(answer.data?._entities?.[0]).toMatchObject({
      mailboxes: [],
      identityLinks: [{ state: 'REVIEW', account: null }],
    });
  });

  it.each([
    ['of somebody else', AMARA.id],
    ['of nobody', stf('nobody')],
  ])('sees no mailboxes %s', async (_name, id) => {
    const answer = await person(id, { subject: SIOBHAN.id, scopes: 'self:read' });
    expect(answer).toEqual({ data: { _entities: [{ id, mailboxes: null, identityLinks: null }] } });
  });
});

describe('HR', () => {
  it.each([
    ['RZ1', ['a1000021']],
    ['RZ2', ['a1000022']],
    ['RZ3', []],
  ])(
    'of %s sees the mailboxes of its own organisation, and that is logged',
    async (odsCode, ids) => {
      const answer = await person(SIOBHAN.id, hr(odsCode));
      expect(mailboxIds(answer)).toEqual(ids);
      expect(answer.extensions?.people).toEqual(ids.length === 0 ? undefined : [SIOBHAN.id]);
    },
  );

  it('cannot tell a person elsewhere from a person that does not exist', async () => {
    const elsewhere = await person(AMARA.id, hr('RZ2'));
    const nobody = await person(stf('nobody'), hr('RZ2'));
    expect(elsewhere).toEqual({
      data: { _entities: [{ id: AMARA.id, mailboxes: [], identityLinks: [] }] },
    });
    expect(nobody).toEqual({
      data: { _entities: [{ id: stf('nobody'), mailboxes: [], identityLinks: [] }] },
    });
  });

  it('has to say why', async () => {
    const answer = await person(AMARA.id, { scopes: 'hr:read', odsCode: 'RZ1' });
    expect(answer.data?._entities?.[0]?.['mailboxes']).toBeNull();
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual([
      'PURPOSE_REQUIRED',
      'PURPOSE_REQUIRED',
    ]);
  });

  it('sees an account by its id when it is of its organisation, and not whose it is', async () => {
    const answer = await account('a1000017', hr('RZ1'));
    expect(answer.data?._entities?.[0]).toMatchObject({ kind: 'USER', staffMember: null });
    expect(answer.extensions?.people).toEqual([AMARA.id]);
    expect(await account('a1000017', hr('RZ2'))).toEqual(await account('nobody', hr('RZ2')));
  });

  it('may not ask for an account by its address', async () => {
    const answer = await ask('{ directoryAccount(by: { id: "a1000017" }) { id } }', {}, hr('RZ1'));
    expect(answer).toEqual({ data: { directoryAccount: null } });
  });
});

describe('the sign-in service', () => {
  const service = { kind: 'machine', scopes: 'account:resolve' } as const;
  const find = (by: object) =>
    ask(
      'query ($by: DirectoryAccountBy!) { directoryAccount(by: $by) { id kind status aliases staffMember { id } } }',
      { by },
      service,
    );

  it('turns an address into a person', async () => {
    expect(await find({ mail: 'Amara.LINDQVIST@nhsmail.example' })).toEqual({
      data: {
        directoryAccount: {
          id: 'a1000017',
          kind: 'USER',
          status: 'ACTIVE',
          aliases: ['amara.lindqvist@nhsmail.example'],
          staffMember: { id: AMARA.id },
        },
      },
    });
  });

  it.each([
    ['a shared mailbox', 'ward@nhsmail.example'],
    ['an account that nobody has decided on', 'other@nhsmail.example'],
    ['an account without a record', 'zoe@nhsmail.example'],
  ])('finds no person behind %s', async (_name, mail) => {
    const answer = await find({ mail });
    expect(answer.data?.directoryAccount).toMatchObject({ staffMember: null });
  });

  it.each(['', 'mail: "a@b.example", id: "a1000017"', 'mail: null'])(
    'is refused unless exactly one field is given: {%s}',
    async (by) => {
      const answer = await ask(`{ directoryAccount(by: {${by}}) { id } }`, {}, service);
      expect(answer.data?.directoryAccount).toBeUndefined();
      expect(answer.errors?.[0]?.extensions['code']).toBe('INVALID_VALUE');
    },
  );

  it('needs its scope as a machine, not as a person', async () => {
    const answer = await ask(
      '{ directoryAccount(by: { id: "a1000017" }) { id } }',
      {},
      {
        scopes: 'account:resolve',
      },
    );
    expect(answer).toEqual({ data: { directoryAccount: null } });
  });
});

describe('a link that is only likely', () => {
  const LIKELY = stf('likely');
  beforeAll(async () => {
    const links = postgresLinks(openEmbedded(engine).schema<NhsmailTables>('nhsmail'));
    const link = { accountId: 'a1000050', odsCode: 'RZ1', method: 'SCORE', evidence: [] } as const;
    const covered = { kind: 'records', staffIds: new Set(''), accountIds: new Set('') } as const;
    await links.apply(
      { covered, links: [{ ...link, staffId: LIKELY, bits: 12 }], cases: [], withdrawn: [] },
      { at: new Date() },
    );
  });

  it('is shown, and gives neither a mailbox to rest a passport on nor a person to sign in as', async () => {
    for (const who of [hr('RZ1'), { subject: LIKELY, scopes: 'self:read' }]) {
      const answer = await person(LIKELY, who);
      expect(answer.data?._entities?.[0]).toMatchObject({
        mailboxes: [],
        identityLinks: [{ state: 'LINKED', method: 'SCORE' }],
      });
    }
    const answer = await account('a1000050', { kind: 'machine', scopes: 'account:resolve' });
    expect(answer.data?._entities?.[0]).toMatchObject({ id: 'a1000050', staffMember: null });
  });

  it('does not show the person an account that may be another’s', async () => {
    const own = { subject: LIKELY, scopes: 'self:read' };
    expect((await person(LIKELY, own)).data?._entities?.[0]).toMatchObject({
      identityLinks: [{ account: null }],
    });
    expect((await account('a1000050', own)).data?._entities).toEqual([null]);
  });
});

describe('a staff id that the records never mint', () => {
  it.each(['', 'x', 'stf_', `${stf('a')}'--`])('%p is nobody', async (id) => {
    expect(await person(id, hr('RZ1'))).toEqual({ data: { _entities: [null] } });
  });
});

describe('while the directory is away', () => {
  it('leaves the mailboxes out, says so, and keeps the rest', async () => {
    await directory.crash();
    const answer = await person(AMARA.id, hr('RZ1'));
    expect(answer.data?._entities?.[0]).toMatchObject({
      mailboxes: null,
      identityLinks: [{ state: 'LINKED', account: null }],
    });
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      source: 'nhsmail',
    });
    // Somebody elsewhere looks as before.
    expect((await person(AMARA.id, hr('RZ2'))).errors).toBeUndefined();
    await eventually(async () => part.checks['ldap']?.());
    expect(mailboxIds(await person(AMARA.id, hr('RZ1')))).toEqual(['a1000017']);
  });
});

describe('matching between requests', () => {
  it('starts by itself once the graph is up', async () => {
    graphIsUp = false;
    const alone = await startTestEngine();
    const running = await composeNhsmail(settings(), {
      log,
      now: () => new Date(),
      database: openEmbedded(alone),
      askGraph,
    });
    await new Promise((resolve) => {
      setTimeout(resolve, 1_500);
    });
    graphIsUp = true;
    await eventually(async () => {
      const { rows } = await alone.query('select count(*)::int as links from nhsmail.link', []);
      expect(rows).toEqual([{ links: 3 }]);
    });
    await running.stop();
    await alone.close();
  });
});
