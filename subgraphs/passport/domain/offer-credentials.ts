/** Offering credentials to a member of one's own staff. */
import { z } from 'zod';

import type { Actor } from './actor.ts';
import {
  type Attestation,
  readAttestations,
  sealAttestations,
  type StatedAttestation,
} from './attestation.ts';
import { contentOf } from './credential-content.ts';
import type { CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { issuerRecord } from './issuer-record.ts';
import { newOfferId, requestHash, staffId as staffIdShape, statementHash } from './identifiers.ts';
import type { Accreditations } from './ports/accreditations.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuingStops } from './ports/issuing-stops.ts';
import type { Sealer } from './ports/keys.ts';
import type { OfferAnswer, OfferDesk } from './ports/offer-desk.ts';
import type { OfferStore, StoredOffer } from './ports/offers.ts';
import type { SharingAgreements } from './ports/sharing-agreements.ts';
import type { VerifiedRecords } from './ports/records.ts';
import { agreementFault, placementOf } from './placement.ts';
import { type Refusal, refused } from './user-error.ts';
import { ukDay } from './uk-day.ts';

/** What HR asks for. */
export interface OfferCredentialsRequest {
  readonly idempotencyKey: string;
  readonly staffId: string;
  readonly types: readonly CredentialType[];
  /** For the kinds that no source system holds. */
  readonly attestations: readonly StatedAttestation[];
  /** It waits, for the person or for the record to be ready, and not only as long as both stand at one desk. */
  readonly deferred: boolean;
  readonly by: Actor;
}

/** What offering needs. */
export interface OfferingParts {
  readonly offers: OfferStore;
  readonly issuingStops: Pick<IssuingStops, 'find'>;
  readonly accreditations: Pick<Accreditations, 'find'>;
  readonly agreements: Pick<SharingAgreements, 'findInForce'>;
  readonly desk: OfferDesk;
  readonly records: VerifiedRecords;
  readonly sealer: Sealer;
  /** Hashes statements about people. */
  readonly subjectKey: Uint8Array;
  readonly now: Clock;
}

/** An offer for the holder. */
export interface Offered extends OfferAnswer {
  readonly kind: 'offered';
  readonly offer: StoredOffer;
}

/** How long an offer can be collected, in milliseconds. */
const OFFER_MS = 10 * 60_000;
/** How long an offer that waits can be collected, in milliseconds: 14 days. */
const DEFERRED_MS = 14 * 24 * 3_600_000;
/** Most kinds in one offer: more than there are. */
const MAX_TYPES = 20;

const sealedAnswer = z.object({
  uri: z.string(),
  uriByValue: z.string(),
  transactionCode: z.string(),
  expiresAt: z.iso.datetime(),
});

/** Offers credentials. A repeated call gives the same offer. */
export async function offerCredentials(
  request: OfferCredentialsRequest,
  parts: OfferingParts,
): Promise<Offered | Refusal> {
  const { by, types } = request;
  if (types.length < 1 || types.length > MAX_TYPES || new Set(types).size !== types.length) {
    return refused('INVALID_VALUE', 'types');
  }
  // A malformed id and an unknown one read the same.
  if (!staffIdShape.safeParse(request.staffId).success) return refused('NOT_FOUND', 'staffId');
  const attestations = readAttestations(types, request.attestations, parts.now());
  if ('kind' in attestations) return attestations;
  const hash = requestHash([
    'offer',
    request.staffId,
    types,
    by.odsCode,
    ...(attestations.length === 0 ? [] : [statementHash(attestations, parts.subjectKey)]),
    ...(request.deferred ? ['deferred'] : []),
  ]);
  const earlier = await parts.offers.findRepeat(
    by.subject,
    request.idempotencyKey,
    hash,
    parts.now(),
  );
  if (earlier === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
  if (earlier !== undefined) return collectable(earlier, parts);

  // What cannot be collected is not offered.
  if ((await parts.issuingStops.find(by.odsCode)) !== undefined) return refused('ISSUING_STOPPED');
  for (const type of types) {
    if ((await parts.accreditations.find(by.odsCode, type, parts.now())) === undefined) {
      return refused('NOT_ACCREDITED', 'types');
    }
  }
  const withoutAgreement = await refuseWithoutAgreement(request, attestations, parts);
  if (withoutAgreement !== undefined) return withoutAgreement;

  const whole = await parts.records.find(request.staffId, by.requestId);
  const record = whole && issuerRecord(types, whole, by.odsCode, parts.now());
  if (record === undefined) return refused('NOT_FOUND', 'staffId');
  const stated = (type: CredentialType) => attestations.find((one) => one.type === type);
  // An offer that waits is looked at when it is collected.
  const ready = (type: CredentialType) => contentOf(type, record, stated(type)) !== undefined;
  if (!request.deferred && !types.every(ready)) return refused('NOT_ELIGIBLE', 'types');
  const createdAt = parts.now();
  const id = newOfferId();
  const stored = await parts.offers.add(
    {
      id,
      staffId: request.staffId,
      odsCode: by.odsCode,
      types,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + (request.deferred ? DEFERRED_MS : OFFER_MS)),
      deferred: request.deferred,
      ...(attestations.length === 0
        ? {}
        : { sealedAttestations: sealAttestations(attestations, id, parts.sealer) }),
    },
    by,
    { key: request.idempotencyKey, requestHash: hash },
  );
  if (stored === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
  return collectable(stored, parts);
}

/** Why a licence to attend is not offered: no agreement in force says what its placement says. */
async function refuseWithoutAgreement(
  { attestations: asked }: OfferCredentialsRequest,
  attestations: readonly Attestation[],
  { agreements, now }: Pick<OfferingParts, 'agreements' | 'now'>,
): Promise<Refusal | undefined> {
  for (const { type, claims } of attestations) {
    const placement = claims && placementOf(type, claims);
    if (placement?.agreement === undefined) continue;
    const { agreement, between } = placement;
    const found = await agreements.findInForce(between, agreement.reference, ukDay(now()));
    const fault = agreementFault(agreement, found);
    if (fault === undefined) continue;
    const at = asked.findIndex((one) => one.type === type);
    const path = ['attestations', String(at), 'claims', fault.claim];
    return { ...refused('NO_AGREEMENT', 'attestations'), path, rule: fault.rule };
  }
  return undefined;
}

/** Has the desk open an offer, unless it did before. */
async function collectable(offer: StoredOffer, parts: OfferingParts): Promise<Offered | Refusal> {
  const { desk, offers, sealer, now } = parts;
  if (offer.sealedAnswer !== undefined) {
    const answer = sealedAnswer.parse(JSON.parse(sealer.open(offer.sealedAnswer, offer.id)));
    return { kind: 'offered', offer, ...answer, expiresAt: new Date(answer.expiresAt) };
  }
  if (offer.expiresAt <= now()) return refused('EXPIRED', 'idempotencyKey');
  const answer = await desk.open({
    offerId: offer.id,
    staffId: offer.staffId,
    configurationIds: offer.types.map((type) => CREDENTIAL_TYPES[type].id),
    issuerOds: offer.odsCode,
    expiresAt: offer.expiresAt,
    deferred: offer.deferred,
  });
  const sealed = sealer.seal(
    JSON.stringify({ ...answer, expiresAt: answer.expiresAt.toISOString() }),
    offer.id,
  );
  await offers.answer(offer.id, sealed, answer.expiresAt);
  return { kind: 'offered', offer, ...answer };
}
