/**
 * Every way an input can break one of the published standards in this folder.
 * Callers switch on `code`; `message` is for the log reader and never repeats the input.
 */
export type StandardErrorCode =
  | 'access_token_invalid'
  | 'authorization_response_invalid'
  | 'authorization_response_too_long'
  | 'base64url_not_canonical'
  | 'certificate_malformed'
  | 'credential_offer_invalid'
  | 'dcql_query_invalid'
  | 'digest_repeated'
  | 'digests_malformed'
  | 'disclosure_array_length'
  | 'disclosure_frame_invalid'
  | 'disclosure_malformed'
  | 'disclosure_name_exists'
  | 'disclosure_name_reserved'
  | 'disclosure_object_length'
  | 'disclosure_repeated'
  | 'disclosure_unreferenced'
  | 'dpop_proof_invalid'
  | 'encrypted_message_invalid'
  | 'identifier_not_https'
  | 'issuer_response_invalid'
  | 'json_depth_exceeded'
  | 'json_duplicate_member'
  | 'json_forbidden_name'
  | 'json_malformed'
  | 'json_not_canonical'
  | 'json_too_long'
  | 'jwk_unsuitable'
  | 'jws_alg_missing'
  | 'jws_crit_unsupported'
  | 'jws_header_forbidden'
  | 'jws_malformed'
  | 'jws_too_long'
  | 'key_attestation_expired'
  | 'key_attestation_insufficient'
  | 'key_attestation_invalid'
  | 'key_attestation_untrusted'
  | 'key_binding_unexpected'
  | 'key_unsuitable'
  | 'metadata_invalid'
  | 'presentation_receipt_invalid'
  | 'protected_claim_disclosed'
  | 'request_object_invalid'
  | 'reserved_claim_name'
  | 'sd_alg_unsupported'
  | 'sd_jwt_depth_exceeded'
  | 'sd_jwt_malformed'
  | 'sd_jwt_too_long'
  | 'sd_jwt_too_many_disclosures'
  | 'security_event_invalid'
  | 'signature_malformed'
  | 'state_mismatch'
  | 'status_index_out_of_range'
  | 'status_list_malformed'
  | 'status_list_token_expired'
  | 'status_list_token_invalid'
  | 'status_list_token_signature_invalid'
  | 'status_list_token_subject_mismatch'
  | 'status_list_token_type_wrong'
  | 'status_value_out_of_range'
  | 'type_metadata_circular'
  | 'type_metadata_extension_invalid'
  | 'type_metadata_integrity_wrong'
  | 'type_metadata_malformed'
  | 'type_metadata_missing'
  | 'vct_missing'
  | 'vp_token_invalid'
  | 'wallet_metadata_invalid'
  | 'verification_bundle_changed'
  | 'verification_bundle_too_long';

/** Input that does not follow the standard named in `message`. */
export class StandardError extends Error {
  /** Always `StandardError`. */
  override readonly name = 'StandardError';
  /** Which rule broke; stable, in the standard's own words. */
  readonly code: StandardErrorCode;

  /**
   * Makes the error.
   *
   * @param code which rule broke
   * @param message the rule in words, without the input
   * @param options `cause` carries the original failure
   */
  constructor(code: StandardErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
