/** Accounts that organisations push, on PostgreSQL and on the embedded engine: what SCIM says of them, and the accounts. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { migrate } from '../../runtime/migrate.ts';
import { parseFilter } from '../../standards/scim/filter.ts';
import { foldResource, matchesFilter } from '../../standards/scim/match-filter.ts';
import type { ScimResource } from '../../standards/scim/schema.ts';
import { errorMessage, ScimError } from '../../standards/scim/scim-error.ts';
import type { AccountStore } from '../../subgraphs/nhsmail/domain/account-store.ts';
import type { DirectoryEntry } from '../../subgraphs/nhsmail/domain/directory-entry.ts';
import { withPushedAccounts } from '../../subgraphs/nhsmail/domain/with-pushed-accounts.ts';
import { postgresAccounts } from '../../subgraphs/nhsmail/postgres/accounts.ts';
import { postgresScimUsers, type ScimTables } from '../../subgraphs/nhsmail/postgres/scim-users.ts';
import { answerRequest, type ScimAnswer } from '../../subgraphs/nhsmail/scim/answer-request.ts';
import { userMessage } from '../../subgraphs/nhsmail/scim/user-message.ts';
import type { ScimUserStore } from '../../subgraphs/nhsmail/scim/user-store.ts';
import { ENTERPRISE, STAFF_ACCOUNT, USER } from '../../subgraphs/nhsmail/scim/user-type.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const BASE = 'https://graph.example/scim/v2';
const DOMAINS = [
  'rz1.nhs.example',
  'rz2.nhs.example',
  'rz3.nhs.example',
  'other.example',
  'nhs.example',
  `${'y.'.repeat(80)}example`,
];
const CORE = USER.core.id;
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

interface Asked {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  readonly odsCode?: string;
}

/** A user as a trust pushes it. */
const user = (name: string, more: object = {}): object => ({
  schemas: [CORE],
  userName: name,
  name: { givenName: 'Amara', familyName: 'Okafor' },
  emails: [{ value: `${name}@rz1.nhs.example`, type: 'work', primary: true }],
  ...more,
});

