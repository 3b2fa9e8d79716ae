/** Why the credential endpoints refuse a request (OpenID4VCI 1.0, sections 8.3.1.2 and 9.3). */

/** Error codes of the specification, and `invalid_token` of RFC 6750. */
export type CredentialFault =
  | 'invalid_token'
  | 'invalid_credential_request'
  | 'unknown_credential_configuration'
  | 'unknown_credential_identifier'
  | 'invalid_proof'
  | 'invalid_nonce'
  | 'invalid_encryption_parameters'
  | 'credential_request_denied'
  | 'invalid_transaction_id';

/** A refusal, as the wallet is told. */
export interface Refused {
  readonly kind: 'refused';
  readonly error: CredentialFault;
  /** ASCII, without quotation marks and backslashes. */
  readonly description: string;
}

/** Makes a refusal. */
export const refused = (error: CredentialFault, description: string): Refused => ({
  kind: 'refused',
  error,
  description,
});
