/** The graph as it is served: the supergraph of the moment, its planner and rules, and the server in front. */
import type { ApolloServer } from '@apollo/server';
import { printSchema } from 'graphql';

import { accessLog } from '../access-log.ts';
import {
  type AuthorizingGateway,
  authorizingGateway,
} from '../authorization/authorizing-gateway.ts';
import type { GatewayContext } from '../context.ts';
import { USUAL_COSTS } from '../cost/cost-limits.ts';
import { startGraphqlServer } from '../graphql-server.ts';
import type { GatewayMetrics } from '../metrics/metrics.ts';
import { observedPlanner } from '../planning/observed-planner.ts';
import { startPlanner } from '../planning/planner.ts';
import { referenceCache } from '../reference-cache/reference-cache.ts';
import { staged } from '../scenario.ts';
import { subgraphAsker } from '../subgraphs/subgraph-asker.ts';
import {
  type FollowedSupergraph,
  followSupergraph,
  readSupergraph,
} from '../supergraph/follow-supergraph.ts';
import type { GatewayParts, GatewaySettings } from './parts.ts';
import type { Ways } from './ways.ts';

/** A served graph. */
export interface ServedGraph {
  readonly server: ApolloServer<GatewayContext>;
  /** Operations that the server has run before. */
  readonly known: AuthorizingGateway['known'];
  /** The schema that clients see, where they may see it. */
  readonly clientSdl: () => string;
  /** Where supergraphs come from; `undefined` when there is but one. */
  readonly followed: FollowedSupergraph | undefined;
  readonly stop: () => Promise<void>;
}

const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);

/**
 * Starts to serve the graph.
 *
 * @param open whether clients may see the schema
 */
export async function serveGraph(
  settings: GatewaySettings,
  parts: GatewayParts,
  {
    ways,
    metrics,
    open,
  }: {
    readonly ways: Ways;
    readonly metrics: GatewayMetrics | undefined;
    readonly open: boolean;
  },
): Promise<ServedGraph> {
  const { log, keyValue } = parts;
  const path = settings.GATEWAY_SUPERGRAPH ?? SUPERGRAPH;
  const supergraphSdl = parts.supergraphSdl ?? (await readSupergraph(path));
  const ask = subgraphAsker(ways.subgraph);
  const references = keyValue === undefined ? undefined : referenceCache(keyValue, ask, log);
  const asked = references?.ask ?? ask;
  const planner =
    parts.startPlanner ?? ((sdl: string) => startPlanner({ supergraphSdl: sdl, log }));
  const gateway = authorizingGateway({
    supergraphSdl,
    ask: open ? staged(asked) : asked,
    recordAccess: accessLog(ways.subgraphs.passport),
    log,
    metrics,
    startPlanner: (sdl) => observedPlanner(planner(sdl), metrics),
    costLimits: {
      person: settings.GATEWAY_COST_PERSON ?? USUAL_COSTS.person,
      machine: settings.GATEWAY_COST_MACHINE ?? USUAL_COSTS.machine,
    },
  });
  let clientSdl = '';
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    if (open) clientSdl = printSchema(apiSchema);
  });
  const server = await startGraphqlServer({ gateway, log, open });
  const followed =
    parts.supergraphSdl === undefined
      ? followSupergraph({ path, served: supergraphSdl, take: gateway.replace, log })
      : undefined;
  return {
    server,
    known: gateway.known,
    clientSdl: () => clientSdl,
    followed,
    stop: async () => {
      await followed?.stop();
      await references?.stop();
      await server.stop();
    },
  };
}
