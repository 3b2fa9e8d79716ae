/**
 * What a verifier tells wallets about itself.
 *
 * Source: OpenID4VP 1.0, sections 5.1 and 11.1, appendix B.3.4; HAIP 1.0, sections 5 and 7.
 */
import type { DecryptionKey } from '../openid4vci/encrypted-message.ts';
import { ENCRYPTION_ENCS } from '../openid4vci/encryption-algorithms.ts';

/** The verifier as a request describes it. */
export interface VerifierDescription {
  /** Its name, for people. */
  readonly name?: string;
  /** The key that the answer is encrypted to: fresh for each request. Left out when answers are not encrypted. */
  readonly encryptionKey?: DecryptionKey['publicJwk'];
}

/** `client_metadata` of a request. */
export function clientMetadata({ name, encryptionKey }: VerifierDescription): object {
  return {
    ...(name === undefined ? {} : { client_name: name }),
    ...(encryptionKey === undefined
      ? {}
      : {
          jwks: { keys: [encryptionKey] },
          encrypted_response_enc_values_supported: ENCRYPTION_ENCS,
        }),
    vp_formats_supported: {
      'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
    },
  };
}
