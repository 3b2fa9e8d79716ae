/** Puts the gateway together. */
import { printSchema } from 'graphql';
import type { JWTVerifyGetKey } from 'jose';

import { hearAnnouncements } from '../runtime/announcements.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Composed } from '../runtime/http-server.ts';
import { signerOf } from '../runtime/jwk-settings.ts';
import type { KeyValue } from '../runtime/key-value.ts';
import type { Logger } from '../runtime/log.ts';
import { memoryKeyValue } from '../runtime/memory-key-value.ts';
import { accessLog } from './access-log.ts';
import type { AuthenticationRules } from './authenticate.ts';
import { authorizingGateway } from './authorization/authorizing-gateway.ts';
import type { GatewayConfig } from './config.ts';
import { USUAL_COSTS } from './cost/cost-limits.ts';
import { SUBGRAPHS, type SubgraphName } from './context.ts';
import { exportRoute } from './export-route.ts';
import { graphqlRoute } from './graphql-route.ts';
import { startGraphqlServer } from './graphql-server.ts';
import { identityAsker } from './identity/ask-identity.ts';
import { followRevocations } from './identity/revocations.ts';
import { registeredDocuments } from './identity/registered-documents.ts';
import { proofSpender } from './identity/spend-proof.ts';
import type { MetricsSources } from './metrics/metrics.ts';
import { countStatuses, serveMetrics } from './metrics/serve-metrics.ts';
import { developerPages } from './pages/routes.ts';
import { startPlanner } from './planning/planner.ts';
import type { Planner } from './planning/planner-port.ts';
import { rateLimiter } from './rate-limits/rate-limiter.ts';
import { sharedCounts } from './rate-limits/shared-counts.ts';
import { referenceCache } from './reference-cache/reference-cache.ts';
import { remoteKeys } from './remote-keys.ts';
import { scimAudience, scimRoute } from './scim-route.ts';
import type { AskOptions } from './subgraphs/ask-subgraph.ts';
import { guardTransport } from './subgraphs/guard-transport.ts';
import { httpSubgraph } from './subgraphs/http-transport.ts';
import { subgraphAsker } from './subgraphs/subgraph-asker.ts';
import type { SubgraphTransport } from './subgraphs/transport.ts';
import { documentChooser } from './trusted-documents/choose-document.ts';
import { readOwnDocuments } from './trusted-documents/own-documents.ts';
import {
  type FollowedSupergraph,
  followSupergraph,
  readSupergraph,
} from './supergraph/follow-supergraph.ts';
import { openStreams } from './stream/open-streams.ts';
import { streamRoute } from './stream/stream-route.ts';
import { tokenVerifier } from './token-verifier.ts';

type SubgraphUrls = 'GATEWAY_ESR_URL' | 'GATEWAY_NHSMAIL_URL' | 'GATEWAY_PASSPORT_URL';

/** Settings of the parts. The subgraphs' addresses are needed unless transports are given. */
export type GatewaySettings = Pick<
  GatewayConfig,
  'NODE_ENV' | 'GATEWAY_PUBLIC_URL' | 'GATEWAY_ISSUER' | 'GATEWAY_JWKS_URL' | 'GATEWAY_CALLER_KEY'
> &
  Partial<
    Pick<
      GatewayConfig,
      | SubgraphUrls
      | 'GATEWAY_IDENTITY_URL'
      | 'GATEWAY_RATE_LIMITS'
      | 'GATEWAY_TRUSTED_DOCUMENTS'
      | 'GATEWAY_SUPERGRAPH'
      | 'GATEWAY_METRICS_PORT'
      | 'GATEWAY_METRICS_HOST'
      | 'GATEWAY_COST_PERSON'
      | 'GATEWAY_COST_MACHINE'
    >
  >;

/** What the gateway is given. */
export interface GatewayParts {
  readonly log: Logger;
  readonly now: Clock;
  /** Ways to the subgraphs when they are not reached over HTTP. */
  readonly transports?: Readonly<Record<SubgraphName, SubgraphTransport>>;
  /** Where replicas count requests together, and keep reference data. Without it each counts for itself, and keeps none. */
  readonly keyValue?: KeyValue;
  /** The way to identity when it is not reached over HTTP. */
  readonly identity?: SubgraphTransport;
  /** The authorization server's keys when they are not fetched. */
  readonly keys?: JWTVerifyGetKey;
  /** The composed schema when it is not in a file. */
  readonly supergraphSdl?: string;
  /** The planner when it does not have a thread to itself. */
  readonly startPlanner?: (supergraphSdl: string) => Planner;
}

