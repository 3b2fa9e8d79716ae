/** Pushing accounts over HTTP: who may, and the protocol with the examples of RFC 7644, as a client sees it. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { isClientGone } from '../../../gateway/deadline.ts';
import type { SubgraphMessage } from '../../../gateway/subgraphs/transport.ts';
import { inProcessTransport } from '../../../local/in-process-transport.ts';
import { openEmbedded } from '../../../runtime/database.ts';
import { keysById, publicHalf } from '../../../runtime/jwk-settings.ts';
import { createLog } from '../../../runtime/log.ts';
import { migrate } from '../../../runtime/migrate.ts';
import {
  postgresScimUsers,
  type ScimTables,
} from '../../../subgraphs/nhsmail/postgres/scim-users.ts';
import { scimRoutes } from '../../../subgraphs/nhsmail/scim/routes.ts';
import { startTestEngine } from '../../servers/embedded.ts';
import { type Asker, callerKey, NOW, startTestGraph, type TestGraph, token } from './test-graph.ts';

const AUDIENCE = 'https://graph.example/scim/v2';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const TRUST: Asker = {
  subject: 'directory-rz1',
  clientId: 'directory-rz1',
  scopes: 'directory:write',
  ods: 'RZ1',
};

let graph: TestGraph;
let stop: () => Promise<void>;
let url: string;
let isDown = false;
/** Given a message, and goes on once the answer has been let go. */
let held: ((message: SubgraphMessage) => Promise<void>) | undefined;
beforeAll(async () => {
  const engine = await startTestEngine();
  const database = openEmbedded(engine);
  const migrations = '../../../subgraphs/nhsmail/postgres/migrations';
  await migrate(database, 'nhsmail', new URL(migrations, import.meta.url));
  const nhsmail = await inProcessTransport(
    'nhsmail',
    {
      routes: () => Promise.resolve(),
      privateRoutes: scimRoutes({
        users: postgresScimUsers(database.schema<ScimTables>('nhsmail')),
        domains: { RZ1: ['rz1.nhs.example'] },
        callerKeys: keysById({ keys: [publicHalf(callerKey.jwk)] }),
        now: () => NOW,
      }),
      checks: {},
      stop: () => Promise.resolve(),
    },
    createLog({ name: 'test', level: 'silent' }),
  );
  graph = await startTestGraph({
    transports: {
      nhsmail: async (message) => {
        if (isDown) throw new Error('down');
        await held?.(message);
        return nhsmail(message);
      },
    },
  });
  await graph.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = graph.app.server.address() as AddressInfo;
  url = `http://127.0.0.1:${String(port)}/scim/v2`;
  stop = async () => {
    await graph.stop();
    await database.close();
    await engine.close();
  };
}, 120_000);
afterAll(() => stop());

interface Options {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: Asker;
  readonly claims?: Readonly<Record<string, unknown>>;
}

async function ask(method: string, path: string, options: Options = {}) {
  const { body, headers = {}, as = TRUST, claims = {} } = options;
  const authorization = `Bearer ${await token(as, { aud: AUDIENCE, ...claims })}`;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization,
      ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown> | undefined,
  };
}