function keepsTheContract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let users: ScimUserStore;
  let accounts: AccountStore;
  let at = new Date('2026-11-22T10:00:00Z');

  beforeAll(async () => {
    opened = await open();
    const folder = new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'nhsmail', folder);
    const db = opened.database.schema<ScimTables>('nhsmail');
    users = postgresScimUsers(db, { maxUsers: 40 });
    accounts = postgresAccounts<ScimTables>(db);
  }, 120_000);
  afterAll(() => opened.close());
  beforeEach(() => {
    at = new Date('2026-11-22T10:00:00Z');
  });

  const ask = async (what: string, asked: Asked = {}): Promise<ScimAnswer> => {
    const [method = '', path = ''] = what.split(' ');
    const { body, query = {}, odsCode = 'RZ1', ...conditions } = asked;
    const request = { method, path, query, ...conditions };
    try {
      return await answerRequest(
        { ...request, body: body === undefined ? '' : JSON.stringify(body) },
        {
          users,
          base: BASE,
          writer: { odsCode, clientId: `hr-${odsCode}`, at },
          domains: DOMAINS,
        },
      );
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      return { status: error.status, body: errorMessage(error) };
    }
  };
  const create = async (name: string, more: object = {}, odsCode = 'RZ1'): Promise<string> => {
    const { status, body } = await ask('POST /Users', { body: user(name, more), odsCode });
    expect({ status, body }).toMatchObject({ status: 201, body: { id: expect.any(String) } });
    return (body as { id: string }).id;
  };
  const patch = (id: string, ...Operations: readonly object[]): Promise<ScimAnswer> =>
    ask(`PATCH /Users/${id}`, { body: { schemas: [PATCH], Operations } });
  const accountOf = async (id: string) => (await accounts.findByIds([id])).get(id);

  it('makes a user, and its account in the same transaction', async () => {
    const manager = await create('boss');
    const answer = await ask('POST /Users', {
      body: user('amara.okafor', {
        schemas: [CORE, ENTERPRISE],
        externalId: 'oid-1',
        id: 'not ours',
        title: 'Staff Nurse',
        emails: [
          { value: 'Old@rz1.nhs.example', type: 'other' },
          { value: 'Amara.Okafor@rz1.nhs.example', type: 'work', primary: true },
          { value: 'amara@home.example', type: 'home' },
        ],
        phoneNumbers: [{ value: 'tel:+44 1632 960001', type: 'work' }],
        [ENTERPRISE]: { employeeNumber: '20412345', department: 'Ward 4', manager },
        [STAFF_ACCOUNT]: { odsCode: 'RX9' },
      }),
    });
    const id = (answer.body as { id: string }).id;
    expect(answer).toEqual({
      status: 201,
      etag: 'W/"1"',
      location: `${BASE}/Users/${id}`,
      body: {
        schemas: [CORE, ENTERPRISE, STAFF_ACCOUNT],
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        externalId: 'oid-1',
        userName: 'amara.okafor',
        name: { givenName: 'Amara', familyName: 'Okafor' },
        title: 'Staff Nurse',
        emails: [
          { value: 'Old@rz1.nhs.example', type: 'other' },
          { value: 'Amara.Okafor@rz1.nhs.example', type: 'work', primary: true },
          { value: 'amara@home.example', type: 'home' },
        ],
        phoneNumbers: [{ value: 'tel:+44 1632 960001', type: 'work' }],
        [ENTERPRISE]: {
          employeeNumber: '20412345',
          department: 'Ward 4',
          manager: { value: manager, $ref: `${BASE}/Users/${manager}` },
        },
        [STAFF_ACCOUNT]: { odsCode: 'RZ1' },
        meta: {
          resourceType: 'User',
          created: at.toISOString(),
          lastModified: at.toISOString(),
          location: `${BASE}/Users/${id}`,
          version: 'W/"1"',
        },
      },
    });
    expect(await accountOf(id)).toMatchObject({
      id,
      source: 'scim:RZ1',
      mail: 'amara.okafor@rz1.nhs.example',
      aliases: ['old@rz1.nhs.example'],
      kind: 'USER',
      status: 'ACTIVE',
      givenName: 'Amara',
      familyName: 'Okafor',
      jobTitle: 'Staff Nurse',
      phone: '+44 1632 960001',
      odsCode: 'RZ1',
      employeeNumber: '20412345',
    });
  });

  it('shows users to their own organisation alone', async () => {
    const id = await create('mine');
    expect((await ask(`GET /Users/${id}`)).status).toBe(200);
    for (const what of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const body =
        what === 'PATCH'
          ? { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: 'x' }] }
          : user('mine');
      const foreign = await ask(`${what} /Users/${id}`, { odsCode: 'RZ2', body });
      expect(foreign).toEqual(await ask(`${what} /Users/nobody`, { odsCode: 'RZ2', body }));
      expect(foreign.status).toBe(404);
    }
    const query = { filter: 'userName eq "mine"' };
    expect((await ask('GET /Users', { odsCode: 'RZ2', query })).body).toMatchObject({
      totalResults: 0,
      Resources: [],
    });
    const manager = { [ENTERPRISE]: { manager: id } };
    const named = await ask('POST /Users', { odsCode: 'RZ2', body: user('other', manager) });
    expect(named.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });

  it('has each name once in an organisation, and each address once at all', async () => {
    await create('twice');
    const again = (body: object, odsCode = 'RZ1') => ask('POST /Users', { body, odsCode });
    const elsewhere = { emails: [{ value: 'elsewhere@rz1.nhs.example' }] };
    expect((await again(user('TWICE', elsewhere))).body).toMatchObject({
      status: '409',
      scimType: 'uniqueness',
    });
    expect((await again(user('twice'), 'RZ2')).body).toMatchObject({ scimType: 'uniqueness' });
    const alias = { emails: [{ value: 'x@rz2.nhs.example' }, { value: 'Twice@RZ1.nhs.example' }] };
    expect((await again(user('x', alias), 'RZ2')).body).toMatchObject({ scimType: 'uniqueness' });
    expect((await again(user('twice', elsewhere), 'RZ2')).status).toBe(201);

    const entry: DirectoryEntry = {
      id: 'ldap-1',
      mail: 'held@nhs.example',
      aliases: ['held.too@nhs.example'],
      kind: 'USER',
      status: 'ACTIVE',
      registrations: [],
      connectorManaged: false,
      owners: [],
      readAt: at,
    };
    await accounts.upsert('ldap', [{ entry }], at);
    const held = { emails: [{ value: 'HELD.too@nhs.example' }] };
    expect((await again(user('y', held))).body).toMatchObject({ scimType: 'uniqueness' });
    const id = await create('z');
    const moved = await patch(id, { op: 'replace', path: 'emails', value: held.emails });
    expect(moved.body).toMatchObject({ status: '409', scimType: 'uniqueness' });
    expect(await accountOf(id)).toMatchObject({ mail: 'z@rz1.nhs.example' });
  });

  it('lets one of many with the same name or address in', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        ask('POST /Users', {
          body: user(index % 2 === 0 ? 'race' : `race-${String(index)}`, {
            emails: [{ value: 'race@rz1.nhs.example' }],
          }),
          odsCode: index < 3 ? 'RZ1' : 'RZ2',
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(await accounts.findByAddresses(['race@rz1.nhs.example'])).toHaveLength(1);
  });

  it('changes a user, and says so to whoever had another version', async () => {
    const id = await create('changes');
    at = new Date('2026-11-22T11:00:00Z');
    const patched = await patch(
      id,
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'add', path: `${ENTERPRISE}:employeeNumber`, value: '20412399' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'New@rz1.nhs.example' },
    );
    expect(patched).toMatchObject({
      status: 200,
      etag: 'W/"2"',
      body: {
        active: false,
        emails: [{ value: 'New@rz1.nhs.example', type: 'work', primary: true }],
        meta: { lastModified: at.toISOString(), version: 'W/"2"' },
      },
    });
    expect(await accountOf(id)).toMatchObject({
      status: 'DISABLED',
      mail: 'new@rz1.nhs.example',
      aliases: [],
      employeeNumber: '20412399',
    });
    // The address that it had is free again.
    await create('changes-2', { emails: [{ value: 'changes@rz1.nhs.example' }] });

    const same = await patch(id, { op: 'replace', path: 'active', value: false });
    expect(same).toMatchObject({ status: 200, etag: 'W/"2"' });
    const put = (ifMatch?: string) =>
      ask(`PUT /Users/${id}`, {
        body: user('changes', { emails: [{ value: 'newer@rz1.nhs.example' }] }),
        ...(ifMatch && { ifMatch }),
      });
    expect((await put('W/"1"')).body).toMatchObject({ status: '412' });
    expect(await put('W/"1", "2"')).toMatchObject({ status: 200, etag: 'W/"3"' });
    // What a whole user does not say is gone.
    expect((await put('*')).body).not.toHaveProperty('active');
    expect(await accountOf(id)).toMatchObject({
      status: 'ACTIVE',
      mail: 'newer@rz1.nhs.example',
    });
  });

  it('says when nothing has changed', async () => {
    const id = await create('unchanged');
    expect(await ask(`GET /Users/${id}`, { ifNoneMatch: 'W/"1"' })).toEqual({
      status: 304,
      etag: 'W/"1"',
    });
    expect((await ask(`GET /Users/${id}`, { ifNoneMatch: 'W/"0"' })).status).toBe(200);
  });

  it('deletes a user for the organisation, and keeps the account', async () => {
    const id = await create('leaves');
    expect((await ask(`DELETE /Users/${id}`, { ifMatch: 'W/"9"' })).status).toBe(412);
    expect(await ask(`DELETE /Users/${id}`)).toEqual({ status: 204 });
    for (const what of ['GET', 'DELETE']) {
      expect((await ask(`${what} /Users/${id}`)).status).toBe(404);
    }
    expect(await accountOf(id)).toMatchObject({ status: 'DELETED', goneAt: at });
    const query = { filter: 'userName eq "leaves"' };
    expect((await ask('GET /Users', { query })).body).toMatchObject({ totalResults: 0 });
    expect(await create('leaves')).not.toBe(id);
  });

  it('is found by id beside what is in the directory', async () => {
    const id = await create('beside');
    const gone = await create('beside-2');
    await ask(`DELETE /Users/${gone}`);
    const away = new Error('away');
    const read = [undefined, undefined, undefined, away];
    const find = withPushedAccounts(() => Promise.resolve(read), accounts);
    expect(await find([id, gone, 'ldap-1', 'ldap-2'])).toEqual([
      expect.objectContaining({ id }),
      undefined,
      undefined,
      away,
    ]);
  });

  it('keeps a manager who was named before they left', async () => {
    const manager = await create('m');
    const id = await create('n', { [ENTERPRISE]: { manager } });
    await ask(`DELETE /Users/${manager}`);
    expect((await patch(id, { op: 'add', path: 'title', value: 'Matron' })).status).toBe(200);
  });

  it('takes a name that is an address for one', async () => {
    const id = await create('Upn@rz1.nhs.example', { emails: undefined });
    expect(await accountOf(id)).toMatchObject({ mail: 'upn@rz1.nhs.example', aliases: [] });
  });

  it('marks leavers and shared mailboxes', async () => {
    const owner = await create('owner');
    const id = await create('ward', {
      [STAFF_ACCOUNT]: {
        accountKind: 'shared',
        owners: [owner],
        leaverMarkedAt: '2026-11-20T00:00:00Z',
      },
    });
    expect(await accountOf(id)).toMatchObject({ kind: 'SHARED', status: 'LEAVER' });
  });

  it.each<[string, object, string | undefined]>([
    ['a password', user('p', { Password: 'x' }), 'invalidValue'],
    ['an NHS number', user('p', { externalId: '999 000 0018' }), 'invalidValue'],
    ['an NHS number in a name', user('p', { displayName: 'x 9990000018' }), 'invalidValue'],
    ['no address', user('p', { emails: [] }), 'invalidValue'],
    [
      'an address at home alone',
      user('p', { emails: [{ value: 'a@b.example', type: 'home' }] }),
      'invalidValue',
    ],
    ['no address that is one', user('p', { emails: [{ value: 'a b@c.example' }] }), 'invalidValue'],
    [
      'an address with more behind it',
      user('p', { emails: [{ value: 'a@b.example)(uid=*' }] }),
      'invalidValue',
    ],
    [
      'too much',
      user('p', {
        emails: Array.from({ length: 20 }, (_, n) => ({
          value: `${String(n)}${'x'.repeat(60)}@${'y.'.repeat(80)}example`,
          type: 'other',
        })),
        phoneNumbers: Array.from({ length: 20 }, () => ({ value: 'é'.repeat(256) })),
      }),
      'invalidValue',
    ],
    [
      'an address of others',
      user('p', { emails: [{ value: 'a@rz9.nhs.example' }] }),
      'invalidValue',
    ],
    [
      'an alias of others',
      user('p', { emails: [{ value: 'a@rz1.nhs.example' }, { value: 'a@evil.rz1.nhs.example' }] }),
      'invalidValue',
    ],
    ['no name', { ...user('p'), userName: undefined }, 'invalidValue'],
    ['no schemas', { userName: 'p' }, 'invalidSyntax'],
    ['a list', [user('p')], 'invalidSyntax'],
  ])('refuses %s', async (_what, body, scimType) => {
    const answer = await ask('POST /Users', { body });
    expect(answer).toMatchObject({ status: 400, body: { status: '400', scimType } });
  });

  it.each<[string, number]>([
    ['GET /Groups', 404],
    ['GET /Users/a/b', 404],
    ['GET /Users/', 404],
    ['GET /Me', 501],
    ['DELETE /Users', 405],
    ['GET /Bulk', 405],
    ['POST /Schemas', 405],
    ['GET /Schemas/urn:x', 404],
    ['GET /', 404],
    ['PUT /Users', 405],
  ])('answers %s with %i', async (what, status) => {
    expect((await ask(what)).status).toBe(status);
  });

  it('describes itself', async () => {
    const schemas = await ask('GET /Schemas');
    expect(schemas.body).toMatchObject({
      totalResults: 3,
      Resources: [{ id: CORE }, { id: ENTERPRISE }, { id: STAFF_ACCOUNT }],
    });
    expect((await ask(`GET /Schemas/${ENTERPRISE}`)).body).toMatchObject({
      name: 'EnterpriseUser',
    });
    expect((await ask('GET /ResourceTypes/User')).body).toMatchObject({
      endpoint: '/Users',
      schema: CORE,
      schemaExtensions: [
        { schema: ENTERPRISE, required: false },
        { schema: STAFF_ACCOUNT, required: false },
      ],
    });
    expect((await ask('GET /ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 50 },
      etag: { supported: true },
    });
    const query = { filter: 'id pr' };
    expect((await ask('GET /ResourceTypes', { query })).status).toBe(403);
  });

  describe('a list', () => {
    /** As many as a filter has to tell apart. */
    const people: readonly (readonly [string, object])[] = [
      ['list-zoë', { title: 'Nurse', active: true, [ENTERPRISE]: { department: 'Ward 4' } }],
      ['LIST-Bob', { title: "Porter (night) \\ 100%_'x'", active: false }],
      [
        'list-ann',
        {
          externalId: 'Ext-A',
          phoneNumbers: [
            { value: '1', type: 'home' },
            { value: '2', primary: true },
          ],
          emails: [
            { value: 'ann@rz3.nhs.example', type: 'work' },
            { value: 'ann@other.example', type: 'other', primary: true },
          ],
        },
      ],
      ['list-cyd', { title: 'nurse', phoneNumbers: [{ value: '3', type: 'work' }] }],
    ];
    beforeAll(async () => {
      for (const [name, more] of people) await create(name, more, 'RZ3');
    });
    const list = async (query: Readonly<Record<string, string>>) => {
      const { status, body } = await ask('GET /Users', { query, odsCode: 'RZ3' });
      expect(status).toBe(200);
      return body as { totalResults: number; itemsPerPage: number; Resources: ScimResource[] };
    };
    const names = (resources: readonly ScimResource[]) =>
      resources.map(({ userName }) =>
        typeof userName === 'string' ? userName.toLowerCase().slice(5) : '',
      );

    it.each<[string, string]>([
      ['userName eq "list-BOB"', 'bob'],
      ['userName eq "LIST-ZOË"', 'zoë'],
      ['not (userName eq "list-bob")', 'ann cyd zoë'],
      ['userName ne "list-bob"', 'ann cyd zoë'],
      ['title eq "NURSE"', 'cyd zoë'],
      ['title ne "nurse"', 'ann bob'],
      ['not (title pr)', 'ann'],
      ['title eq null', 'ann'],
      ['title co "100%_\'X\'"', 'bob'],
      ['title co "%"', 'bob'],
      ['title sw "porter (n"', 'bob'],
      ['title ew "\'x\'"', 'bob'],
      ['title co "\\\\"', 'bob'],
      ['active eq true', 'zoë'],
      ['active eq "False"', 'bob'],
      ['active ne true', 'ann bob cyd'],
      ['externalId eq "Ext-A"', 'ann'],
      ['externalId eq "ext-a"', ''],
      ['emails co "other.example"', 'ann'],
      ['emails[type eq "work" and value co "other.example"]', ''],
      ['emails[type eq "other" and value co "OTHER.example"]', 'ann'],
      ['emails[primary eq true and not (type eq "work")]', 'ann'],
      ['phoneNumbers[type eq "home" or value eq "3"]', 'ann cyd'],
      ['not (phoneNumbers pr) and not (emails.type eq "other")', 'bob zoë'],
      ['phoneNumbers.value gt "1" and phoneNumbers.value le "3"', 'ann cyd'],
      ['name[familyName eq "okafor" and givenName sw "a"] and active pr', 'bob zoë'],
      [`${ENTERPRISE}:department eq "ward 4" or externalId pr`, 'ann zoë'],
      [`${ENTERPRISE}:manager pr`, ''],
      ['(userName sw "list-a" or userName sw "list-b") and title pr', 'bob'],
      ['userName ge "list-b" and userName lt "list-d"', 'bob cyd'],
      ['userName gt "list-z"', 'zoë'],
      ['meta.created eq "2026-11-22T10:00:00Z" and meta.resourceType eq "User"', 'ann bob cyd zoë'],
      ['meta.lastModified gt "2026-11-22T09:59:59.999+00:00"', 'ann bob cyd zoë'],
      ['meta.lastModified lt "2026-11-22T10:00:00Z"', ''],
    ])('has for %s: %s', async (filter, expected) => {
      const found = await list({ filter, sortBy: 'userName' });
      expect(names(found.Resources).join(' ')).toBe(expected);
      expect(found.totalResults).toBe(found.Resources.length);
      // The database and the function agree.
      const { users: all } = await users.list({ odsCode: 'RZ3', offset: 0, limit: 100 });
      const parsed = parseFilter(USER, filter);
      const matching = all.filter((one) =>
        matchesFilter(parsed, foldResource(USER, userMessage(one, BASE))),
      );
      expect(matching.map(({ id }) => id).sort()).toEqual(
        found.Resources.map(({ id }) => id).sort(),
      );
    });

    it.each<[Readonly<Record<string, string>>, string]>([
      [{ sortBy: 'userName' }, 'ann bob cyd zoë'],
      [{ sortBy: 'USERNAME', sortOrder: 'descending' }, 'zoë cyd bob ann'],
      [{ sortBy: 'emails' }, 'ann bob cyd zoë'],
      [{ sortBy: 'emails', startIndex: '2', count: '2' }, 'bob cyd'],
      [{ sortBy: 'userName', startIndex: '0', count: '1' }, 'ann'],
      [{ sortBy: 'userName', startIndex: '9' }, ''],
      [{ count: '0' }, ''],
      [{ count: '-3' }, ''],
    ])('is sorted and paged: %j', async (query, expected) => {
      const found = await list(query);
      expect(names(found.Resources).join(' ')).toBe(expected);
      expect(found).toMatchObject({ totalResults: 4, itemsPerPage: found.Resources.length });
    });

    it('has users without a value last, or first when it runs backwards', async () => {
      const last = await list({ sortBy: 'externalId' });
      expect(names(last.Resources)[0]).toBe('ann');
      const first = await list({ sortBy: 'externalId', sortOrder: 'descending' });
      expect(names(first.Resources).at(-1)).toBe('ann');
    });

    it('holds what was asked for', async () => {
      const found = await list({
        filter: 'userName eq "list-bob"',
        attributes: 'userName, active',
      });
      expect(found.Resources).toEqual([
        {
          schemas: [CORE, STAFF_ACCOUNT],
          id: expect.any(String),
          userName: 'LIST-Bob',
          active: false,
        },
      ]);
    });

    it('is searched for in a body', async () => {
      const body = {
        schemas: [SEARCH],
        filter: 'title pr',
        sortBy: 'userName',
        count: 1,
        attributes: ['title'],
      };
      for (const path of ['/.search', '/Users/.search']) {
        const { body: found } = await ask(`POST ${path}`, { body, odsCode: 'RZ3' });
        expect(found).toMatchObject({
          totalResults: 3,
          itemsPerPage: 1,
          Resources: [{ title: expect.any(String) }],
        });
      }
    });

    it.each<[Readonly<Record<string, string>>, string]>([
      [{ filter: 'x' }, 'invalidFilter'],
      [{ filter: "userName eq 'x'" }, 'invalidFilter'],
      [{ sortBy: 'name' }, 'invalidValue'],
      [{ sortBy: 'nobody' }, 'invalidValue'],
      [{ sortOrder: 'up' }, 'invalidValue'],
      [{ count: 'many' }, 'invalidValue'],
      [{ startIndex: '1e3' }, 'invalidValue'],
      [{ attributes: 'id', excludedAttributes: 'id' }, 'invalidValue'],
    ])('is refused for %j', async (query, scimType) => {
      expect((await ask('GET /Users', { query })).body).toMatchObject({ status: '400', scimType });
    });
  });

  describe('in bulk', () => {
    const bulk = (Operations: readonly object[], more: object = {}) =>
      ask('POST /Bulk', { body: { schemas: [BULK], Operations, ...more }, odsCode: 'RZ4' });
    const post = (bulkId: string, more: object = {}) => ({
      method: 'POST',
      path: '/Users',
      bulkId,
      data: user(`bulk-${bulkId}`, more),
    });
    const managedBy = (bulkId: string) => ({
      [ENTERPRISE]: { manager: { value: `bulkId:${bulkId}` } },
    });
    const results = (answer: ScimAnswer) =>
      (
        answer.body as {
          Operations: { status: string; location?: string; bulkId?: string; response?: object }[];
        }
      ).Operations;

    it('carries out what others refer to first, in circles too', async () => {
      const answer = await bulk([
        post('a', managedBy('b')),
        post('b', managedBy('c')),
        post('c', managedBy('a')),
        {
          method: 'patch',
          path: '/Users/bulkId:c',
          data: { schemas: [PATCH], Operations: [{ op: 'add', path: 'title', value: 'Chief' }] },
        },
      ]);
      expect(results(answer).map(({ status, bulkId }) => [status, bulkId])).toEqual([
        ['201', 'a'],
        ['201', 'b'],
        ['201', 'c'],
        ['200', undefined],
      ]);
      const query = { filter: `${ENTERPRISE}:manager pr`, sortBy: 'userName' };
      const { body } = await ask('GET /Users', { query, odsCode: 'RZ4' });
      const [a, b, c] = (body as { Resources: ScimResource[] }).Resources;
      expect([a, b, c].map((one) => (one?.[ENTERPRISE] as ScimResource)['manager'])).toMatchObject([
        { value: b?.['id'] },
        { value: c?.['id'] },
        { value: a?.['id'] },
      ]);
    });

    it('says of each operation what became of it, and stops after so many errors', async () => {
      const wrong = { method: 'DELETE', path: '/Users/nobody' };
      const [first, second, third] = results(
        await bulk([wrong, post('d'), post('d2', managedBy('nobody'))]),
      );
      expect(first).toEqual({
        method: 'DELETE',
        location: `${BASE}/Users/nobody`,
        status: '404',
        response: expect.objectContaining({ status: '404' }),
      });
      expect(second).toMatchObject({
        method: 'POST',
        bulkId: 'd',
        version: 'W/"1"',
        status: '201',
      });
      expect(third).toMatchObject({ bulkId: 'd2', status: '409' });
      expect(results(await bulk([wrong, post('e'), wrong], { failOnErrors: 1 }))).toHaveLength(1);
    });

    it.each<[string, readonly object[], number]>([
      ['nothing', [], 400],
      ['too much', Array.from({ length: 51 }, (_, index) => post(`x${String(index)}`)), 413],
      ['one bulkId twice', [post('x'), post('x')], 400],
      ['no bulkId', [{ ...post('x'), bulkId: undefined }], 400],
      ['a GET', [{ method: 'GET', path: '/Users' }], 400],
    ])('is refused for %s', async (_what, operations, status) => {
      expect((await bulk(operations)).status).toBe(status);
    });

    it.each(['/Bulk', '/Users/../Bulk', '/Groups', '/Users?x', '/Schemas'])(
      'changes nothing at %s',
      async (path) => {
        const [result] = results(await bulk([{ ...post('f'), path }]));
        expect(result).toMatchObject({ status: '400' });
      },
    );
  });

  it('has an end to how many users an organisation has', async () => {
    const answers = [];
    for (let index = 0; index < 41; index += 1) {
      const { status } = await ask('POST /Users', {
        body: user(`full-${String(index)}`),
        odsCode: 'RZ5',
      });
      answers.push(status);
    }
    expect(answers.slice(0, 40).every((status) => status === 201)).toBe(true);
    expect(answers[40]).toBe(403);
  });
}

describe('pushed accounts on the embedded engine', () => {
  keepsTheContract(embeddedDatabase);
});

describeWithServers('postgres')('pushed accounts on PostgreSQL', () => {
  keepsTheContract(serverDatabase);
});
