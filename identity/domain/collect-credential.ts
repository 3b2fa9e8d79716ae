/**
 * A wallet collects a credential of an offer: one, or a batch of them, each bound to a key of its own.
 *
 * Source: OpenID4VCI 1.0, sections 3.3, 8.2 and 8.3.
 */
import { z } from 'zod';

import type { PublicEcJwk } from '../../standards/jwk-thumbprint.ts';
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
  | { readonly kind: 'issued'; readonly credentials: readonly string[] }
  /** Issuing is stopped for now; `credential_request_denied` would tell the wallet to give up (section 8.3.1.2). */
  | { readonly kind: 'stopped' }
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

/** Most credentials in one answer: `batch_credential_issuance.batch_size` of the issuer metadata (section 12.2.4). */
export const BATCH_SIZE = 20;

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
 * Checks the request and has the credentials issued. A repeated request with the same keys gives the same credentials.
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
  const proofs = proofsOf(request.data);
  if (proofs === undefined) {
    return refused('invalid_proof', `give 1 to ${String(BATCH_SIZE)} proofs of type jwt`);
  }
  const now = parts.now();
  try {
    const { keys, nonce } = verifyProofs(proofs, {
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
        ...[...keys.keys()].toSorted(),
      ).toString('base64url'),
      offerId: offer.offerId,
      type,
      holderKeys: [...keys.values()].map((jwk) => ({ ...jwk })),
      requestId,
    });
    switch (outcome.kind) {
      case 'issued':
      case 'stopped':
        return outcome;
      case 'denied':
        return refused('credential_request_denied', 'the issuer does not issue this credential');
    }
  } catch (error) {
    if (error instanceof KeyProofError) return refused('invalid_proof', error.message);
    throw error;
  }
}

/**
 * Checks every proof of a request. They share one nonce and prove different keys (appendix F.4 and section 8.2).
 *
 * @throws {KeyProofError} at the first that does not hold
 */
function verifyProofs(
  proofs: readonly string[],
  rules: Parameters<typeof verifyKeyProof>[1],
): { readonly keys: ReadonlyMap<string, PublicEcJwk>; readonly nonce: string } {
  const keys = new Map<string, PublicEcJwk>();
  const nonces = new Set<string>();
  for (const proof of proofs) {
    const { jwk, thumbprint, nonce } = verifyKeyProof(proof, rules);
    if (keys.has(thumbprint)) throw new KeyProofError('each proof must be of another key');
    keys.set(thumbprint, jwk);
    nonces.add(nonce);
  }
  const [nonce, ...others] = nonces;
  if (nonce === undefined || others.length > 0) {
    throw new KeyProofError('all proofs of a request must carry the same nonce');
  }
  return { keys, nonce };
}

/** The proofs of a request. */
function proofsOf({
  proofs,
  proof,
}: z.output<typeof credentialRequest>): readonly string[] | undefined {
  if (proofs !== undefined) {
    const { jwt, ...others } = proofs;
    const list = z.array(z.string()).min(1).max(BATCH_SIZE).safeParse(jwt);
    return Object.keys(others).length === 0 && list.success ? list.data : undefined;
  }
  return proof?.proof_type === 'jwt' && proof.jwt !== undefined ? [proof.jwt] : undefined;
}
