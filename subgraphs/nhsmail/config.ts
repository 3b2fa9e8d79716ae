/** Settings of the directory subgraph. */
import { z } from 'zod';

import {
  encryptedInProduction,
  portNumber,
  processSettings,
  readConfig,
} from '../../runtime/config.ts';
import { privateKeySetting, publicKeySetSetting } from '../../runtime/jwk-settings.ts';
import { mailDomainsSetting } from './scim/mail-domains.ts';

const address = z.url({ protocol: /^https?$/, error: 'is not an http or https address' });

const shape = z
  .object({
    ...processSettings,
    NHSMAIL_PORT: portNumber.default(4003),
    NHSMAIL_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'is not a postgres:// address'),
    /** Where cases that have changed are announced. Without it nobody hears of them. */
    NHSMAIL_REDIS_URL: z
      .string()
      .regex(/^rediss?:\/\//, 'is not a redis:// address')
      .optional(),
    NHSMAIL_LDAP_URL: z.url({ protocol: /^ldaps?$/, error: 'is not an ldap or ldaps address' }),
    NHSMAIL_LDAP_BASE_DN: z.string().min(1),
    NHSMAIL_LDAP_BIND_DN: z.string().min(1),
    NHSMAIL_LDAP_BIND_PASSWORD: z.string().min(1),
    /** Whether an `ldap:` connection is encrypted before anything else is said on it. */
    NHSMAIL_LDAP_STARTTLS: z.stringbool().optional(),
    /** A PEM file of certificate authorities, when not the system's. */
    NHSMAIL_LDAP_CA_FILE: z.string().min(1).optional(),
    /** How the directory keeps accounts. */
    NHSMAIL_LDAP_SCHEMA: z.enum(['nhsmail', 'inetOrgPerson', 'sds']).optional(),
    /** Milliseconds that one answer of the directory may take. */
    NHSMAIL_LDAP_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).optional(),
    /** Seconds after which an account is read anew from the directory, 30 when left out; 0 for every time. */
    NHSMAIL_CACHE_SECONDS: z.coerce.number().int().min(0).max(3_600).optional(),
    /** How the directory is followed, when that is not to be found out. */
    NHSMAIL_SYNC_BY: z.enum(['CONTENT_SYNC', 'TIMES', 'WHOLE_ONLY']).optional(),
    /** Seconds between the end of one round of following it and the start of the next: 60. */
    NHSMAIL_SYNC_SECONDS: z.coerce.number().int().min(1).max(86_400).optional(),
    /** Hours after which the whole directory is read again: 24. */
    NHSMAIL_SYNC_WHOLE_HOURS: z.coerce.number().min(0.1).max(720).optional(),
    /** Seconds by which a change may come to light later than its time says: 60. */
    NHSMAIL_SYNC_OVERLAP_SECONDS: z.coerce.number().int().min(1).max(86_400).optional(),
    /** Percent of the accounts that may be marked as gone in one round without a person: 2. */
    NHSMAIL_SYNC_GONE_PERCENT: z.coerce.number().min(0).max(100).optional(),
    NHSMAIL_CALLER_KEYS: publicKeySetSetting,
    NHSMAIL_GRAPH_URL: address,
    NHSMAIL_GRAPH_RESOURCE: address,
    NHSMAIL_ISSUER: address,
    NHSMAIL_TOKEN_URL: address,
    NHSMAIL_CLIENT_KEY: privateKeySetting,
    /** Mail domains of the organisations that push accounts: see docs/scim.md. */
    NHSMAIL_SCIM_DOMAINS: mailDomainsSetting.optional(),
    /** Seconds between the end of one look at joiners, movers and leavers and the start of the next; 15 when left out. */
    NHSMAIL_LIFECYCLE_SECONDS: z.coerce.number().int().min(1).max(3_600).optional(),
    /** Days that an account may be without a person, or a person without an account; 14 when left out. */
    NHSMAIL_ORPHAN_DAYS: z.coerce.number().int().min(1).max(366).optional(),
    /** Seconds between the end of one round of matching and the start of the next. */
    NHSMAIL_MATCH_SECONDS: z.coerce.number().int().min(1).max(86_400).default(30),
    /** Hours after which everybody is read and compared anew: 24. */
    NHSMAIL_MATCH_WHOLE_HOURS: z.coerce.number().min(0.1).max(720).optional(),
  })
  .superRefine(encryptedInProduction('NHSMAIL_LDAP_URL', 'NHSMAIL_ISSUER'));

/** Settings of the process. */
export type NhsmailConfig = z.infer<typeof shape>;

/** Settings without where things are stored and served. */
export type NhsmailSettings = Omit<
  NhsmailConfig,
  'NHSMAIL_DATABASE_URL' | 'NHSMAIL_REDIS_URL' | 'NHSMAIL_PORT' | 'NODE_ENV' | 'LOG_LEVEL' | 'HOST'
>;

/**
 * Reads the settings from the environment.
 *
 * @throws {ConfigError} naming every wrong one
 */
export const readNhsmailConfig = (env: NodeJS.ProcessEnv): NhsmailConfig =>
  readConfig(shape, env, 'NHSMAIL_');
