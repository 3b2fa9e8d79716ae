/**
 * What a wallet is told about a credential issuer.
 *
 * Source: OpenID4VCI 1.0, sections 12.2.2 to 12.2.4.
 */
import { signCompactJws, type Signer } from '../../standards/compact-jws.ts';
import type { DecryptionKey } from '../../standards/openid4vci/encrypted-message.ts';
import {
  ENCRYPTION_ALG,
  ENCRYPTION_ENCS,
} from '../../standards/openid4vci/encryption-algorithms.ts';
import { BATCH_SIZE } from './credential-request.ts';

/** The `typ` of signed metadata (section 12.2.3). */
export const SIGNED_METADATA_TYPE = 'openidvci-issuer-metadata+jwt';

/** The names of the endpoints, below the issuer's own address. */
export const CREDENTIAL_PATHS = {
  credential: '/openid4vci/credential',
  nonce: '/openid4vci/nonce',
  deferred: '/openid4vci/deferred-credential',
  notification: '/openid4vci/notification',
} as const;

/** What the metadata is made from. */
export interface IssuerMetadataParts {
  readonly issuer: string;
  readonly configurations: Readonly<Record<string, object>>;
  readonly encryptionKey: DecryptionKey['publicJwk'];
}

/** The metadata of the issuer that is its own authorization server: `authorization_servers` is left out then. */
export const issuerMetadata = ({ issuer, configurations, encryptionKey }: IssuerMetadataParts) => ({
  credential_issuer: issuer,
  credential_endpoint: `${issuer}${CREDENTIAL_PATHS.credential}`,
  nonce_endpoint: `${issuer}${CREDENTIAL_PATHS.nonce}`,
  deferred_credential_endpoint: `${issuer}${CREDENTIAL_PATHS.deferred}`,
  notification_endpoint: `${issuer}${CREDENTIAL_PATHS.notification}`,
  credential_request_encryption: {
    jwks: { keys: [encryptionKey] },
    enc_values_supported: ENCRYPTION_ENCS,
    encryption_required: false,
  },
  credential_response_encryption: {
    alg_values_supported: [ENCRYPTION_ALG],
    enc_values_supported: ENCRYPTION_ENCS,
    encryption_required: false,
  },
  batch_credential_issuance: { batch_size: BATCH_SIZE },
  display: [{ name: 'NHS staff passport', locale: 'en-GB' }],
  credential_configurations_supported: configurations,
});

/** How long signed metadata counts, in seconds: a day. */
const SIGNED_SECONDS = 86_400;

/** Signs metadata: a compact JWS. The signer's certificates go along when it has some. */
export function signMetadata(
  metadata: { readonly credential_issuer: string },
  { signer, now }: { readonly signer: Signer; readonly now: Date },
): Promise<string> {
  const { credential_issuer: issuer } = metadata;
  const iat = Math.floor(now.getTime() / 1000);
  return signCompactJws(
    {
      header: { typ: SIGNED_METADATA_TYPE, x5c: signer.x5c },
      payload: { iss: issuer, sub: issuer, iat, exp: iat + SIGNED_SECONDS, ...metadata },
    },
    signer,
  );
}
