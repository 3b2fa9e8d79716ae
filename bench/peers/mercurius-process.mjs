/** Mercurius as a gateway of Federation 1, with its compiler on. It composes from what the subgraphs say they are. */
import mercurius from 'mercurius';
import gateway from '@mercuriusjs/gateway';
import { fastify } from 'fastify';

import { serveParent } from '../child.ts';

const { subgraphs } = JSON.parse(process.argv[2]);

const app = fastify();
await app.register(gateway, {
  jit: 1,
  gateway: {
    services: Object.entries(subgraphs).map(([name, url]) => ({
      name,
      url: `${url}/graphql`,
      connections: 50,
    })),
  },
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
serveParent({ url: `${url}/graphql` }, () => app.close());
