/** Settings of the passport process. */
import { z } from 'zod';

import {
  encryptedInProduction,
  jsonSetting,
  portNumber,
  processSettings,
  readConfig,
  secretSetting,
} from '../../runtime/config.ts';
import { privateKeySetting, publicKeySetSetting } from '../../runtime/jwk-settings.ts';
import { purposeOfUse } from '../../runtime/purpose.ts';
import { odsCode } from './domain/identifiers.ts';

/** An http or https address without a slash at its end. */
const address = z
  .url({ protocol: /^https?$/, error: 'is not an http or https address' })
  .refine((url) => !/[/?#]$/.test(url), { error: 'must not end with a slash' });

const TOKEN_SETTINGS = [
  'PASSPORT_PKCS11_MODULE',
  'PASSPORT_PKCS11_TOKEN',
  'PASSPORT_PKCS11_PIN',
] as const;

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
    /** Who keeps new private keys: the database, encrypted, or a PKCS #11 token. */
    PASSPORT_KEY_STORE: z.enum(['sealed', 'pkcs11']).default('sealed'),
    /** The PKCS #11 module: an absolute path. */
    PASSPORT_PKCS11_MODULE: z.string().regex(/^\//, 'is not an absolute path').optional(),
    /** The token's label. */
    PASSPORT_PKCS11_TOKEN: z.string().min(1).max(32).optional(),
    PASSPORT_PKCS11_PIN: z.string().min(4).max(255).optional(),
    PASSPORT_GRAPH_URL: address,
    PASSPORT_GRAPH_RESOURCE: address,
    PASSPORT_ISSUER: address,
    PASSPORT_TOKEN_URL: address,
    PASSPORT_OFFERS_URL: address,
    PASSPORT_CLIENT_KEY: privateKeySetting,
    /** Hosts inside our own networks that signals may be pushed to all the same, with the port when it is not 443; separated by commas. */
    PASSPORT_PRIVATE_HOSTS: z
      .string()
      .transform((text) => text.split(',').map((host) => host.trim()))
      .optional(),
    /** Where people have their wallet in the browser: requests can be answered there. An origin; nowhere when left out. */
    PASSPORT_WALLET_URL: address.optional(),
    /** ODS code of the organisation that keeps the register: its administrators approve what gives others more. NHS England unless set. */
    PASSPORT_REGISTRY_KEEPER: odsCode.optional(),
    /** A status list signed longer ago says nothing about now, in seconds; 75 unless set. */
    PASSPORT_STATUS_MAX_AGE_SECONDS: z.coerce.number().int().min(15).max(3_600).optional(),
    /**
     * For how many days what holders disclose is kept, by purpose of use, in JSON: `{"ROTATION":14}`. 30 for those that
     * are not named. 0 erases it within a minute of the check.
     */
    PASSPORT_RETENTION_DAYS: jsonSetting(
      z.partialRecord(purposeOfUse, z.number().int().min(0).max(400)),
    ).optional(),
  })
  .superRefine(encryptedInProduction('PASSPORT_PUBLIC_URL', 'PASSPORT_ISSUER'))
  .superRefine((settings, context) => {
    const inToken = settings.PASSPORT_KEY_STORE === 'pkcs11';
    for (const name of TOKEN_SETTINGS) {
      if ((settings[name] !== undefined) === inToken) continue;
      const message = 'is for PASSPORT_KEY_STORE=pkcs11 only';
      context.addIssue({ code: 'custom', path: [name], message });
    }
  });

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
  | 'PASSPORT_KEY_STORE'
  | (typeof TOKEN_SETTINGS)[number]
> &
  Partial<
    Pick<PassportConfig, 'NODE_ENV' | 'PASSPORT_KEY_STORE' | (typeof TOKEN_SETTINGS)[number]>
  >;

/**
 * Reads the settings.
 *
 * @throws {ConfigError} naming every wrong one
 */
export const readPassportConfig = (env: NodeJS.ProcessEnv): PassportConfig =>
  readConfig(shape, env, 'PASSPORT_');
