/** The settings of the pages. */
import { z } from 'zod';

import {
  encryptedInProduction,
  jsonSetting,
  portNumber,
  processSettings,
  readConfig,
  secretSetting,
} from '../runtime/config.ts';
import { privateKeySetting } from '../runtime/jwk-settings.ts';

const address = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !/[?#]|\/$/.test(text), 'must not end with / or carry a query');

const shape = z.object({
  ...processSettings,
  WEB_PORT: portNumber.default(4005),
  /** The origin that people reach the pages at. */
  WEB_URL: address.refine((text) => text === new URL(text).origin, 'must be an origin'),
  /** Sessions. */
  WEB_REDIS_URL: z.string().min(1),
  /** Encrypts sessions and signs forms. */
  WEB_SECRET: secretSetting,
  /** Identity's issuer identifier, and where this process reaches it; the same when left out. */
  WEB_ISSUER: address,
  WEB_IDENTITY_URL: address.optional(),
  /** The key with which the pages sign in to identity. */
  WEB_CLIENT_KEY: privateKeySetting,
  /** The graph as this process reaches it, and its name as a protected resource. */
  WEB_GRAPH_URL: address,
  WEB_GRAPH_RESOURCE: address,
  /** Where wallets find the issuer's documents: a wallet in the browser asks there. */
  WEB_PASSPORT_URL: address,
  /**
   * Certificates that vouch for verifiers, in JSON: base64 DER (`lanyard issuer anchor` prints one). Nobody is vouched for, and
   * nothing is shared from a browser, when left out.
   */
  WEB_TRUST_ANCHORS: jsonSetting(z.array(z.base64().max(8_192)).max(20)).optional(),
});

const checkedShape = shape.superRefine(
  encryptedInProduction('WEB_URL', 'WEB_ISSUER', 'WEB_GRAPH_RESOURCE', 'WEB_PASSPORT_URL'),
);

/** All settings. */
export type WebConfig = z.infer<typeof shape>;

/** Settings without where sessions are kept and how the process runs: what `compose.ts` asks for. */
export type WebSettings = Omit<WebConfig, 'WEB_REDIS_URL' | 'WEB_PORT' | 'LOG_LEVEL' | 'HOST'>;

/**
 * Reads the settings.
 *
 * @throws {ConfigError} also for a public address that is not https in production
 */
export const readWebConfig = (env: NodeJS.ProcessEnv): WebConfig =>
  readConfig(checkedShape, env, 'WEB_');
