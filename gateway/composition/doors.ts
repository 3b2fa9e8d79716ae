/** What clients reach: operations, streams of events, exports, pushed accounts, and the developers' pages. */
import type { FastifyPluginAsync } from 'fastify';

import { hearAnnouncements } from '../../runtime/announcements.ts';
import { memoryKeyValue } from '../../runtime/memory-key-value.ts';
import { shippedOperations } from '../../runtime/shipped-operations.ts';
import type { Door } from '../../runtime/http-server.ts';
import type { LoadMeter } from '../../runtime/load.ts';
import { exportRoute } from '../export-route.ts';
import { graphqlRoute } from '../graphql-route.ts';
import { registeredDocuments } from '../identity/registered-documents.ts';
import { developerPages } from '../pages/routes.ts';
import { clientUsage, notedLimits } from '../rate-limits/client-usage.ts';
import { usageRoute } from '../usage-route.ts';
import { countedLimits } from '../metrics/counted-limits.ts';
import type { GatewayMetrics } from '../metrics/metrics.ts';
import { lookingLimits, rateLimiter } from '../rate-limits/rate-limiter.ts';
import { sharedCounts } from '../rate-limits/shared-counts.ts';
import { knownWork } from '../shedding/known-work.ts';
import { turnAway } from '../shedding/turn-away.ts';
import { scimAudience, scimRoute } from '../scim-route.ts';
import { followChanges } from '../stream/follow-changes.ts';
import type { OpenStreams } from '../stream/open-streams.ts';
import { streamRoute } from '../stream/stream-route.ts';
import { ownAsker } from '../subgraphs/own-asker.ts';
import { documentChooser } from '../trusted-documents/choose-document.ts';
import type { Callers } from './callers.ts';
import type { GatewayParts, GatewaySettings } from './parts.ts';
import type { ServedGraph } from './served-graph.ts';
import type { Ways } from './ways.ts';

/** The doors. */
export interface Doors {
  readonly routes: readonly FastifyPluginAsync[];
  /** Turns away what is let go, at the least cost. */
  readonly turnAway: (load: LoadMeter) => Door;
  /** Asks the subgraphs now what has changed. */
  readonly lookForChanges: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Opens the doors.
 *
 * @param open whether clients may see the schema
 */
export async function openDoors(
  settings: GatewaySettings,
  { keyValue, now, log, invented = [] }: GatewayParts,
  {
    ways,
    callers,
    graph,
    streams,
    metrics,
    open,
  }: {
    readonly ways: Ways;
    readonly callers: Callers;
    readonly graph: ServedGraph;
    readonly streams: OpenStreams;
    readonly metrics: GatewayMetrics | undefined;
    readonly open: boolean;
  },
): Promise<Doors> {
  const publicUrl = settings.GATEWAY_PUBLIC_URL;
  const audience = `${publicUrl}/graphql`;
  const authentication = callers.rulesFor(audience);
  const counts = sharedCounts(keyValue, now);
  const usage = clientUsage(keyValue ?? memoryKeyValue(now), now);
  const limiter = rateLimiter(counts, settings.GATEWAY_RATE_LIMITS);
  const rates = notedLimits(countedLimits(limiter, metrics), usage);
  const documents = documentChooser({
    policy: settings.GATEWAY_TRUSTED_DOCUMENTS ?? 'allow',
    rules: callers.documents,
    own: new Map((await shippedOperations()).map(({ sha256, text }) => [sha256, text])),
    findRegistered: registeredDocuments(ways.identity),
    counts,
    keyValue,
  });
  const { server, known } = graph;
  const works = knownWork();
  const operations = { server, known, documents, works, authentication, rates, open };
  const routes = [graphqlRoute(operations)];
  const { esr, nhsmail, passport } = ways.subgraphs;
  // Announcements are quick; what they miss is found by asking, and so is everything where there are none.
  const stopHearing =
    keyValue === undefined ? undefined : await hearAnnouncements(keyValue, streams.tell);
  const followed = [passport, nhsmail].map((source) =>
    followChanges({ ask: ownAsker(source), heard: streams.tell, log }),
  );
  routes.push(
    streamRoute({
      ...operations,
      streams,
      opened: (coordinate) => {
        if (metrics !== undefined) metrics.field(coordinate).count += 1;
      },
      url: `${audience}/stream`,
      log,
    }),
    exportRoute({ esr, authentication, rates, publicUrl }),
    usageRoute({
      authentication,
      rates: countedLimits(lookingLimits(limiter, counts), metrics),
      usage,
      limits: settings.GATEWAY_RATE_LIMITS,
      now: limiter,
      publicUrl,
    }),
    scimRoute({
      nhsmail,
      authentication: callers.rulesFor(scimAudience(publicUrl)),
      rates,
      publicUrl,
    }),
  );
  if (open) {
    const issuer = settings.GATEWAY_ISSUER;
    routes.push(developerPages({ issuer, resource: audience, invented, schema: graph.clientSdl }));
  }
  return {
    routes,
    turnAway: (load) => turnAway(works, load, () => metrics?.turnedAway('shed')),
    lookForChanges: async () => {
      await Promise.all(followed.map(({ look }) => look()));
    },
    stop: async () => {
      for (const { stop } of followed) stop();
      await stopHearing?.();
      counts.stop();
      await usage.stop();
    },
  };
}
