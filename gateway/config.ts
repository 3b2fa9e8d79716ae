/** Settings of the gateway, read once. */
import { z } from 'zod';

import {
  encryptedInProduction,
  portNumber,
  processSettings,
  readConfig,
} from '../runtime/config.ts';
import { privateKeySetting } from '../runtime/jwk-settings.ts';
import { USUAL_COSTS } from './cost/cost-limits.ts';
import { rateLimitsSetting } from './rate-limits/settings.ts';

const baseUrl = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !/[?#]|\/$/.test(text), 'must not end with / or carry a query');

const costLimit = z.coerce.number().int().min(1).max(10_000_000);

const shape = z.object({
  ...processSettings,
  GATEWAY_PORT: portNumber.default(4000),
  /** Where clients find this process. The audience of access tokens is this with `/graphql`. */
  GATEWAY_PUBLIC_URL: baseUrl,
  /** Issuer identifier of the authorization server, exactly as in its tokens. */
  GATEWAY_ISSUER: baseUrl,
  GATEWAY_JWKS_URL: z.url({ protocol: /^https?$/ }),
  /** Where this process reaches identity; the origin of `GATEWAY_JWKS_URL` when left out. */
  GATEWAY_IDENTITY_URL: baseUrl.optional(),
  /** Signs the statements about callers. */
  GATEWAY_CALLER_KEY: privateKeySetting,
  /** The most that one operation of a person, and of a machine, may be estimated to cost. */
  GATEWAY_COST_PERSON: costLimit.default(USUAL_COSTS.person),
  GATEWAY_COST_MACHINE: costLimit.default(USUAL_COSTS.machine),
  /** Whether clients may ask only what is registered, see `lanyard operations publish`. */
  GATEWAY_TRUSTED_DOCUMENTS: z.enum(['off', 'allow', 'require']).default('allow'),
  /** File with the supergraph; it is looked at again and again. The one of this version when left out. */
  GATEWAY_SUPERGRAPH: z.string().min(1).optional(),
  /** Where operators read what is counted: `/metrics`, on a port that nobody else reaches. Nothing is counted without it. */
  GATEWAY_METRICS_PORT: portNumber.optional(),
  GATEWAY_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  GATEWAY_ESR_URL: baseUrl,
  GATEWAY_NHSMAIL_URL: baseUrl,
  GATEWAY_PASSPORT_URL: baseUrl,
  /** Where replicas count requests together, and keep reference data. Without it each counts for itself, and keeps none. */
  GATEWAY_REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'is not a redis:// address')
    .optional(),
  /** Who may ask more or less than others: see docs/traffic.md. */
  GATEWAY_RATE_LIMITS: rateLimitsSetting.optional(),
});

const checkedShape = shape.superRefine(
  encryptedInProduction('GATEWAY_PUBLIC_URL', 'GATEWAY_ISSUER'),
);

/** Settings of the gateway. */
export type GatewayConfig = z.infer<typeof shape>;

/**
 * Reads the settings.
 *
 * @throws {ConfigError} naming every wrong one
 */
export const readGatewayConfig = (env: NodeJS.ProcessEnv): GatewayConfig =>
  readConfig(checkedShape, env, 'GATEWAY_');
