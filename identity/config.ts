/** The settings of the identity process. */
import { z } from 'zod';

import {
  encryptedInProduction,
  jsonSetting,
  portNumber,
  processSettings,
  readConfig,
  secretSetting,
} from '../runtime/config.ts';
import { privateKeySetting, publicJwk, publicKeySetSetting } from '../runtime/jwk-settings.ts';
import { isCertificateChain } from '../standards/sd-jwt-vc/leaf-certificate.ts';

import { externalProviderShape } from './domain/external-provider.ts';

const serviceKey = z.object({ jwk: publicJwk });

const origin = z
  .url()
  .refine(
    (text) => text === new URL(text).origin,
    'must be an origin: no path and no slash at the end',
  );

const certificates = z.custom<readonly string[]>(
  isCertificateChain,
  'must be one to eight certificates, base64 DER',
);

const levels = z.array(z.string().min(1).max(256)).min(1).max(16).optional();

const shape = z.object({
  ...processSettings,
  IDENTITY_PORT: portNumber.default(4001),
  IDENTITY_ISSUER: origin,
  IDENTITY_DATABASE_URL: z.string().min(1),
  IDENTITY_REDIS_URL: z.string().min(1),
  IDENTITY_LDAP_URL: z.string().regex(/^ldaps?:\/\//, 'must start with ldap:// or ldaps://'),
  IDENTITY_LDAP_BASE_DN: z.string().min(1),
  IDENTITY_LDAP_BIND_DN: z.string().min(1),
  IDENTITY_LDAP_BIND_PASSWORD: z.string().min(1),
  /** Whether an `ldap:` connection is encrypted before anything else is said on it. */
  IDENTITY_LDAP_STARTTLS: z.stringbool().optional(),
  /** A PEM file of certificate authorities, when not the system's. */
  IDENTITY_LDAP_CA_FILE: z.string().min(1).optional(),
  /** Milliseconds that one answer of the directory may take, a password check too. */
  IDENTITY_LDAP_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).optional(),
  /** Hosts on our own networks (with port, comma between) that registered applications may have their addresses on. */
  IDENTITY_PRIVATE_HOSTS: z
    .string()
    .transform((text) => text.split(',').map((host) => host.trim()))
    .optional(),
  /** OpenID providers of others that people may sign in with: docs/decisions/0016-step-up-and-roles.md. None when left out. */
  IDENTITY_PROVIDERS: jsonSetting(
    z
      .array(externalProviderShape)
      .max(10)
      .refine(
        (providers) => new Set(providers.map(({ id }) => id)).size === providers.length,
        'id is repeated',
      ),
  ).optional(),
  IDENTITY_SIGNING_KEY: privateKeySetting,
  /**
   * Certificates for the signing key, leaf first, without the anchor: wallets that follow HAIP believe signed metadata by
   * them. Only the key's name goes along when left out.
   */
  IDENTITY_SIGNING_CERTIFICATES: jsonSetting(certificates).optional(),
  IDENTITY_SECRET: secretSetting,
  /** The gateway's public keys: who may ask what has been taken back. */
  IDENTITY_CALLER_KEYS: publicKeySetSetting,
  IDENTITY_GRAPH_URL: z.url(),
  IDENTITY_GRAPH_RESOURCE: z.url(),
  /** This process's own token endpoint as it reaches it itself; the public one when left out. */
  IDENTITY_TOKEN_URL: z.url({ protocol: /^https?$/ }).optional(),
  IDENTITY_CLIENT_KEY: privateKeySetting,
  IDENTITY_SERVICE_CLIENTS: jsonSetting(
    z.strictObject({
      'lanyard-identity': serviceKey,
      'lanyard-passport': serviceKey,
      'lanyard-nhsmail': serviceKey,
      /** Without it there are no bulk exports. */
      'lanyard-esr': serviceKey.optional(),
    }),
  ),
  /** This project's own pages: their public key and the origin people reach them at. Nobody signs in to them without it. */
  IDENTITY_WEB_CLIENT: jsonSetting(z.strictObject({ jwk: publicJwk, url: origin })).optional(),
  /** Token requests that a client may make in a minute, unless it was registered with another number; 600 when left out. */
  IDENTITY_TOKENS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).optional(),
  IDENTITY_CREDENTIAL_TYPES_URL: z
    .url()
    .refine((text) => !text.endsWith('/'), 'must not end with a slash'),
  /** Who is believed about where wallets keep their keys: certificate anchors, and keys without a certificate. */
  IDENTITY_KEY_ATTESTERS: jsonSetting(
    z.strictObject({
      anchors: z.array(z.string().min(1)).max(50).default([]),
      keys: z.array(publicJwk).max(50).default([]),
    }),
  ).optional(),
  /**
   * The GOV.UK Wallet: this service's client id at GOV.UK One Login, the token service and its keys, the wallet's offer
   * endpoint, and where a person renews a credential. There is no such profile when left out.
   */
  IDENTITY_GOVUK: jsonSetting(
    z.strictObject({
      clientId: z.string().min(1).max(255),
      authorizationServer: z.url({ protocol: /^https$/ }),
      jwks: z.object({ keys: z.array(publicJwk).min(1).max(10) }),
      walletUrl: z.url({ protocol: /^https$/ }),
      refreshUrl: z.url({ protocol: /^https$/ }),
    }),
  ).optional(),
  /** Kinds of credential that are given only to keys attested at one of these levels (OpenID4VCI 1.0, appendix D.2). */
  IDENTITY_KEY_ATTESTATIONS_REQUIRED: jsonSetting(
    z.record(z.string(), z.strictObject({ key_storage: levels, user_authentication: levels })),
  ).optional(),
  /** Certificates of those who vouch for wallets, base64 DER. An attestation by anybody else is refused. */
  IDENTITY_WALLET_ATTESTERS: jsonSetting(z.array(z.base64().min(1)).min(1).max(50)).optional(),
  /** Whether every wallet must come with an attestation. */
  IDENTITY_WALLET_ATTESTATION: z.enum(['optional', 'required']).optional(),
});

