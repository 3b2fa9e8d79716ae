/** Puts together what serves wallets at the credential endpoints. */
import type { FastifyInstance } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';
import type { Kysely } from 'kysely';

import type { Clock } from '../runtime/clock.ts';
import { keysById, publicHalf, signerOf } from '../runtime/jwk-settings.ts';
import type { Logger } from '../runtime/log.ts';
import type { Signer } from '../standards/compact-jws.ts';
import { publicKeyFromJwk } from '../standards/jwk-thumbprint.ts';
import { decryptionKeyOf } from '../standards/openid4vci/encrypted-message.ts';
import type { TrustedAttesters } from '../standards/openid4vci/key-attestation.ts';
import { isLeafKey } from '../standards/sd-jwt-vc/leaf-certificate.ts';
import type { IdentitySettings } from './config.ts';
import {
  collectable,
  type CredentialTypes,
  describeConfigurations,
} from './domain/credential-configurations.ts';
import type { CredentialRecords } from './domain/credential-ports.ts';
import type { DeriveKey } from './domain/derive.ts';
import {
  GOVUK_PATH,
  govukConfigurations,
  govukMetadata,
  type GovukProfile,
} from './domain/govuk-profile.ts';
import { issuerMetadata } from './domain/issuer-metadata.ts';
import { passOnNotifications } from './domain/notify.ts';
import type { CredentialIssuer, ModelStore, OfferStore } from './domain/ports.ts';
import { postgresDeferred } from './postgres/deferred-credentials.ts';
import { postgresGovukOffers } from './postgres/govuk-offers.ts';
import { postgresNotifications } from './postgres/notifications.ts';
import type { IdentityTables } from './postgres/tables.ts';
import { credentialRoutes, type CredentialRoutesOptions } from './routes/credential.ts';
import { govukRoutes } from './routes/govuk.ts';
import { issuerMetadataRoutes } from './routes/issuer-metadata.ts';

/** What the endpoints are made from. */
export interface CredentialEndpointsParts {
  readonly types: CredentialTypes;
  readonly db: Kysely<IdentityTables>;
  readonly offers: OfferStore;
  readonly models: ModelStore;
  readonly issuer: CredentialIssuer;
  readonly credentialRecords: CredentialRecords;
  readonly deriveKey: DeriveKey;
  /** Keys of the access tokens that this process signs. */
  readonly keys: JWTVerifyGetKey;
  readonly now: Clock;
  readonly log: Logger;
}

/** How often news of credentials that could not be passed on is tried again, in milliseconds. */
const PASS_ON_MS = 30_000;

/** The kinds of credential as the authorization server and the metadata describe them. */
export const describedConfigurations = (settings: IdentitySettings, types: CredentialTypes) =>
  describeConfigurations(collectable(types, settings.IDENTITY_KEY_ATTESTATIONS_REQUIRED), {
    types,
    typesUrl: settings.IDENTITY_CREDENTIAL_TYPES_URL,
    attestationsAccepted: settings.IDENTITY_KEY_ATTESTERS !== undefined,
  });

/** Makes the endpoints. They have to be stopped. */
export function credentialEndpoints(settings: IdentitySettings, parts: CredentialEndpointsParts) {
  const { types, db, offers, models, issuer, credentialRecords, deriveKey, keys, now, log } = parts;
  const deferred = postgresDeferred(db, now);
  const notifications = postgresNotifications(db, now);
  const govukOffers = postgresGovukOffers(db, now);
  const configurations = collectable(types, settings.IDENTITY_KEY_ATTESTATIONS_REQUIRED);
  const decryptionKey = decryptionKeyOf(deriveKey('request-encryption'));
  let passed = Promise.resolve();
  const passOn = (): void => {
    passed = passed
      .then(() => passOnNotifications(notifications, credentialRecords))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'could not pass on what became of credentials');
      });
  };
  const passingOn = setInterval(passOn, PASS_ON_MS);
  passingOn.unref();
  return {
    routes: async (app: FastifyInstance, findToken: CredentialRoutesOptions['findToken']) => {
      await app.register(
        issuerMetadataRoutes({
          metadata: issuerMetadata({
            issuer: settings.IDENTITY_ISSUER,
            configurations: describedConfigurations(settings, types),
            encryptionKey: decryptionKey.publicJwk,
          }),
          signer: metadataSigner(settings),
          now,
        }),
      );
      await app.register(
        credentialRoutes({
          issuerUrl: settings.IDENTITY_ISSUER,
          configurations,
          attesters: attestersOf(settings),
          offers,
          models,
          deferred,
          notifications,
          issuer,
          deriveKey,
          now,
          findToken,
          onNotification: passOn,
          decryptionKey,
        }),
      );
      const profile = govukProfile(settings);
      if (profile === undefined) return;
      const forGovuk = govukConfigurations(configurations);
      await app.register(
        govukRoutes({
          profile,
          metadata: govukMetadata(profile, forGovuk, types),
          configurations: forGovuk,
          offers,
          govukOffers,
          models,
          issuer,
          notifications,
          onNotification: passOn,
          signer: signerOf(settings.IDENTITY_SIGNING_KEY),
          codeKeys: [publicHalf(settings.IDENTITY_SIGNING_KEY)],
          ownIssuer: settings.IDENTITY_ISSUER,
          keys,
          deriveKey,
          now,
        }),
      );
    },
    removeExpired: async () => {
      await deferred.removeExpired();
      await notifications.removeExpired();
      await govukOffers.removeExpired();
    },
    stop: async () => {
      clearInterval(passingOn);
      await passed;
    },
  };
}

/** The profile of the GOV.UK Wallet, when the settings have one. */
function govukProfile(settings: IdentitySettings): GovukProfile | undefined {
  const govuk = settings.IDENTITY_GOVUK;
  if (govuk === undefined) return undefined;
  const { jwks, ...partners } = govuk;
  const issuer = `${settings.IDENTITY_ISSUER}${GOVUK_PATH}`;
  return { ...partners, issuer, tokenKeys: keysById(jwks) };
}

/** Who is believed about wallets' keys; nobody unless the settings say so. */
const attestersOf = ({ IDENTITY_KEY_ATTESTERS: trusted }: IdentitySettings): TrustedAttesters => ({
  anchors: trusted?.anchors ?? [],
  keys: Object.fromEntries((trusted?.keys ?? []).map(({ kid, ...jwk }) => [kid, jwk])),
});

/**
 * What signs metadata: this process's signing key, with its certificates when there are some.
 *
 * @throws {Error} when they are another key's
 */
function metadataSigner(settings: IdentitySettings): Signer {
  const signer = signerOf(settings.IDENTITY_SIGNING_KEY);
  const x5c = settings.IDENTITY_SIGNING_CERTIFICATES;
  if (x5c === undefined) return signer;
  if (!isLeafKey(x5c, publicKeyFromJwk(publicHalf(settings.IDENTITY_SIGNING_KEY)))) {
    throw new Error('IDENTITY_SIGNING_CERTIFICATES are not those of IDENTITY_SIGNING_KEY');
  }
  return { ...signer, x5c };
}
