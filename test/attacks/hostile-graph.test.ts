/** Requests that mean the graph harm: refused with a code that stays the same, and not a word from inside. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';

import { Supergraph } from '@apollo/federation-internals';
import type { InjectOptions } from 'fastify';

import { readRequirements } from '../../gateway/authorization/requirements.ts';
import type { SubgraphTransport } from '../../gateway/subgraphs/transport.ts';
import { startTestGraph, type TestGraph, token } from '../unit/gateway/test-graph.ts';
import { badRequests } from './bad-requests.ts';
import { HOSTILE_REQUESTS, type HostileRequest } from './hostile-requests.ts';
import { COP_CHECKS } from './usual-checks.ts';

const COMMITTED = 'schema/supergraph.graphql';
const BAD = { seed: 10, count: 500 };
/** What may stand in an answer about a request that was not answered: no word of the schema, and nothing from inside. */
const FROM_INSIDE =
  /node_modules|\.[mc]?[jt]s\b|stack|\bat \w+ ?\(|did you mean|127\.0\.0\.1|localhost|10\.0\.0|\.invalid|leak|SELECT|exception|tracing/i;

/** All that is said to a bad request at random. */
const WORDS: ReadonlySet<string> = new Set([
  'BAD_REQUEST: The request is not a GraphQL request.',
  'FORBIDDEN: You are not allowed to do this.',
  'GRAPHQL_PARSE_FAILED: The operation is not GraphQL.',
  'GRAPHQL_VALIDATION_FAILED: The operation is not valid for this graph, or too large.',
  'INTERNAL_SERVER_ERROR: Something went wrong.',
  'OPERATION_RESOLUTION_FAILURE: There is no such operation in the document.',
]);

/** How the requests are refused that are not refused as operations that do not fit the graph, by name. */
const REFUSALS: readonly (readonly [name: RegExp, status: number, code: string])[] = [
  [/^GET as/, 405, 'BAD_REQUEST'],
  [/^POST as|^a preflight/, 415, 'BAD_REQUEST'],
  [/^a list of|^variables|^JSON|^a hash of another/, 400, 'BAD_REQUEST'],
  [/^a hash of no text/, 200, 'PERSISTED_QUERY_NOT_FOUND'],
  [/not closed$|comments$|commas$/, 400, 'GRAPHQL_PARSE_FAILED'],
  [/^a page of/, 400, 'INVALID_VALUE'],
  [/^a page in each/, 400, 'COST_EXCEEDED'],
];
const refusalOf = (name: string): readonly [status: number, codes: readonly string[]] => {
  const [, status = 400, code = 'GRAPHQL_VALIDATION_FAILED'] =
    REFUSALS.find(([pattern]) => pattern.test(name)) ?? [];
  return [status, [code]];
};
/** What an error has. */
const SHOWN = new Set(['message', 'path', 'extensions']);

/** A subgraph that says far too much. */
const leaking: SubgraphTransport = ({ path }) =>
  Promise.resolve(
    path === '/access-log'
      ? { status: 204, body: '' }
      : {
          status: 200,
          body: JSON.stringify({
            data: null,
            errors: [
              {
                message: 'leak: SELECT * FROM people at 10.0.0.7',
                extensions: { code: 'LEAK', stacktrace: ['at leak (/srv/leak.ts:1)'] },
              },
            ],
          }),
        },
  );

let graph: TestGraph;
let authorization: string;
beforeAll(async () => {
  graph = await startTestGraph({
    settings: { GATEWAY_SUPERGRAPH: COMMITTED },
    transports: { esr: leaking, nhsmail: leaking, passport: leaking },
  });
  const scopes = 'self:read hr:read passport:read passport:verify';
  authorization = `Bearer ${await token({ scopes, ods: 'RZ1' })}`;
});
afterAll(() => graph.stop());
beforeEach(() => void graph.sent.splice(0));

async function send({ method = 'POST', search = '', contentType, body }: Sent): Promise<Reply> {
  const answer = await graph.app.inject({
    method,
    url: `/graphql${search}`,
    headers: {
      accept: 'application/graphql-response+json',
      authorization,
      'lanyard-purpose': 'HR_ADMINISTRATION',
      ...(contentType === '' ? {} : { 'content-type': contentType ?? 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body }),
  } satisfies InjectOptions);
  const { data, errors = [] } = answer.json<{ data?: unknown; errors?: Reply['errors'] }>();
  return { status: answer.statusCode, text: answer.body, data, errors };
}
type Sent = Omit<HostileRequest, 'name'>;
interface Reply {
  readonly status: number;
  readonly text: string;
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: unknown;
    readonly extensions: { readonly code: string };
  }[];
}

describe('a hostile request', () => {
  it.each(HOSTILE_REQUESTS.map((request) => [request.name, request] as const))(
    'is refused: %s',
    async (name, request) => {
      const { status, text, data, errors } = await send(request);
      expect([status, errors.map(({ extensions }) => extensions.code)]).toEqual(refusalOf(name));
      expect(data ?? null).toBeNull();
      expect(text).not.toMatch(FROM_INSIDE);
      expect(text.length).toBeLessThan(400);
      expect(graph.sent).toEqual([]);
    },
  );
});

describe('a check of graphql-cop', () => {
  it.each(COP_CHECKS)('finds nothing: $name', async ({ request, found }) => {
    const { text } = await send(request);
    expect(found(JSON.parse(text))).toBe(false);
    expect(text).not.toMatch(FROM_INSIDE);
  });

  it.each(['/', '/graphiql', '/playground', '/console', '/graphql', '/graphql/explorer'])(
    'finds no page for developers at %s',
    async (url) => {
      const { body, headers } = await graph.app.inject({ url, headers: { accept: 'text/html' } });
      expect(headers['content-type']).not.toMatch('html');
      expect(body).not.toMatch(/graphiql|playground|<html/i);
    },
  );
});

describe(`${String(BAD.count)} bad requests at random`, () => {
  it('get clean and short answers, and the gateway lives on', async () => {
    const { sdl } = readRequirements(await readFile(COMMITTED, 'utf8'));
    const schema = Supergraph.build(sdl, { validateSupergraph: false })
      .apiSchema()
      .toGraphQLJSSchema();
    const statuses = new Map<number, number>();
    const words = new Set<string>();
    for (const body of badRequests(schema, BAD.seed, BAD.count)) {
      const { status, text, data, errors } = await send({ body });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      for (const error of errors) {
        words.add(`${error.extensions.code}: ${error.message}`);
        expect(Object.keys(error).filter((key) => !SHOWN.has(key))).toEqual([]);
      }
      // Where nothing was run there is one word for everything; what was run names what was asked for.
      const shown = data === undefined ? text : JSON.stringify(errors);
      expect(shown).not.toMatch(FROM_INSIDE);
      expect(data === undefined ? text.length : 0).toBeLessThan(400);
    }
    expect([...statuses.keys()].filter((status) => ![200, 400, 413].includes(status))).toEqual([]);
    expect(statuses.get(400)).toBeGreaterThan(BAD.count / 2);
    expect([...words].filter((said) => !WORDS.has(said))).toEqual([]);
    // Which of them are drawn depends on the schema; nearly all are.
    expect(words.size).toBeGreaterThanOrEqual(WORDS.size - 1);
    expect((await send({ body: '{"query":"{ __typename }"}' })).data).toEqual({
      __typename: 'Query',
    });
  });
});
