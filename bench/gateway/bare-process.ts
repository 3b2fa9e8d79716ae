/** Our execution over HTTP with nothing in front of it: no token, no rules, no limits, no statements, no access log. */
import { readFile } from 'node:fs/promises';

import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { fastify } from 'fastify';

import { httpSubgraph } from '../../gateway/subgraphs/http-transport.ts';
import { serveParent } from '../child.ts';
import type { ContenderSettings } from './contenders.ts';

const { subgraphs, supergraphPath } = JSON.parse(process.argv[2] ?? '{}') as ContenderSettings;
const supergraphSdl = await readFile(supergraphPath, 'utf8');

const reached = {
  esr: httpSubgraph(subgraphs.esr),
  nhsmail: httpSubgraph(subgraphs.nhsmail),
  passport: httpSubgraph(subgraphs.passport),
};
const server = new ApolloServer({
  gateway: new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => ({
      async process({ request }) {
        const { query, variables, operationName } = request;
        const { body } = await reached[name as keyof typeof reached].send({
          path: '/graphql',
          body: JSON.stringify({ query, variables, operationName }),
          statement: '',
          requestId: '',
        });
        return JSON.parse(body) as never;
      },
    }),
  }),
  stopOnTerminationSignals: false,
});
await server.start();
const app = fastify();
app.post('/graphql', fastifyApolloHandler(server));
const url = await app.listen({ host: '127.0.0.1', port: 0 });
serveParent({ url: `${url}/graphql` }, async () => {
  await app.close();
  await Promise.all(Object.values(reached).map(({ close }) => close()));
});
