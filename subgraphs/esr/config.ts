/** Settings of the staff records subgraph. */
import { z } from 'zod';

import { portNumber, processSettings, readConfig } from '../../runtime/config.ts';
import { privateKeySetting, publicKeySetSetting } from '../../runtime/jwk-settings.ts';

const address = z
  .url({ protocol: /^https?$/, error: 'is not an http or https address' })
  .refine((url) => !/[/?#]$/.test(url), { error: 'must not end with a slash' });

const shape = z.object({
  ...processSettings,
  ESR_PORT: portNumber.default(4002),
  ESR_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  ESR_CALLER_KEYS: publicKeySetSetting,
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
