import { EventEmitter, once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { createLog } from '../../../runtime/log.ts';
import { plannerOf, RULED_SUPERGRAPH, startTestGraph, type TestGraph } from './test-graph.ts';

const lines: { readonly msg: string; readonly reason?: string; readonly err?: unknown }[] = [];
const log = createLog(
  { name: 'test', level: 'warn' },
  { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[number]) },
);

/** Where an operation waits for its plan, while a test wants it to. */
const planning = new EventEmitter();
let holding = false;

let folder: string;
let file: string;
let graph: TestGraph;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  file = join(folder, 'supergraph.graphql');
  await writeFile(file, RULED_SUPERGRAPH);
  graph = await startTestGraph({
    log,
    settings: { GATEWAY_SUPERGRAPH: file },
    startPlanner: (sdl) => {
      let stopped = false;
      return {
        plan: async (document, operationName) => {
          if (holding) {
            planning.emit('held');
            await once(planning, 'release');
          }
          if (stopped) throw new Error('the planner was stopped');
          return plannerOf(sdl)(document, operationName);
        },
        ready: () => Promise.resolve(),
        stop: () => {
          stopped = true;
          return Promise.resolve();
        },
      };
    },
  });
});
afterAll(async () => {
  await graph.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => void lines.splice(0));

/** The graph without the field `nickname`. */
const SMALLER = RULED_SUPERGRAPH.replace(/^ {2}nickname:.*\n/m, '');
/** The same graph in another text. */
const numbered = (sdl: string, number: number) => `${sdl}\n# ${String(number)}\n`;

const asker = { scopes: 'self:read' };
const serve = async (sdl: string): Promise<void> => {
  // A file half written would be looked at too.
  await writeFile(`${file}.next`, sdl);
  await rename(`${file}.next`, file);
  await graph.lookForSupergraph();
};
const described = async () => {
  const { details } = (await graph.app.inject('/readyz')).json<{
    details: { supergraph: string };
  }>();
  return details.supergraph;
};

describe('another supergraph', () => {
  it('is served to whoever asks after it, whether or not the operation was known', async () => {
    const known = () => graph.ask('{ me { id nickname } }', asker);
    expect((await known()).data).toEqual({ me: { id: 'stf_self', nickname: 'nick-stf_self' } });
    expect((await known()).status).toBe(200);
    await serve(SMALLER);
    expect((await known()).status).toBe(400);
    expect((await graph.ask('{ me { nickname } }', asker)).status).toBe(400);
    expect((await graph.ask('{ me { id } }', asker)).data).toEqual({ me: { id: 'stf_self' } });
    await serve(RULED_SUPERGRAPH);
    expect((await known()).data).toEqual({ me: { id: 'stf_self', nickname: 'nick-stf_self' } });
    expect(await described()).toMatch(/^serves [0-9a-f]{12}$/);
  });

  it('is taken up again and again while many ask, and every one of them is answered', async () => {
    let asking = true;
    let operation = 0;
    const askOn = async (): Promise<readonly number[]> => {
      const statuses: number[] = [];
      while (asking) {
        operation += 1;
        // Every other one has never been seen before.
        const name = operation % 2 === 0 ? 'Known' : `New${String(operation)}`;
        const answer = await graph.ask(`query ${name} { me { id passport { status } } }`, asker);
        statuses.push(answer.errors.length === 0 ? answer.status : 0);
      }
      return statuses;
    };
    const all = Promise.all(Array.from({ length: 4 }, askOn));
    for (let number = 0; number < 3; number += 1) {
      await serve(numbered(number % 2 === 0 ? SMALLER : RULED_SUPERGRAPH, number));
      await graph.ask('{ __typename }', asker);
    }
    asking = false;
    const statuses = (await all).flat();
    expect(statuses.length).toBeGreaterThan(4);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(lines).toEqual([]);
  });

  it('leaves an operation that waits for its plan to the graph on which it began', async () => {
    await serve(RULED_SUPERGRAPH);
    holding = true;
    const arrival = once(planning, 'held');
    const waiting = graph.ask('query Waits { me { id nickname } }', asker);
    await arrival;
    holding = false;
    await serve(SMALLER);
    expect((await graph.ask('{ me { nickname } }', asker)).status).toBe(400);
    planning.emit('release');
    expect((await waiting).data).toEqual({ me: { id: 'stf_self', nickname: 'nick-stf_self' } });
  });

  it('with other rules is judged by them at once, for operations that are known too', async () => {
    await serve(RULED_SUPERGRAPH);
    const read = () => graph.ask('{ me { id nickname } }', asker);
    expect((await read()).errors).toEqual([]);
    await serve(
      RULED_SUPERGRAPH.replace(
        '  nickname: String',
        '  nickname: String @requiresScopes(scopes: [["hr:read"]])',
      ),
    );
    const { data, errors } = await read();
    expect(data).toEqual({ me: { id: 'stf_self', nickname: null } });
    expect(errors[0]?.path).toEqual(['me', 'nickname']);
  });
});

describe('a supergraph that cannot be served', () => {
  it.each([
    ['is not GraphQL', 'type Query {', 'GraphQLError'],
    ['is empty', '', 'GraphQLError'],
    [
      'is no supergraph',
      'type Query { me: String @authenticated }',
      'supergraph_field_without_rule',
    ],
    ['links what nobody knows', RULED_SUPERGRAPH.replace('join/v0.5', 'join/v9.9'), 'GraphQLError'],
    [
      'names a type that is not there',
      RULED_SUPERGRAPH.replace('  nickname: String', '  nickname: Nowhere'),
      /^[A-Za-z_]+$/,
    ],
    [
      'has a way in without a rule',
      RULED_SUPERGRAPH.replace('  open: String @authenticated', '  open: String'),
      'supergraph_field_without_rule',
    ],
    [
      'uses names that are the gateway’s own',
      RULED_SUPERGRAPH.replace(
        '  nickname:',
        '  _as_x: String @join__field(graph: ESR)\n  nickname:',
      ),
      /^[A-Za-z_]+$/,
    ],
  ])('changes nothing when it %s', async (_what, sdl, reason) => {
    await serve(RULED_SUPERGRAPH);
    lines.splice(0);
    await serve(sdl);
    await graph.lookForSupergraph();
    const answer = await graph.ask('{ me { nickname } }', asker);
    expect(answer.data).toEqual({ me: { nickname: 'nick-stf_self' } });
    expect(lines.map(({ msg, err }) => ({ msg, err }))).toEqual([
      { msg: 'a supergraph was refused: the one before is served' },
    ]);
    expect(lines[0]?.reason).toMatch(reason);
    expect(await described()).toMatch(/^serves [0-9a-f]{12}, refused /);
    expect((await graph.app.inject('/readyz')).statusCode).toBe(200);
  });

  it('changes nothing when the file is away', async () => {
    await serve(RULED_SUPERGRAPH);
    await rm(file);
    await graph.lookForSupergraph();
    expect(await described()).toMatch(/refused unread \(ENOENT\)$/);
    expect((await graph.ask('{ me { nickname } }', asker)).status).toBe(200);
    await serve(RULED_SUPERGRAPH);
    expect(await described()).toMatch(/^serves [0-9a-f]{12}$/);
  });
});
