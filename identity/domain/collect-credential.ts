/**
 * A wallet collects one credential of an offer.
 *
 * Source: OpenID4VCI 1.0, sections 8.2 and 8.3.
 */
import { z } from 'zod';

import { spendCNonce } from './c-nonce.ts';
import type { CredentialTypes } from './credential-configurations.ts';
import { type DeriveKey, mac } from './derive.ts';
import type { CredentialIssuer, ModelStore, OfferStore } from './ports.ts';
import { KeyProofError, verifyKeyProof } from './verify-key-proof.ts';

/** What a wallet's access token allows. */
export interface WalletToken {
  readonly grantId: string;
  readonly clientId: string;
  readonly staffId: string;
  /** Credential configuration ids. */
  readonly scopes: ReadonlySet<string>;
}

/** Error codes of section 8.3.1.2, and `invalid_token` of RFC 6750. */
export type CollectFault =
  | 'invalid_token'
  | 'invalid_credential_request'
  | 'unknown_credential_configuration'
  | 'unknown_credential_identifier'
  | 'invalid_proof'
  | 'invalid_nonce'
  | 'invalid_encryption_parameters'
  | 'credential_request_denied';

/** What came of it. */
export type CollectOutcome =
  | { readonly kind: 'issued'; readonly sdJwt: string }
  | { readonly kind: 'refused'; readonly error: CollectFault; readonly description: string };

/** What collecting needs. */
export interface CollectParts {
  readonly issuerUrl: string;
  readonly types: CredentialTypes;
  readonly offers: OfferStore;
  readonly models: ModelStore;
  readonly issuer: CredentialIssuer;
  readonly deriveKey: DeriveKey;
  readonly now: () => Date;
}

const credentialRequest = z.looseObject({
  credential_configuration_id: z.string().min(1).max(256).optional(),
  credential_identifier: z.string().min(1).max(256).optional(),
  proofs: z.record(z.string(), z.unknown()).optional(),
  // The form before 1.0, which deployed wallets still send, some beside `proofs`.
  proof: z.looseObject({ proof_type: z.string(), jwt: z.string().optional() }).optional(),
});

const refused = (error: CollectFault, description: string): CollectOutcome => ({
  kind: 'refused',
  error,
  description,
});

/**
 * Checks the request and has the credential issued. A repeated request with the same key gives the same credential.
 *
 * @throws {Error} with code `unavailable` when a source does not answer
 */
export async function collectCredential(
  token: WalletToken,
  body: unknown,
  parts: CollectParts,
  requestId?: string,
): Promise<CollectOutcome> {
  const offer = await parts.offers.findByGrant(token.grantId);
  if (offer === undefined) return refused('invalid_token', 'the token is not from an offer');
  const request = credentialRequest.safeParse(body);
  if (!request.success) return refused('invalid_credential_request', 'malformed request');
  const { credential_configuration_id: id, credential_identifier: identifier } = request.data;
  if ((id === undefined) === (identifier === undefined)) {
    return refused(
      'invalid_credential_request',
      'give exactly one of credential_configuration_id and credential_identifier',
    );
  }
  if (id === undefined) {
    return refused('unknown_credential_identifier', 'there are no credential identifiers here');
  }
  if (request.data['credential_response_encryption'] !== undefined) {
    return refused('invalid_encryption_parameters', 'responses are not encrypted');
  }
  const type = Object.hasOwn(parts.types, id) ? parts.types[id]?.type : undefined;
  if (type === undefined) return refused('unknown_credential_configuration', 'unknown');
  if (!token.scopes.has(id) || !offer.configurationIds.includes(id)) {
    return refused('credential_request_denied', 'not part of the offer');
  }
  const proof = proofOf(request.data);
  if (proof === undefined) return refused('invalid_proof', 'give one proof of type jwt');
  const now = parts.now();
  try {
    const { jwk, thumbprint, nonce } = verifyKeyProof(proof, {
      issuer: parts.issuerUrl,
      clientId: token.clientId,
      now,
    });
    const fresh = await spendCNonce(nonce, {
      key: parts.deriveKey('c-nonce'),
      models: parts.models,
      now,
    });
    if (!fresh) return refused('invalid_nonce', 'get a new nonce from the nonce endpoint');
    const outcome = await parts.issuer.issue({
      idempotencyKey: mac(
        parts.deriveKey('issue-idempotency'),
        offer.offerId,
        id,
        thumbprint,
      ).toString('base64url'),
      offerId: offer.offerId,
      type,
      holderKey: { ...jwk },
      requestId,
    });
    return outcome.kind === 'issued'
      ? outcome
      : refused('credential_request_denied', 'the issuer does not issue this credential');
  } catch (error) {
    if (error instanceof KeyProofError) return refused('invalid_proof', error.message);
    throw error;
  }
}

/** The one proof of a request. */
function proofOf({ proofs, proof }: z.output<typeof credentialRequest>): string | undefined {
  if (proofs !== undefined) {
    const { jwt, ...others } = proofs;
    const list = z.array(z.string()).length(1).safeParse(jwt);
    return Object.keys(others).length === 0 && list.success ? list.data[0] : undefined;
  }
  return proof?.proof_type === 'jwt' ? proof.jwt : undefined;
}