const SUPERGRAPH = new URL('../schema/supergraph.graphql', import.meta.url);

/** A composed gateway. */
export interface ComposedGateway extends Composed {
  /** Looks at the file with the supergraph now. */
  readonly lookForSupergraph: () => Promise<void>;
}

/** Composes the gateway. */
export async function composeGateway(
  settings: GatewaySettings,
  parts: GatewayParts,
): Promise<ComposedGateway> {
  const { log, now } = parts;
  const supergraphFile = settings.GATEWAY_SUPERGRAPH ?? SUPERGRAPH;
  const supergraphSdl = parts.supergraphSdl ?? (await readSupergraph(supergraphFile));
  const signer = signerOf(settings.GATEWAY_CALLER_KEY);
  const subgraphs = reachSubgraphs(settings, parts.transports);
  const supergraph: { followed?: FollowedSupergraph } = {};
  const streams = openStreams();
  const metrics = await startMetrics(settings, {
    streams: streams.count,
    supergraphs: () => supergraph.followed?.counts() ?? { taken: 0, refused: 0 },
  });
  const watched =
    metrics?.counts.watch ?? ((_name: string, transport: SubgraphTransport) => transport);
  const guarded = (name: string, transport: SubgraphTransport): AskOptions => ({
    name,
    transport: watched(name, guardTransport(transport, { name, log })),
    signer,
    now,
    log,
  });
  const sources = {
    esr: guarded('esr', subgraphs.transports.esr),
    nhsmail: guarded('nhsmail', subgraphs.transports.nhsmail),
    passport: guarded('passport', subgraphs.transports.passport),
  } satisfies Record<SubgraphName, AskOptions>;
  const issuerKeys = parts.keys === undefined ? remoteKeys(settings.GATEWAY_JWKS_URL) : undefined;
  const keys = parts.keys ?? issuerKeys?.keys;
  if (keys === undefined) throw new Error('the gateway has no keys');
  const identity = reachIdentity(settings, parts.identity);
  const askIdentity = identityAsker(guarded('identity', identity.transport));
  const revocations = followRevocations(askIdentity, log);
  const open = settings.NODE_ENV === 'development';
  const audience = `${settings.GATEWAY_PUBLIC_URL}/graphql`;

  const ask = subgraphAsker((name) => sources[subgraphNamed(name)]);
  const { keyValue } = parts;
  const references = keyValue === undefined ? undefined : referenceCache(keyValue, ask, log);
  const gateway = authorizingGateway({
    supergraphSdl,
    ask: references?.ask ?? ask,
    recordAccess: accessLog(sources.passport),
    log,
    metrics: metrics?.counts,
    startPlanner: parts.startPlanner ?? ((sdl) => startPlanner({ supergraphSdl: sdl, log })),
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
  if (parts.supergraphSdl === undefined) {
    supergraph.followed = followSupergraph({
      path: supergraphFile,
      served: supergraphSdl,
      take: gateway.replace,
      log,
    });
  }
  const spendProof = proofSpender(askIdentity);
  const authenticationFor = (resource: string): AuthenticationRules => ({
    audience: resource,
    verifyToken: tokenVerifier({ issuer: settings.GATEWAY_ISSUER, audience: resource, keys, now }),
    now,
    revocations,
    spendProof,
  });
  const authentication = authenticationFor(audience);
  const counts = sharedCounts(keyValue, now);
  const rates = rateLimiter(counts, settings.GATEWAY_RATE_LIMITS);
  const exports = exportRoute({
    esr: sources.esr,
    authentication,
    rates,
    publicUrl: settings.GATEWAY_PUBLIC_URL,
  });
  const scim = scimRoute({
    nhsmail: sources.nhsmail,
    authentication: authenticationFor(scimAudience(settings.GATEWAY_PUBLIC_URL)),
    rates,
    publicUrl: settings.GATEWAY_PUBLIC_URL,
  });
  const documents = documentChooser({
    policy: settings.GATEWAY_TRUSTED_DOCUMENTS ?? 'allow',
    own: await readOwnDocuments(),
    findRegistered: registeredDocuments(askIdentity),
    keyValue: keyValue ?? memoryKeyValue(now),
  });
  const { known } = gateway;
  const graphql = graphqlRoute({ server, known, documents, authentication, rates, open });

  // Without a store that all share, nobody would be told of anything.
  const stream =
    keyValue === undefined
      ? undefined
      : {
          stopHearing: await hearAnnouncements(keyValue, streams.tell),
          routes: streamRoute({
            server,
            known,
            documents,
            authentication,
            rates,
            streams,
            url: `${audience}/stream`,
            open,
            log,
          }),
        };
  const pages = open
    ? developerPages({
        issuer: settings.GATEWAY_ISSUER,
        resource: audience,
        schema: () => clientSdl,
      })
    : undefined;

  return {
    routes: async (app) => {
      if (metrics !== undefined) countStatuses(app, metrics.counts);
      await app.register(graphql);
      if (stream !== undefined) await app.register(stream.routes);
      await app.register(exports);
      await app.register(scim);
      if (pages !== undefined) await app.register(pages);
    },
    checks: {
      ...subgraphs.checks,
      ...(issuerKeys === undefined ? {} : { 'identity keys': issuerKeys.check }),
      'identity revocations': revocations.ready,
    },
    details: supergraph.followed === undefined ? {} : { supergraph: supergraph.followed.describe },
    lookForSupergraph: async () => {
      await supergraph.followed?.look();
    },
    stop: async () => {
      await supergraph.followed?.stop();
      await metrics?.stop();
      await stream?.stopHearing();
      revocations.stop();
      counts.stop();
      await references?.stop();
      await server.stop();
      await Promise.all([subgraphs.close(), identity.close(), keyValue?.close()]);
    },
  };
}

/** Counts, when there is a port to read them from. What counts is not even loaded otherwise. */
async function startMetrics(settings: GatewaySettings, sources: MetricsSources) {
  const { GATEWAY_METRICS_PORT: port, GATEWAY_METRICS_HOST: host = '127.0.0.1' } = settings;
  if (port === undefined) return undefined;
  const { gatewayMetrics } = await import('./metrics/metrics.ts');
  const counts = gatewayMetrics(sources);
  const { stop } = await serveMetrics(counts, { host, port });
  return { counts, stop };
}

/** The given way to identity, or connections over HTTP. */
function reachIdentity(settings: GatewaySettings, given: GatewayParts['identity']) {
  if (given !== undefined) return { transport: given, close: () => Promise.resolve() };
  const url = settings.GATEWAY_IDENTITY_URL ?? new URL(settings.GATEWAY_JWKS_URL).origin;
  const { send, close } = httpSubgraph(url);
  return { transport: send, close };
}

/** The given ways to the subgraphs, or connections over HTTP. */
function reachSubgraphs(settings: GatewaySettings, given: GatewayParts['transports']) {
  if (given !== undefined) {
    return { transports: given, checks: {}, close: () => Promise.resolve() };
  }
  const {
    GATEWAY_ESR_URL: esr,
    GATEWAY_NHSMAIL_URL: nhsmail,
    GATEWAY_PASSPORT_URL: passport,
  } = settings;
  if (esr === undefined || nhsmail === undefined || passport === undefined) {
    throw new Error('the gateway needs the address of every subgraph');
  }
  const reached = {
    esr: httpSubgraph(esr),
    nhsmail: httpSubgraph(nhsmail),
    passport: httpSubgraph(passport),
  };
  return {
    transports: {
      esr: reached.esr.send,
      nhsmail: reached.nhsmail.send,
      passport: reached.passport.send,
    },
    checks: Object.fromEntries(SUBGRAPHS.map((name) => [name, reached[name].check])),
    close: async () => {
      await Promise.all(SUBGRAPHS.map((name) => reached[name].close()));
    },
  };
}

function subgraphNamed(name: string): SubgraphName {
  const known = SUBGRAPHS.find((subgraph) => subgraph === name);
  if (known === undefined) throw new Error('the supergraph names a subgraph that is not known');
  return known;
}
