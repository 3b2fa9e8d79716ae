/** The floor: the same requests to the subgraphs, written by hand, with no GraphQL in between. */
import { fastify } from 'fastify';
import { Pool } from 'undici';

import { serveParent } from '../child.ts';
import { answererByHand } from './by-hand.ts';
import type { ContenderSettings } from './contenders.ts';

const { subgraphs } = JSON.parse(process.argv[2] ?? '{}') as ContenderSettings;

/** Connections to one subgraph, as the product has them. */
const CONNECTIONS = 50;

const pool = (url: string) => new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
const pools = {
  esr: pool(subgraphs.esr),
  nhsmail: pool(subgraphs.nhsmail),
  passport: pool(subgraphs.passport),
};
const headers = { 'content-type': 'application/json', accept: 'application/json' };
const answer = answererByHand(async (subgraph, body) => {
  const given = await pools[subgraph].request({ method: 'POST', path: '/graphql', headers, body });
  return given.body.text();
});

const app = fastify();
app.post('/graphql', async (request, reply) => {
  const { variables } = request.body as { readonly variables: Parameters<typeof answer>[0] };
  reply.header('content-type', 'application/json; charset=utf-8');
  const { data } = await answer(variables, undefined);
  return JSON.stringify({ data });
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
serveParent({ url: `${url}/graphql` }, () => app.close());
