/** Settings of the staff records subgraph. */
import { z } from 'zod';

import { portNumber, processSettings, readConfig } from '../../runtime/config.ts';
import { publicKeySetSetting } from '../../runtime/jwk-settings.ts';

const shape = z.object({
  ...processSettings,
  ESR_PORT: portNumber.default(4002),
  ESR_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  ESR_CALLER_KEYS: publicKeySetSetting,
});

/** Settings of the process. */
export type EsrConfig = z.infer<typeof shape>;

/** What the subgraph itself needs of them. */
export type EsrSettings = Pick<EsrConfig, 'ESR_CALLER_KEYS'>;

/** Reads the settings from the environment. */
export const readEsrConfig = (env: NodeJS.ProcessEnv): EsrConfig => readConfig(shape, env, 'ESR_');