describe('a directory that pushes its users', () => {
  let id: string;

  it('makes one (section 3.3)', async () => {
    const { status, headers, body } = await ask('POST', '/Users', {
      body: {
        schemas: [CORE],
        userName: 'bjensen@rz1.nhs.example',
        externalId: 'bjensen',
        name: {
          formatted: 'Ms. Barbara J Jensen III',
          familyName: 'Jensen',
          givenName: 'Barbara',
        },
      },
    });
    id = String(body?.['id']);
    const location = `${AUDIENCE}/Users/${id}`;
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        schemas: [CORE, 'urn:ietf:params:scim:schemas:extension:lanyard:2.0:User'],
        externalId: 'bjensen',
        meta: { resourceType: 'User', location, version: 'W/"1"' },
      },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/scim+json; charset=utf-8',
      'cache-control': 'no-store',
      etag: 'W/"1"',
      location,
    });
  });

  it('reads it (section 3.4.1), unless it has not changed (section 3.14)', async () => {
    expect((await ask('GET', `/Users/${id}?attributes=userName`)).body).toEqual({
      schemas: expect.any(Array),
      id,
      userName: 'bjensen@rz1.nhs.example',
    });
    const headers = { 'if-none-match': 'W/"1"' };
    expect(await ask('GET', `/Users/${id}`, { headers })).toMatchObject({
      status: 304,
      body: undefined,
    });
  });

  it('finds it (section 3.4.2.2)', async () => {
    const filter = encodeURIComponent('name.familyName co "jens" and userName sw "B"');
    expect((await ask('GET', `/Users?filter=${filter}&startIndex=1&count=10`)).body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 1,
      itemsPerPage: 1,
      startIndex: 1,
      Resources: [{ id }],
    });
    expect(await ask('GET', '/Users?filter=nonsense')).toMatchObject({
      status: 400,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        scimType: 'invalidFilter',
        status: '400',
      },
    });
  });

  it('changes it (sections 3.5.1 and 3.5.2), in the version that it knows', async () => {
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [
        {
          op: 'add',
          value: { emails: [{ value: 'babs@rz1.nhs.example', type: 'other' }], nickname: 'Babs' },
        },
      ],
    };
    const patched = await ask('PATCH', `/Users/${id}`, { body, headers: { 'if-match': 'W/"1"' } });
    expect(patched).toMatchObject({ status: 200, body: { nickName: 'Babs' } });
    const again = await ask('PATCH', `/Users/${id}`, { body, headers: { 'if-match': 'W/"1"' } });
    expect(again).toMatchObject({ status: 412, body: { status: '412' } });
    const whole = { schemas: [CORE], userName: 'bjensen@rz1.nhs.example', active: false };
    const put = await ask('PUT', `/Users/${id}`, {
      body: whole,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    expect(put).toMatchObject({ status: 200, headers: { etag: 'W/"3"' } });
    expect(put.body).toMatchObject({ userName: whole.userName, active: false });
    expect(put.body).not.toHaveProperty('emails');
  });

  it('sends many at once (section 3.7), and deletes one (section 3.6)', async () => {
    const { status, body } = await ask('POST', '/Bulk', {
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        failOnErrors: 1,
        Operations: [
          {
            method: 'POST',
            path: '/Users',
            bulkId: 'qwerty',
            data: { schemas: [CORE], userName: 'alice@rz1.nhs.example' },
          },
          { method: 'DELETE', path: `/Users/${id}`, version: 'W/"3"' },
        ],
      },
    });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { Operations: [{ bulkId: 'qwerty', status: '201' }, { status: '204' }] },
    });
    expect((await ask('DELETE', `/Users/${id}`)).status).toBe(404);
  });

  it.each<[string, string, unknown, Readonly<Record<string, string>>, number]>([
    ['a name twice', '/Users', '{"schemas":[],"schemas":[]}', {}, 400],
    ['the prototype', '/Users', '{"__proto__":{"active":true}}', {}, 400],
    ['no JSON', '/Users', '{', {}, 400],
    ['nothing', '/Users', '', {}, 400],
    [
      'a form',
      '/Users',
      'userName=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
    ],
    ['plain text', '/Users', '{}', { 'content-type': 'text/plain' }, 415],
    ['more than a megabyte', '/Bulk', `"${'x'.repeat(1_048_576)}"`, {}, 413],
    ['a path that climbs', '/Users/..%2f..%2fgraphql', {}, {}, 404],
  ])('is told when it sends %s', async (_what, path, body, headers, status) => {
    const answer = await ask('POST', path, { body, headers });
    expect(answer).toMatchObject({ status, body: { status: String(status) } });
  });

  it('is told that nothing can be said while the subgraph is down', async () => {
    isDown = true;
    const answer = await ask('GET', '/Users');
    isDown = false;
    expect(answer).toMatchObject({ status: 503, body: { status: '503' } });
    expect(answer.headers['retry-after']).toBe('5');
  });
});

