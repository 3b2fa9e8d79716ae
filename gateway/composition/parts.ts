/** What a gateway is made from. */
import type { JWTVerifyGetKey } from 'jose';

import type { Clock } from '../../runtime/clock.ts';
import type { KeyValue } from '../../runtime/key-value.ts';
import type { Logger } from '../../runtime/log.ts';
import type { GatewayConfig } from '../config.ts';
import type { SubgraphName } from '../context.ts';
import type { Planner } from '../planning/planner-port.ts';
import type { InventedPerson } from '../pages/html.ts';
import type { SubgraphTransport } from '../subgraphs/transport.ts';

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
  /** Invented people as whom the explorer signs in with one click. Refused in production. */
  readonly invented?: readonly InventedPerson[];
  /** The planner when it does not have a thread to itself. */
  readonly startPlanner?: (supergraphSdl: string) => Planner;
}
