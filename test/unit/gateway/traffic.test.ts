import { setTimeout } from 'node:timers/promises';

import { afterEach, describe, expect, it } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { readFileSync } from 'node:fs';

import { rateLimitsSetting } from '../../../gateway/rate-limits/settings.ts';
import { FIELDS_WITH_WORK, operationWork } from '../../../gateway/shedding/operation-work.ts';
import { createHttpServer } from '../../../runtime/http-server.ts';
import { type LoadMeter, measureLoad, WORK, type Work } from '../../../runtime/load.ts';
import { createLog } from '../../../runtime/log.ts';
import { jwkThumbprint } from '../../../standards/jwk-thumbprint.ts';
import { testKey } from '../standards/keys.ts';
import { provePossession } from './possession-proof.ts';
import {
  type Answer,
  type Asker,
  NOW,
  startTestGraph,
  type TestGraph,
  token,
  UNLIMITED,
} from './test-graph.ts';

let graph: TestGraph | undefined;
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
});

const staff: Asker = { scopes: 'self:read' };
const QUERY = '{ me { nickname } }';
const few = { perSecond: 0.2, perDay: 1_000 };

const limited = async (settings: object): Promise<TestGraph> =>
  (graph = await startTestGraph({
    settings: { GATEWAY_RATE_LIMITS: { ...UNLIMITED, ...settings } },
  }));
/** Somebody else has asked before: an operation that has yet to be planned counts for more. */
const askedBefore = async ({ ask }: TestGraph): Promise<void> => {
  const asker = { ...staff, subject: 'stf_before', clientId: 'before' };
  expect(await ask(QUERY, asker)).toMatchObject({ status: 200 });
};
const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status);

