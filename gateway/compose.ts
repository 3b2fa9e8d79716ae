/** Puts the gateway together. */
import { ConfigError } from '../runtime/config.ts';
import type { Composed } from '../runtime/http-server.ts';
import { followCallers } from './composition/callers.ts';
import { openDoors } from './composition/doors.ts';
import type { GatewayParts, GatewaySettings } from './composition/parts.ts';
import { serveGraph, type ServedGraph } from './composition/served-graph.ts';
import { openWays } from './composition/ways.ts';
import { countStatuses } from './metrics/serve-metrics.ts';
import { startMetrics } from './metrics/start-metrics.ts';
import { openStreams } from './stream/open-streams.ts';

/** A composed gateway. */
export interface ComposedGateway extends Composed {
  /** Looks at the file with the supergraph now. */
  readonly lookForSupergraph: () => Promise<void>;
  /** Asks the subgraphs now what has changed. */
  readonly lookForChanges: () => Promise<void>;
}

/** Composes the gateway. */
export async function composeGateway(
  settings: GatewaySettings,
  parts: GatewayParts,
): Promise<ComposedGateway> {
  if (parts.invented !== undefined && settings.NODE_ENV === 'production')
    throw new ConfigError('nobody is invented in production');
  const open = settings.NODE_ENV === 'development';
  const streams = openStreams();
  const served: { graph?: ServedGraph } = {};
  const metrics = await startMetrics(settings, {
    streams: streams.count,
    supergraphs: () => served.graph?.followed?.counts() ?? { taken: 0, refused: 0 },
  });
  const ways = openWays(settings, parts, metrics?.counts);
  const callers = followCallers(settings, parts, ways.identity);
  const graph = await serveGraph(settings, parts, { ways, metrics: metrics?.counts, open });
  served.graph = graph;
  const doors = await openDoors(settings, parts, {
    ways,
    callers,
    graph,
    streams,
    metrics: metrics?.counts,
    open,
  });
  const { followed } = graph;

  return {
    routes: async (app) => {
      if (metrics !== undefined) countStatuses(app, metrics.counts);
      for (const routes of doors.routes) await app.register(routes);
    },
    door: doors.turnAway,
    checks: { ...ways.checks, ...callers.checks },
    details: followed === undefined ? {} : { supergraph: followed.describe },
    lookForSupergraph: async () => {
      await followed?.look();
    },
    lookForChanges: async () => {
      await doors.lookForChanges();
    },
    stop: async () => {
      await metrics?.stop();
      await doors.stop();
      callers.stop();
      await graph.stop();
      await Promise.all([ways.close(), parts.keyValue?.close()]);
    },
  };
}