describe('whoever leaves before the answer', () => {
  afterEach(() => {
    held = undefined;
  });

  /** Asks and leaves once nhsmail has been asked, and gives the signal that nhsmail works under. */
  async function leave(method: string, path: string, body?: string) {
    const asked = Promise.withResolvers<SubgraphMessage>();
    const letGo = Promise.withResolvers<undefined>();
    held = async (message) => {
      asked.resolve(message);
      await letGo.promise;
    };
    const authorization = `Bearer ${await token(TRUST, { aud: AUDIENCE })}`;
    const accepted = once(graph.app.server, 'connection') as Promise<[Socket]>;
    const client = request(`${url}${path}`, {
      method,
      agent: false,
      headers: { authorization, 'content-type': 'application/scim+json' },
    });
    client.on('error', () => undefined);
    client.end(body);
    const [served] = await accepted;
    const { deadline } = await asked.promise;
    client.destroy();
    if (!served.destroyed) await once(served, 'close');
    held = undefined;
    const goOn = (): void => {
      letGo.resolve(undefined);
    };
    return { ...deadline, letGo: goOn };
  }

  it('has no more looked up', async () => {
    const { signal, letGo } = await leave('GET', '/Users');
    expect(isClientGone(signal)).toBe(true);
    letGo();
  });

  it('has the change made all the same', async () => {
    const userName = 'leaver@rz1.nhs.example';
    const account = { schemas: [CORE], userName, name: { familyName: 'Leaver', givenName: 'L' } };
    const { signal, letGo } = await leave('POST', '/Users', JSON.stringify(account));
    expect(signal.aborted).toBe(false);
    letGo();
    const filter = encodeURIComponent(`userName eq "${userName}"`);
    let found: unknown = 0;
    for (let tries = 0; found !== 1 && tries < 600; tries += 1) {
      found = (await ask('GET', `/Users?filter=${filter}`)).body?.['totalResults'];
      if (found !== 1) await setTimeout(50);
    }
    expect(found).toBe(1);
  });
});

describe('whoever may not push accounts', () => {
  it.each<[string, Options, number]>([
    ['a token for the graph', { claims: { aud: 'https://graph.example/graphql' } }, 401],
    ['a token that has ended', { claims: { exp: NOW.getTime() / 1000 - 60 } }, 401],
    ['a token bound to a key, as a bearer', { claims: { cnf: { jkt: 'x'.repeat(43) } } }, 401],
    ['another scope', { as: { ...TRUST, scopes: 'hr:read' } }, 403],
    [
      'a token of no organisation',
      { as: { subject: 'd', clientId: 'd', scopes: 'directory:write' } },
      403,
    ],
    ['a token of a person', { as: { ...TRUST, subject: 'stf_1' } }, 403],
  ])('is refused with %s', async (_what, options, status) => {
    for (const [method, path] of [
      ['GET', '/Users'],
      ['POST', '/Bulk'],
      ['GET', '/Schemas'],
      ['DELETE', '/Users/x'],
    ] as const) {
      const answer = await ask(method, path, {
        ...options,
        ...(method === 'POST' && { body: {} }),
      });
      expect({ path, ...answer }).toMatchObject({ path, status, body: { status: String(status) } });
    }
  });

  it('is refused without a token, before what it sends is read', async () => {
    const response = await fetch(`${url}/Users`, { method: 'POST', body: 'anything' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is refused once its token was taken back', async () => {
    graph.identity.entries.push({
      kind: 'client',
      value: 'directory-rz9',
      notBefore: NOW.getTime(),
    });
    graph.identity.version = 'v1';
    const as = { ...TRUST, subject: 'directory-rz9', clientId: 'directory-rz9' };
    let status = 0;
    for (let tries = 0; status !== 401 && tries < 600; tries += 1) {
      ({ status } = await ask('GET', '/Schemas', { as }));
      if (status !== 401) await setTimeout(100);
    }
    expect(status).toBe(401);
  }, 90_000);
});
