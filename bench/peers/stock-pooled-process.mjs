/** `@apollo/gateway` behind Apollo Server with another HTTP client, an undici pool, and nothing else changed. */
import { readFile } from 'node:fs/promises';

import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

import { serveParent } from '../child.ts';
import { pools } from './pools.mjs';

const { supergraphPath, subgraphs } = JSON.parse(process.argv[2]);
const supergraphSdl = await readFile(supergraphPath, 'utf8');
const pool = pools(subgraphs);

const gateway = new ApolloGateway({
  supergraphSdl,
  buildService: ({ url }) => ({
    async process({ request: { query, variables, operationName } }) {
      const answer = await pool(url).request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query, variables, operationName }),
      });
      return answer.body.json();
    },
  }),
});
const server = new ApolloServer({ gateway });
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
serveParent({ url: `${new URL(url).origin}/graphql` }, () => server.stop());
