/** Settings of the gateway, read once. */
import { z } from 'zod';

import { portNumber, processSettings, readConfig } from '../runtime/config.ts';
import { privateKeySetting } from '../runtime/jwk-settings.ts';

const baseUrl = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !/[?#]|\/$/.test(text), 'must not end with / or carry a query');

const shape = z.object({
  ...processSettings,
  GATEWAY_PORT: portNumber.default(4000),
  /** Where clients find this process. The audience of access tokens is this with `/graphql`. */
  GATEWAY_PUBLIC_URL: baseUrl,
  /** Issuer identifier of the authorization server, exactly as in its tokens. */
  GATEWAY_ISSUER: baseUrl,
  GATEWAY_JWKS_URL: z.url({ protocol: /^https?$/ }),
  /** Signs the statements about callers. */
  GATEWAY_CALLER_KEY: privateKeySetting,
  GATEWAY_ESR_URL: baseUrl,
  GATEWAY_NHSMAIL_URL: baseUrl,
  GATEWAY_PASSPORT_URL: baseUrl,
});

const PUBLIC_URLS = ['GATEWAY_PUBLIC_URL', 'GATEWAY_ISSUER'] as const;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const checkedShape = shape.superRefine((config, context) => {
  for (const name of PUBLIC_URLS) {
    const url = new URL(config[name]);
    const safe = url.protocol === 'https:' || LOOPBACK.has(url.hostname);
    if (config.NODE_ENV === 'production' && !safe) {
      context.addIssue({ code: 'custom', path: [name], message: 'must be https in production' });
    }
  }
});

/** Settings of the gateway. */
export type GatewayConfig = z.infer<typeof shape>;

/**
 * Reads the settings.
 *
 * @throws {ConfigError} naming every wrong one
 */
export const readGatewayConfig = (env: NodeJS.ProcessEnv): GatewayConfig =>
  readConfig(checkedShape, env, 'GATEWAY_');
