/** The ways to the other processes: given ones or connections over HTTP, guarded, and counted when anybody counts. */
import { signerOf } from '../../runtime/jwk-settings.ts';
import type { Composed } from '../../runtime/http-server.ts';
import { SUBGRAPHS, type SubgraphName } from '../context.ts';
import type { AskIdentity } from '../identity/ask-identity.ts';
import type { GatewayMetrics } from '../metrics/metrics.ts';
import type { AskOptions } from '../subgraphs/ask-subgraph.ts';
import { guardTransport } from '../subgraphs/guard-transport.ts';
import { ownAsker } from '../subgraphs/own-asker.ts';
import { recordedTransport } from '../subgraphs/recorded-transport.ts';
import { httpSubgraph } from '../subgraphs/http-transport.ts';
import type { SubgraphTransport } from '../subgraphs/transport.ts';
import type { GatewayParts, GatewaySettings } from './parts.ts';

/** The ways. */
export interface Ways {
  readonly subgraphs: Readonly<Record<SubgraphName, AskOptions>>;
  /** The same, by a name in a supergraph. */
  readonly subgraph: (name: string) => AskOptions;
  readonly identity: AskIdentity;
  readonly checks: Composed['checks'];
  readonly close: () => Promise<void>;
}

/** Opens the ways. */
export function openWays(
  settings: GatewaySettings,
  { transports, identity: given, now, log }: GatewayParts,
  metrics: Pick<GatewayMetrics, 'watch' | 'breaker'> | undefined,
): Ways {
  const signer = signerOf(settings.GATEWAY_CALLER_KEY);
  const guarded = (name: string, transport: SubgraphTransport): AskOptions => {
    const onBreaker = metrics?.breaker(name);
    const guard = guardTransport(recordedTransport(name, transport), { name, log, onBreaker });
    return { name, transport: metrics?.watch(name, guard) ?? guard, signer, now, log };
  };
  const reached = reachSubgraphs(settings, transports);
  const identity = reachIdentity(settings, given);
  const subgraphs = {
    esr: guarded('esr', reached.transports.esr),
    nhsmail: guarded('nhsmail', reached.transports.nhsmail),
    passport: guarded('passport', reached.transports.passport),
  } satisfies Ways['subgraphs'];
  return {
    subgraphs,
    subgraph: (name) => subgraphs[subgraphNamed(name)],
    identity: ownAsker(guarded('identity', identity.transport)),
    checks: reached.checks,
    close: async () => {
      await Promise.all([reached.close(), identity.close()]);
    },
  };
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