describe('a rate limit', () => {
  it('lets a person ask so often, whatever they ask with, and says when to come back', async () => {
    const started = await limited({ person: few });
    await askedBefore(started);
    const { ask } = started;
    const answers = [
      await ask(QUERY, staff),
      await ask(QUERY, { ...staff, clientId: 'another' }),
      await ask(QUERY, staff),
    ];
    expect(statuses(answers)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers).toMatchObject({
      ratelimit: '"person";r=1;t=10',
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '10',
    });
    expect(answers[0]?.headers['ratelimit-policy']).toMatch('"person";q=2;w=10');
    expect(answers[2]?.headers).toMatchObject({ 'retry-after': '10', 'ratelimit-remaining': '0' });
    expect(answers[2]?.errors).toEqual([
      {
        message: 'Too many requests. Try again later.',
        extensions: { code: 'TOO_MANY_REQUESTS', retryAfter: 10, requestId: 'request-0001' },
      },
    ]);
    expect(await ask(QUERY, { ...staff, subject: 'stf_2' })).toMatchObject({ status: 200 });
  });

  it('lets an application ask so often, whoever uses it', async () => {
    const started = await limited({ clients: { app: few } });
    await askedBefore(started);
    const { ask } = started;
    const by = (subject: string) => ask(QUERY, { ...staff, subject, clientId: 'app' });
    const answers = [await by('stf_1'), await by('stf_2'), await by('stf_3')];
    expect(statuses(answers)).toEqual([200, 200, 429]);
  });

  it('ends with the day as well', async () => {
    const { ask } = await limited({ person: { perDay: 2 } });
    const answers = [await ask(QUERY, staff), await ask(QUERY, staff)];
    expect(statuses(answers)).toEqual([200, 429]);
    expect(answers[1]?.headers).toMatchObject({ ratelimit: '"person-day";r=0;t=43200' });
  });

  it('counts an operation as one request for each thousand that it costs', async () => {
    const hr: Asker = { scopes: 'hr:read', purpose: 'HR_ADMINISTRATION', ods: 'RZ1' };
    const { ask, sent } = await limited({ person: { perSecond: 0.3, perDay: 1_000 } });
    const costly = '{ page(first: 20) { page(first: 100) { nickname } } }';
    const small = '{ page(first: 5) { nickname } }';
    const answers = [await ask(costly, hr), await ask(small, hr), await ask(costly, hr)];
    // Three requests in ten seconds: the first had come, and was refused when its cost of more than 2,000 was known. The second
    // counts as two, for it had yet to be planned.
    expect(statuses(answers)).toEqual([429, 200, 429]);
    expect(sent.filter(({ path }) => path === '/graphql')).toHaveLength(1);
    expect(answers[0]?.errors.map(({ extensions }) => extensions['code'])).toEqual([
      'TOO_MANY_REQUESTS',
    ]);
    expect(answers[0]?.headers).toMatchObject({ 'retry-after': '10' });
    // By Apollo Server, and past it.
    expect(answers.map(({ errors }) => errors[0]?.extensions['retryAfter'])).toEqual([
      10,
      undefined,
      10,
    ]);
  });

  it('holds for those who have not signed in', async () => {
    const { ask } = await limited({ address: few });
    const answers = [await ask(QUERY), await ask(QUERY)];
    // The first had yet to be planned.
    expect(statuses(answers)).toEqual([200, 429]);
  });

  it('counts a token that is refused against the address, and a purpose against the caller', async () => {
    const { ask, post } = await limited({ address: few, person: few });
    const headers = { 'content-type': 'application/json', authorization: 'Bearer a.b.c' };
    const bad = () => post({ headers, body: JSON.stringify({ query: QUERY }) });
    const refused = [await bad(), await bad(), await bad()];
    expect(statuses(refused)).toEqual([401, 401, 429]);
    expect(refused[1]?.headers).toMatchObject({ 'ratelimit-remaining': '0' });
    expect(refused[2]?.headers).toMatchObject({ 'retry-after': '10' });
    // Whoever has a good token is not that address.
    expect(await ask(QUERY, staff)).toMatchObject({ status: 200 });
    const elsewhere = await token(
      { ...staff, subject: 'stf_2' },
      { purposes: ['HR_ADMINISTRATION'] },
    );
    const answers: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const { status } = await post({
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${elsewhere}`,
          'lanyard-purpose': 'PRE_EMPLOYMENT',
        },
        body: JSON.stringify({ query: QUERY }),
      });
      answers.push(status);
    }
    expect(answers).toEqual([403, 403, 429]);
  });

  it('counts those who have not signed in by the address that the proxy saw', async () => {
    const { post } = await limited({ address: few });
    const from = async (forwarded: string) => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded };
      return (await post({ headers, body: '{"query":"{ a }"}' })).status;
    };
    const all = ['192.0.2.1', '192.0.2.9, 192.0.2.1', '192.0.2.1', '192.0.2.2'];
    const answers: number[] = [];
    for (const forwarded of all) answers.push(await from(forwarded));
    expect(answers).toEqual([200, 200, 429, 200]);
  });

  it('tells each of many who are signed out at once, behind one address', async () => {
    const { identity, hearIdentity, ask } = await limited({ address: few });
    identity.entries.push({ kind: 'all', value: '', notBefore: NOW.getTime() });
    await hearIdentity('v1');
    const answers = [];
    for (const subject of ['stf_1', 'stf_2', 'stf_3', 'stf_1', 'stf_1'])
      answers.push(await ask(QUERY, { ...staff, subject }));
    expect(statuses(answers)).toEqual([401, 401, 401, 401, 429]);
  });

  it.each([
    ['POST', '/graphql/stream', 401],
    ['GET', '/exports/exp_1/part-0001', 401],
    ['GET', '/usage/rota', 401],
    ['GET', '/scim/v2/Users', 401],
  ] as const)('counts who is refused at %s %s alike', async (method, url, status) => {
    const { app } = await limited({ address: few });
    const ask = async (headers: Record<string, string>) =>
      app.inject({
        method,
        url,
        headers,
        ...(method === 'POST' ? { payload: { query: 'subscription { a }' } } : {}),
      });
    const answers = [await ask({ authorization: 'Bearer a.b.c' }), await ask({}), await ask({})];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([status, status, 429]);
    expect(answers[1]?.headers['www-authenticate']).toBeDefined();
    expect(answers[2]?.headers).toMatchObject({ 'retry-after': '10', 'ratelimit-remaining': '0' });
  });

  it.each(['{"person":{"perSecond":0}}', '{"persons":{}}', '{'])('is not set to %s', (text) => {
    expect(rateLimitsSetting.safeParse(text).success).toBe(false);
  });

  it('is what it is when nothing is set', () => {
    expect(rateLimitsSetting.parse('')).toBeUndefined();
  });
});

describe('a bound token over its limit', () => {
  const key = testKey();
  const prove = (accessToken: string, by = key) => provePossession(accessToken, by);
  const bound = (asker = staff) => token(asker, { cnf: { jkt: jwkThumbprint(key.jwk) } });
  const askWith = (accessToken: string, dpop: string, remoteAddress = '127.0.0.1') =>
    graph?.post({
      remoteAddress,
      headers: {
        'content-type': 'application/json',
        authorization: `DPoP ${accessToken}`,
        dpop,
      },
      body: JSON.stringify({ query: QUERY }),
    });

  it('costs identity nothing', async () => {
    const started = await limited({ person: few });
    await askedBefore(started);
    const accessToken = await bound();
    const answers = [];
    for (let time = 0; time < 4; time += 1)
      answers.push((await askWith(accessToken, await prove(accessToken)))?.status);
    expect(answers).toEqual([200, 200, 429, 429]);
    expect(started.identity.proofs.size).toBe(2);
  });

  it('takes nothing from its person when it is the application that has nothing left', async () => {
    const started = await limited({ person: { perSecond: 1 }, clients: { app: few } });
    await askedBefore(started);
    const accessToken = await bound({ ...staff, clientId: 'app' });
    const answers = [];
    for (let time = 0; time < 6; time += 1)
      answers.push(await askWith(accessToken, await prove(accessToken)));
    expect(answers.map((answer) => answer?.status)).toEqual([200, 200, 429, 429, 429, 429]);
    expect(answers[5]?.headers).toMatchObject({ 'retry-after': '10', 'ratelimit-remaining': '0' });
    const { headers } = await started.ask(QUERY, { ...staff, clientId: 'another' });
    expect(headers).toMatchObject({ 'ratelimit-limit': '10', 'ratelimit-remaining': '7' });
  });

  it('is not put there by whoever stole it, not even with a proof that was seen', async () => {
    await askedBefore(await limited({ person: few }));
    const accessToken = await bound();
    const proof = await prove(accessToken);
    expect((await askWith(accessToken, proof))?.status).toBe(200);
    const stolen = [proof, await prove(accessToken, testKey()), 'none'];
    for (const [index, given] of stolen.entries()) {
      const answer = await askWith(accessToken, given, `10.0.0.${String(index)}`);
      expect(answer?.status).toBe(401);
    }
    expect((await askWith(accessToken, await prove(accessToken)))?.status).toBe(200);
  });
});

it('says when to come back where an operation cannot be looked up', async () => {
  graph = await startTestGraph();
  graph.identity.down = true;
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await token(staff)}`,
  };
  const payload = JSON.stringify({ documentId: `sha256:${'0'.repeat(64)}` });
  for (const url of ['/graphql', '/graphql/stream']) {
    const answer = await graph.app.inject({ method: 'POST', url, headers, payload });
    expect([url, answer.statusCode, answer.headers['retry-after']]).toEqual([url, 503, '5']);
  }
});

describe('too much to do', () => {
  it('lets go of what matters least first', () => {
    const load = measureLoad({ mostInFlight: 20 });
    const shedWith = (inFlight: number): readonly Work[] => {
      for (let request = 0; request < inFlight; request += 1) load.enter();
      const shed = WORK.filter((work) => load.sheds(work));
      for (let request = 0; request < inFlight; request += 1) load.leave();
      return shed;
    };
    const sizes = [0, 11, 13, 15, 17, 19, 21, 26, 31].map((inFlight) => shedWith(inFlight));
    load.stop();
    expect(sizes).toEqual([...WORK.map((_work, index) => WORK.slice(0, index)), WORK]);
  });

  it.each<[string, Work]>([
    ['{ me { nickname } }', 'read'],
    ['{ staffSearch { edges { node { id } } } }', 'search'],
    ['{ organisation(odsCode: "RZ1") { staff { edges { node { id } } } } }', 'bulk'],
    ['mutation { credentialRevoke { errors { code } } }', 'revoke'],
    ['mutation { credentialRevoke { errors { code } } } query { organisation { name } }', 'bulk'],
    ['query { ... { me { id } } }', 'read'],
    ['query { ...a } fragment a on Query { organisation { name } }', 'bulk'],
    ['{ presentation { id } me { id } }', 'read'],
    ['{ passportStops { edges { node { id } } } }', 'bulk'],
    ['{ newList(first: 10) { edges { node { id } } } }', 'bulk'],
    ['{ staffSearch(first: 10) { edges { node { id } } } }', 'search'],
  ])('finds in %s the work: %s', (text, work) => {
    expect(operationWork(parse(text))).toBe(work);
  });

  describe('by root fields of the graph', () => {
    const sdl = readFileSync('schema/supergraph.graphql', 'utf8');
    const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
    const fields = {
      ...schema.getQueryType()?.getFields(),
      ...schema.getMutationType()?.getFields(),
    };

    it('goes by those that there are', () => {
      expect(FIELDS_WITH_WORK.filter((name) => !Object.hasOwn(fields, name))).toEqual([]);
    });

    it('has a place for each that has pages', () => {
      const paged = Object.values(fields)
        .filter(({ args }) => args.some(({ name }) => name === 'first'))
        .map(({ name }) => name);
      expect(paged.length).toBeGreaterThan(20);
      expect(paged.filter((name) => !FIELDS_WITH_WORK.includes(name))).toEqual([]);
    });
  });

  it('is told by how late the event loop is', async () => {
    const load = measureLoad({ mostLate: 20 });
    const until = async (sheds: boolean, meanwhile: () => void) => {
      for (let turn = 0; turn < 200 && load.sheds('revoke') !== sheds; turn += 1) {
        meanwhile();
        await setTimeout(20);
      }
      return load.sheds('revoke');
    };
    expect(load.sheds('bulk')).toBe(false);
    const block = () => {
      const end = performance.now() + 120;
      while (performance.now() < end);
    };
    expect(await until(true, block)).toBe(true);
    expect(await until(false, () => undefined)).toBe(false);
    load.stop();
  });

  it('is answered at once, before the body is read, and not for health', async () => {
    const shed = new Set<Work>(['read']);
    const load: LoadMeter = {
      sheds: (work) => shed.has(work),
      enter: () => undefined,
      leave: () => undefined,
      stop: () => undefined,
    };
    const app = await createHttpServer({
      name: 'test',
      log: createLog({ name: 'test', level: 'silent' }),
      checks: {},
      draining: () => false,
      load,
      routes: [
        (plugin) => {
          plugin.post('/read', () => 'read');
          plugin.get('/list', { config: { work: 'status-list' } }, () => 'list');
          return Promise.resolve();
        },
      ],
    });
    const refused = await app.inject({ method: 'POST', url: '/read', payload: '{' });
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '1']);
    expect((await app.inject('/list')).statusCode).toBe(200);
    expect((await app.inject('/livez')).statusCode).toBe(200);
    await app.close();
  });

  it('refuses an operation that nobody has asked before, and answers a known one', async () => {
    const shed = new Set<Work>();
    graph = await startTestGraph({
      load: {
        sheds: (work) => shed.has(work),
        enter: () => undefined,
        leave: () => undefined,
        stop: () => undefined,
      },
    });
    expect(await graph.ask(QUERY, staff)).toMatchObject({ status: 200 });
    // What the graph does not find good is not known by having been asked.
    expect(await graph.ask('{ me { nothing } }', staff)).toMatchObject({ status: 400 });
    shed.add('bulk');
    expect(await graph.ask('{ me { nothing } }', staff)).toMatchObject({ status: 503 });
    expect(await graph.ask(QUERY, staff)).toMatchObject({ status: 200 });
    const refused = await graph.ask('{ me { id nickname } }', staff);
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(refused.errors).toEqual([
      {
        message: 'A source did not answer. Try again.',
        extensions: {
          code: 'SERVICE_UNAVAILABLE',
          retryable: true,
          retryAfter: 1,
          requestId: 'request-0001',
        },
      },
    ]);
    shed.add('revoke');
    expect(await graph.ask(QUERY, staff)).toMatchObject({ status: 503 });
    for (const work of WORK) shed.add(work);
    for (const url of ['/exports/exp_1/part-0001', '/scim/v2/Users', '/usage/rota']) {
      const answer = await graph.app.inject(url);
      expect([url, answer.statusCode, answer.headers['retry-after']]).toEqual([url, 503, '1']);
    }
  });
});
