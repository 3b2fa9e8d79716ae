/**
 * What the GOV.UK Wallet expects of a credential issuer, where that differs from OpenID4VCI 1.0.
 *
 * Source: GOV.UK Wallet technical documentation, "Issue a credential" (as of February 2026): access tokens come from GOV.UK
 * One Login, the pre-authorized code is a JWT of the issuer's, keys are named by did:key, credentials are `vc+jwt`.
 */
import type { KeyObject } from 'node:crypto';

import {
  type CredentialConfigurations,
  type CredentialTypes,
  vcTypeOf,
} from './credential-configurations.ts';

/** Who the issuer and its partners are. */
export interface GovukProfile {
  /** The Credential Issuer Identifier of this profile, https. */
  readonly issuer: string;
  /** GOV.UK One Login's token service: issuer of access tokens, audience of codes. */
  readonly authorizationServer: string;
  /** Its keys, by `kid`. */
  readonly tokenKeys: ReadonlyMap<string, KeyObject>;
  /** This service's client id at GOV.UK One Login. */
  readonly clientId: string;
  /** The wallet's credential offer endpoint. */
  readonly walletUrl: string;
  /** Where a person renews a credential in a browser. */
  readonly refreshUrl: string;
}

/** Where the profile lives, below the address of this process. */
export const GOVUK_PATH = '/govuk';

/** Longest life of a credential as the wallet is told, in days. */
const VALIDITY_DAYS = 365;

/** Kinds of credential in the form for this wallet, by the name the wallet knows them by: `IdentityCredential`. */
export const govukConfigurations = (
  configurations: CredentialConfigurations,
): CredentialConfigurations =>
  new Map(
    [...configurations.values()]
      .filter(({ format, keyAttestations }) => format === 'VC_JWT' && keyAttestations === undefined)
      .map((configuration) => [vcTypeOf(configuration.scope), configuration]),
  );

/** The metadata of this profile. */
export const govukMetadata = (
  { issuer, authorizationServer, refreshUrl }: GovukProfile,
  configurations: CredentialConfigurations,
  types: CredentialTypes,
) => ({
  credential_issuer: issuer,
  authorization_servers: [authorizationServer],
  credential_endpoint: `${issuer}/credential`,
  notification_endpoint: `${issuer}/notification`,
  credential_configurations_supported: Object.fromEntries(
    [...configurations].map(([id, { scope }]) => [
      id,
      {
        format: 'jwt_vc_json',
        credential_definition: { type: ['VerifiableCredential', id] },
        cryptographic_binding_methods_supported: ['did'],
        credential_signing_alg_values_supported: ['ES256'],
        proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
        credential_refresh_web_journey_url: refreshUrl,
        credential_validity_period_max_days: VALIDITY_DAYS,
        credential_metadata: {
          display: [{ name: types[scope]?.name ?? id, locale: 'en-GB' }],
        },
      },
    ]),
  ),
});
