import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

import { createGatewayRuntime } from '@graphql-hive/gateway';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

import { serveParent } from '../child.ts';

/** Starts Hive Gateway with its Rust query planner and the executor made for it. */
export async function serveHive({ supergraphPath }, settings) {
  const gateway = createGatewayRuntime({
    supergraph: await readFile(supergraphPath, 'utf8'),
    unifiedGraphHandler,
    logging: 'error',
    landingPage: false,
    graphiql: false,
    ...settings,
  });
  const server = createServer(gateway);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  serveParent({ url: `http://127.0.0.1:${server.address().port}/graphql` }, async () => {
    server.closeAllConnections();
    server.close();
  });
}
