/** Domain values as the graph shows them, and what it is given as the domain has it. */
import type { StatedAttestation } from '../domain/attestation.ts';
import { offerState } from '../domain/offer-state.ts';
import type { ListedOffer } from '../domain/ports/offers.ts';
import type { CredentialAttestationInput, CredentialOffer } from './types.generated.ts';

/** An offer as a list has it: without what opens it. */
export const offerShape = (offer: ListedOffer, now: Date): CredentialOffer => ({
  id: offer.id,
  issuer: { odsCode: offer.odsCode },
  types: [...offer.types],
  state: offerState(offer, now),
  deferred: offer.deferred,
  uri: null,
  uriByValue: null,
  transactionCode: null,
  createdAt: offer.createdAt,
  expiresAt: offer.expiresAt,
  endedAt: offer.deadAt ?? null,
  endedBecause: offer.deadAt === undefined ? null : 'WRONG_TRANSACTION_CODES',
});

/** What HR states, with the attributes in the words that credentials use. A member that is null is not stated. */
export function statedAttestation({
  type,
  claims,
  provenance,
}: CredentialAttestationInput): StatedAttestation {
  const given = {
    origin: provenance?.origin,
    assurance_policy: provenance?.assurancePolicy,
    assurance_outcome: provenance?.assuranceOutcome,
    provider: provenance?.provider,
    verifier: provenance?.verifier,
    verification_method: provenance?.verificationMethod,
    pedigree: provenance?.pedigree,
    last_refresh: rfc3339(provenance?.lastRefresh),
  };
  return {
    type,
    ...(claims == null ? {} : { claims }),
    provenance: Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)),
  };
}

/** The scalar reads a time into a date. */
const rfc3339 = (time: unknown): string | undefined =>
  time instanceof Date ? time.toISOString() : undefined;
