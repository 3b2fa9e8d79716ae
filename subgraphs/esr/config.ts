/** Settings of the staff records subgraph. */
import { z } from 'zod';

import { portNumber, processSettings, readConfig } from '../../runtime/config.ts';
import { privateKeySetting, publicKeySetSetting } from '../../runtime/jwk-settings.ts';
import { DEFAULT_LIMITS, type ImportLimits } from './domain/import-run.ts';

const address = z
  .url({ protocol: /^https?$/, error: 'is not an http or https address' })
  .refine((url) => !/[/?#]$/.test(url), { error: 'must not end with a slash' });

const percentage = z.coerce.number().min(0).max(100);

/** How much an import lets pass, in percent: `0.1` is one in a thousand. */
const limitSettings = z.object({
  ESR_MAX_REJECTED_PERCENT: percentage.default(DEFAULT_LIMITS.maxRejectedShare * 100),
  ESR_ABSENCE_BRAKE_PERCENT: percentage.default(DEFAULT_LIMITS.absenceBrake * 100),
});

const shape = z.object({
  ...processSettings,
  ...limitSettings.shape,
  ESR_PORT: portNumber.default(4002),
  ESR_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  ESR_CALLER_KEYS: publicKeySetSetting,
  /** The gateway's Redis, where it is told which organisations are current. Without it the gateway keeps none. */
  ESR_REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'is not a redis:// address')
    .optional(),
  /** Signs the manifests of bulk exports. There are none without it and the five that follow. */
  ESR_EXPORT_KEY: privateKeySetting.optional(),
  ESR_GRAPH_URL: address.optional(),
  /** The graph's public name. Clients find the parts of an export beside it. */
  ESR_GRAPH_RESOURCE: address.optional(),
  ESR_ISSUER: address.optional(),
  ESR_TOKEN_URL: address.optional(),
  ESR_CLIENT_KEY: privateKeySetting.optional(),
});

const EXPORT_SETTINGS = [
  'ESR_EXPORT_KEY',
  'ESR_GRAPH_URL',
  'ESR_GRAPH_RESOURCE',
  'ESR_ISSUER',
  'ESR_TOKEN_URL',
  'ESR_CLIENT_KEY',
] as const;

const checkedShape = shape.superRefine((settings, context) => {
  const given = EXPORT_SETTINGS.filter((name) => settings[name] !== undefined);
  if (given.length === 0) return;
  for (const name of EXPORT_SETTINGS) {
    if (settings[name] !== undefined) continue;
    context.addIssue({ code: 'custom', path: [name], message: `goes with ${String(given[0])}` });
  }
});

/** Settings of the process. */
export type EsrConfig = z.infer<typeof shape>;

/** What the subgraph itself needs of them. */
export type EsrSettings = Pick<EsrConfig, 'ESR_CALLER_KEYS' | (typeof EXPORT_SETTINGS)[number]>;

/** Reads the settings from the environment. */
export const readEsrConfig = (env: NodeJS.ProcessEnv): EsrConfig =>
  readConfig(checkedShape, env, 'ESR_');

/**
 * Reads the limits of imports from the environment, for a command that needs nothing else of the settings.
 *
 * @throws {ConfigError}
 */
export function readImportLimits(env: NodeJS.ProcessEnv): ImportLimits {
  const limits = readConfig(limitSettings, env, 'ESR_MAX_REJECTED_');
  return {
    maxRejectedShare: limits.ESR_MAX_REJECTED_PERCENT / 100,
    absenceBrake: limits.ESR_ABSENCE_BRAKE_PERCENT / 100,
  };
}
