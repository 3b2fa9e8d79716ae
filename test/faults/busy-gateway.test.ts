/** The running gateway with too much to do, and with a subgraph that hangs: what goes first, and what never notices. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { Pool } from 'undici';

import { type HttpSubgraph, httpSubgraph } from '../../gateway/subgraphs/http-transport.ts';
import type { SubgraphTransport } from '../../gateway/subgraphs/transport.ts';
import { measureLoad } from '../../runtime/load.ts';
import { impatient } from '../impatient.ts';
import { eventually, type Started, startProgram } from '../servers/child.ts';
import { type Asker, startTestGraph, type TestGraph, token } from '../unit/gateway/test-graph.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly data: unknown;
  readonly errors: readonly object[];
}

/** A client on a connection of its own for each request under way. */
async function clientOf(graph: TestGraph) {
  await graph.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = graph.app.server.address() as AddressInfo;
  const pool = new Pool(`http://127.0.0.1:${String(port)}`);
  const ask = async (query: string, asker: Asker, variables = {}): Promise<Reply> => {
    const { statusCode, headers, body } = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${await token(asker)}`,
        ...(asker.purpose === undefined ? {} : { 'lanyard-purpose': asker.purpose }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await body.text();
    const { data, errors = [] } = JSON.parse(text) as { data?: unknown; errors?: object[] };
    return { status: statusCode, headers, text, data, errors };
  };
  return { ask, close: () => pool.close() };
}

describe('a gateway with too much to do', () => {
  /** As many requests as it bears at once. */
  const MOST = 20;
  const somebody = (subject: string): Asker => ({
    subject,
    scopes: 'self:read hr:read passport:verify passport:offer passport:revoke',
    ods: 'RZ1',
    purpose: 'HR_ADMINISTRATION',
  });
  const ONE = { i: { idempotencyKey: 'k' } };
  /** One operation of each kind of work, in the order in which they are let go. */
  const PROBES: Readonly<Record<string, string>> = {
    bulk: '{ organisation(odsCode: "RZ1") { name } }',
    search: '{ staffSearch(text: "a", first: 1) { edges { cursor } } }',
    read: '{ me { id } }',
    issue: 'mutation ($i: CredentialOfferInput!) { credentialOffer(input: $i) { __typename } }',
    verify: '{ presentationReceipt(presentationId: "1") { compact } }',
    revoke: 'mutation ($i: CredentialStatusInput!) { credentialRevoke(input: $i) { __typename } }',
  };

  let graph: TestGraph;
  let client: Awaited<ReturnType<typeof clientOf>>;
  const held = new EventEmitter();
  let holding = false;
  let asked = 0;
  const subgraph: SubgraphTransport = async ({ path }) => {
    asked += 1;
    if (holding) {
      held.emit('held');
      await once(held, 'release');
    }
    return path === '/access-log'
      ? { status: 204, body: '' }
      : { status: 200, body: '{"data":{"me":null,"presentationReceipt":null}}' };
  };
  beforeAll(async () => {
    held.setMaxListeners(MOST * 2);
    graph = await startTestGraph({
      settings: { GATEWAY_SUPERGRAPH: 'schema/supergraph.graphql' },
      transports: { esr: subgraph, nhsmail: subgraph, passport: subgraph },
      load: measureLoad({ mostInFlight: MOST }),
    });
    client = await clientOf(graph);
  });
  afterAll(async () => {
    held.emit('release');
    await client.close();
    await graph.stop();
  });

  it('lets go of what matters least first, says when to come back, and ends what it has begun', async () => {
    const refusals = async (): Promise<readonly string[]> => {
      const refused: string[] = [];
      for (const [work, query] of Object.entries(PROBES)) {
        const before = asked;
        const answer = await client.ask(query, somebody('stf_probe'), ONE);
        if (answer.status !== 503) continue;
        refused.push(work);
        expect(answer.headers).toMatchObject({ 'retry-after': '1' });
        expect(answer.errors).toMatchObject([
          { extensions: { code: 'SERVICE_UNAVAILABLE', retryable: true, retryAfter: 1 } },
        ]);
        expect(asked).toBe(before);
      }
      return refused;
    };
    const underWay: Promise<Reply>[] = [];
    /** Has so many requests wait for a subgraph. Each is somebody else's: one's own reads are shared. */
    const hold = async (query: string, until: number): Promise<void> => {
      holding = true;
      while (underWay.length < until) {
        const arrival = once(held, 'held').then(() => true);
        const answer = client.ask(query, somebody(`stf_${String(underWay.length)}`));
        // Answered at once: it was refused while this machine caught up with itself.
        const isUnderWay = await Promise.race([arrival, answer.then(() => false)]);
        if (isUnderWay) underWay.push(answer);
      }
      holding = false;
    };

    /** A machine that is late lets more go for a moment: what is under way stays, and its lateness does not. */
    const expectRefusals = (count: number): Promise<void> =>
      eventually(async () => {
        expect(await refusals()).toEqual(Object.keys(PROBES).slice(0, count));
      });

    // Known from here on: what nobody has asked before goes with the long lists.
    await expectRefusals(0);
    for (const [refused, until, query] of [
      [1, 10, 'read'],
      [2, 12, 'read'],
      [3, 14, 'read'],
      [4, 16, 'verify'],
      [5, 20, 'verify'],
    ] as const) {
      await hold(PROBES[query] ?? '', until);
      await expectRefusals(refused);
    }
    const live = await graph.app.inject('/livez');
    expect(live.statusCode).toBe(200);

    held.emit('release');
    const answers = await Promise.all(underWay);
    expect(answers.map(({ status, errors }) => [status, errors])).toEqual(
      answers.map(() => [200, []]),
    );
    await expectRefusals(0);
  });
});

describe('a subgraph whose process is stopped', () => {
  const FULL = '{ me { nickname passport { status } } }';
  const SMALL = '{ me { nickname } }';
  /** More than open the breaker. */
  const HUNG = 12;
  const nurse = (number: number): Asker => ({
    subject: `stf_${String(number)}`,
    scopes: 'self:read',
  });

  let graph: TestGraph;
  let client: Awaited<ReturnType<typeof clientOf>>;
  let program: Started;
  let passport: HttpSubgraph;
  let sent = 0;
  const signal = (name: NodeJS.Signals): void => void program.child.kill(name);
  beforeAll(async () => {
    program = startProgram(process.execPath, [
      fileURLToPath(new URL('answering-child.ts', import.meta.url)),
      '{"data":{"_entities":[{"passport":{"status":"ACTIVE"}}]}}',
    ]);
    const port = await eventually(() => {
      const [, found] = /port (\d+)/.exec(program.output()) ?? [];
      return found === undefined ? Promise.reject(new Error('no port')) : Promise.resolve(found);
    }, program);
    passport = httpSubgraph(`http://127.0.0.1:${port}`);
    graph = await startTestGraph({
      transports: {
        passport: (message) => {
          sent += 1;
          return passport.send(message);
        },
      },
    });
    client = await clientOf(graph);
  });
  afterAll(async () => {
    signal('SIGCONT');
    await client.close();
    await graph.stop();
    await passport.close();
    await program.stop();
  });

  it('costs its own fields alone, is left alone then, and is back when it goes on', async () => {
    const whole = (number: number) => ({
      me: { nickname: `nick-stf_${String(number)}`, passport: { status: 'ACTIVE' } },
    });
    const part = (number: number) => ({ me: { ...whole(number).me, passport: null } });
    const unavailable = {
      message: 'A source did not answer. Try again.',
      path: ['me', 'passport'],
      extensions: {
        code: 'SERVICE_UNAVAILABLE',
        source: 'passport',
        retryable: true,
        requestId: expect.any(String),
      },
    };
    expect(await client.ask(FULL, nurse(0))).toMatchObject({ data: whole(0), errors: [] });

    // Five seconds for an operation: too long for a machine to miss, and short enough to wait for.
    const patient = impatient(2);
    try {
      signal('SIGSTOP');
      const hanging = Array.from({ length: HUNG }, (_, number) => client.ask(FULL, nurse(number)));
      for (let number = 0; number < 2 * HUNG; number += 1) {
        const { data, errors } = await client.ask(SMALL, nurse(number));
        expect([data, errors]).toEqual([{ me: { nickname: `nick-stf_${String(number)}` } }, []]);
      }
      for (const [number, { status, data, errors }] of (await Promise.all(hanging)).entries()) {
        expect([status, data, errors]).toEqual([200, part(number), [unavailable]]);
      }
      // The breaker is open: of all of these, one at most is sent to see whether it is back.
      const before = sent;
      const after = await Promise.all(
        [1, 2, 3, 4, 5].map((number) => client.ask(FULL, nurse(number))),
      );
      expect(after.map(({ data }) => data)).toEqual([1, 2, 3, 4, 5].map(part));
      expect(sent - before).toBeLessThanOrEqual(1);
    } finally {
      patient();
    }

    signal('SIGCONT');
    await eventually(async () => {
      expect((await client.ask(FULL, nurse(1))).data).toEqual(whole(1));
    });
  });
});
