/** Our execution over HTTP with nothing in front of it: no token, no rules, no limits, no statements, no access log. */
import { readFile } from 'node:fs/promises';

import { fastify } from 'fastify';
import {
  type FragmentDefinitionNode,
  getOperationAST,
  getVariableValues,
  Kind,
  parse,
  validate,
} from 'graphql';

import {
  compileOperation,
  type OperationRequest,
} from '../../gateway/execution/compile-operation.ts';
import { readGraph } from '../../gateway/execution/graph.ts';
import { startDeadline } from '../../gateway/deadline.ts';
import { planInThread } from '../../gateway/execution/plan-in-thread.ts';
import type { AskSubgraph, SubgraphAnswer } from '../../gateway/execution/ports.ts';
import { httpSubgraph } from '../../gateway/subgraphs/http-transport.ts';
import { serveParent } from '../child.ts';
import type { ContenderSettings } from './contenders.ts';

const { subgraphs, supergraphPath } = JSON.parse(process.argv[2] ?? '{}') as ContenderSettings;
const sdl = await readFile(supergraphPath, 'utf8');
const graph = readGraph(sdl);
const { schema } = graph;

const reached = new Map(Object.entries(subgraphs).map(([name, url]) => [name, httpSubgraph(url)]));
/** Nothing is said of who asks. */
const unsigned = { statement: '', requestId: '', path: '/graphql' } as const;
const ask: AskSubgraph = async (subgraph, { body, mutation }, { deadline }) => {
  const source = reached.get(subgraph);
  if (source === undefined) throw new Error('a subgraph that is not known');
  const answer = await source.send({ ...unsigned, body, repeatable: !mutation, deadline });
  return JSON.parse(answer.body) as SubgraphAnswer;
};
const environment = {
  graph,
  ask,
  plan: planInThread(sdl),
};

async function prepare(query: string) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (operation == null || validate(schema, document).length > 0) {
    throw new Error('an operation that is not valid');
  }
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const asked = { operation, fragments, document, withheld: undefined };
  return {
    compiled: await compileOperation(environment, asked),
    variables: operation.variableDefinitions ?? [],
  };
}
const known = new Map<string, ReturnType<typeof prepare>>();

const app = fastify();
app.post('/graphql', async (request, reply) => {
  const { query, variables } = request.body as Readonly<{
    query: string;
    variables: OperationRequest['variables'];
  }>;
  let prepared = known.get(query);
  if (prepared === undefined) known.set(query, (prepared = prepare(query)));
  const operation = await prepared;
  const { coerced, errors: faults } = getVariableValues(schema, operation.variables, variables);
  if (faults !== undefined) throw new Error('variables that are not valid');
  const context = { requestId: '', people: new Set<string>(), deadline: startDeadline(reply.raw) };
  const asked = { variables, coerced, context };
  const gathered = await operation.compiled.gather(asked);
  const { data, errors } = operation.compiled.shape(gathered, asked, () => {
    throw new Error('nothing is withheld');
  });
  reply.header('content-type', 'application/json; charset=utf-8');
  return JSON.stringify(errors.length === 0 ? { data } : { data, errors });
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
serveParent({ url: `${url}/graphql` }, async () => {
  await app.close();
  await Promise.all([...reached.values()].map(({ close }) => close()));
});
