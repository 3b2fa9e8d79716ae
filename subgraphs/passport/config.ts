/** Settings of the passport process. */
import { z } from 'zod';

import {
  encryptedInProduction,
  portNumber,
  processSettings,
  readConfig,
  secretSetting,
} from '../../runtime/config.ts';
import { privateKeySetting, publicKeySetSetting } from '../../runtime/jwk-settings.ts';

/** An http or https address without a slash at its end. */
const address = z
  .url({ protocol: /^https?$/, error: 'is not an http or https address' })
  .refine((url) => !/[/?#]$/.test(url), { error: 'must not end with a slash' });

const shape = z
  .object({
    ...processSettings,
    PASSPORT_PORT: portNumber.default(4004),
    /** Where everybody reaches the public routes: credentials carry it. */
    PASSPORT_PUBLIC_URL: address,
    PASSPORT_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'is not a postgres:// address'),
    PASSPORT_REDIS_URL: z.string().regex(/^rediss?:\/\//, 'is not a redis:// address'),
    PASSPORT_CALLER_KEYS: publicKeySetSetting,
    /** Encrypts issuers' private keys. Losing it means new issuer keys. */
    PASSPORT_KEY_ENCRYPTION_KEY: secretSetting,
    PASSPORT_GRAPH_URL: address,
    PASSPORT_GRAPH_RESOURCE: address,
    PASSPORT_ISSUER: address,
    PASSPORT_TOKEN_URL: address,
    PASSPORT_OFFERS_URL: address,
    PASSPORT_CLIENT_KEY: privateKeySetting,
  })
  .superRefine(encryptedInProduction('PASSPORT_PUBLIC_URL', 'PASSPORT_ISSUER'));

/** Settings of the process. */
export type PassportConfig = z.infer<typeof shape>;

/** Settings without where things are stored and served. */
export type PassportSettings = Omit<
  PassportConfig,
  | 'PASSPORT_DATABASE_URL'
  | 'PASSPORT_REDIS_URL'
  | 'PASSPORT_PORT'
  | 'NODE_ENV'
  | 'LOG_LEVEL'
  | 'HOST'
>;

/**
 * Reads the settings.
 *
 * @throws {ConfigError} naming every wrong one
 */
export const readPassportConfig = (env: NodeJS.ProcessEnv): PassportConfig =>
  readConfig(shape, env, 'PASSPORT_');