const checkedShape = shape
  .superRefine((settings, context) => {
    if (
      settings.IDENTITY_WALLET_ATTESTATION === 'required' &&
      !settings.IDENTITY_WALLET_ATTESTERS
    ) {
      context.addIssue({
        code: 'custom',
        path: ['IDENTITY_WALLET_ATTESTERS'],
        message: 'must be given when attestations are required',
      });
    }
  })
  .superRefine(
    encryptedInProduction(
      'IDENTITY_ISSUER',
      'IDENTITY_GRAPH_RESOURCE',
      'IDENTITY_CREDENTIAL_TYPES_URL',
      'IDENTITY_LDAP_URL',
    ),
  )
  .superRefine((settings, context) => {
    const open = (settings.IDENTITY_PROVIDERS ?? []).some(({ issuer }) =>
      issuer.startsWith('http:'),
    );
    if (!open || settings.NODE_ENV !== 'production') return;
    context.addIssue({
      code: 'custom',
      path: ['IDENTITY_PROVIDERS'],
      message: 'issuers must be https',
    });
  });

/** All settings. */
export type IdentityConfig = z.infer<typeof shape>;

/** Settings without where data is kept and without how the process runs: what `compose.ts` asks for. */
export type IdentitySettings = Omit<
  IdentityConfig,
  'IDENTITY_DATABASE_URL' | 'IDENTITY_REDIS_URL' | 'IDENTITY_PORT' | 'LOG_LEVEL' | 'HOST'
>;

/**
 * Reads the settings.
 *
 * @throws {ConfigError} also for a public address that is not https in production
 */
export const readIdentityConfig = (env: NodeJS.ProcessEnv): IdentityConfig =>
  readConfig(checkedShape, env, 'IDENTITY_');
