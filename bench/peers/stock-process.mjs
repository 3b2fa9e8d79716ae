/** `@apollo/gateway` behind Apollo Server, with default settings. */
import { readFile } from 'node:fs/promises';

import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

import { serveParent } from '../child.ts';

const { supergraphPath } = JSON.parse(process.argv[2]);
const supergraphSdl = await readFile(supergraphPath, 'utf8');

const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
serveParent({ url: `${new URL(url).origin}/graphql` }, () => server.stop());
