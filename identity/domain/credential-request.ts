/**
 * What a wallet asks of the credential endpoint.
 *
 * Source: OpenID4VCI 1.0, section 8.2 and appendix F.
 */
import { z } from 'zod';

import { type Refused, refused } from './credential-fault.ts';

/** Most credentials in one answer: `batch_credential_issuance.batch_size` of the issuer metadata (section 12.2.4). */
export const BATCH_SIZE = 20;

/** The proofs of a request: one type of them. */
export type RequestProofs =
  | { readonly kind: 'jwt'; readonly proofs: readonly string[] }
  /** One attestation of all keys (appendix F.3). */
  | { readonly kind: 'attestation'; readonly attestation: string };

/** A request whose form is right. Nothing in it is believed yet. */
export interface CredentialRequest {
  readonly kind: 'request';
  readonly configurationId: string;
  /** Missing when there are none of a type that is known. */
  readonly proofs: RequestProofs | undefined;
}

const credentialRequest = z.looseObject({
  credential_configuration_id: z.string().min(1).max(256).optional(),
  credential_identifier: z.string().min(1).max(256).optional(),
  proofs: z.record(z.string(), z.unknown()).optional(),
  // The form before 1.0, which deployed wallets still send, some beside `proofs`.
  proof: z.looseObject({ proof_type: z.string(), jwt: z.string().optional() }).optional(),
});

/** Reads a request. */
export function parseCredentialRequest(body: unknown): CredentialRequest | Refused {
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
  return { kind: 'request', configurationId: id, proofs: proofsOf(request.data) };
}

const proofList = z.array(z.string()).min(1).max(BATCH_SIZE);
const oneAttestation = z.tuple([z.string()]);

/** The proofs of a request; `proofs` counts when the older `proof` stands beside it. */
function proofsOf({
  proofs,
  proof,
}: z.output<typeof credentialRequest>): RequestProofs | undefined {
  if (proofs === undefined) {
    return proof?.proof_type === 'jwt' && proof.jwt !== undefined
      ? { kind: 'jwt', proofs: [proof.jwt] }
      : undefined;
  }
  const [entry, ...others] = Object.entries(proofs);
  if (entry === undefined || others.length > 0) return undefined;
  const [type, value] = entry;
  if (type === 'jwt') {
    const list = proofList.safeParse(value);
    return list.success ? { kind: 'jwt', proofs: list.data } : undefined;
  }
  if (type !== 'attestation') return undefined;
  const one = oneAttestation.safeParse(value);
  return one.success ? { kind: 'attestation', attestation: one.data[0] } : undefined;
}
