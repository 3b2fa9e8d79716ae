/**
 * Issuing a credential, so that none is ever handed out that was not recorded: the record comes first, then the
 * signature, then the record of the signature, then the answer.
 *
 * Source: draft-ietf-oauth-status-list, section 13.3 (no double allocation); the order is that of Boulder, the software
 * of a public certificate authority.
 */
import { jwkThumbprint, type PublicEcJwk } from '../../../standards/jwk-thumbprint.ts';
import { serialiseSdJwt } from '../../../standards/sd-jwt/serialisation.ts';
import type { Actor } from './actor.ts';
import { buildCredential, claimsOf } from './build-credential.ts';
import type { CredentialRecord, CredentialType } from './credential.ts';
import { newCredentialId, requestHash } from './identifiers.ts';
import type { CredentialStore, IssuedContent } from './ports/credentials.ts';
import type { OfferStore } from './ports/offers.ts';
import type { VerifiedRecords } from './ports/records.ts';
import {
  openDisclosures,
  sealDisclosures,
  signCredential,
  type SigningParts,
} from './sign-credential.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';
import { type Refusal, refused } from './user-error.ts';
import { employerRecord } from './verified-record.ts';

/** What the authorization server asks for. */
export interface IssueRequest {
  readonly idempotencyKey: string;
  readonly offerId: string;
  readonly type: CredentialType;
  /** The holder's key, proved to be in the wallet's possession. */
  readonly holderKey: PublicEcJwk;
  readonly by: Omit<Actor, 'odsCode'>;
}

/** What issuing needs. */
export interface IssuingParts extends SigningParts {
  readonly credentials: CredentialStore;
  readonly offers: Pick<OfferStore, 'find'>;
  readonly records: VerifiedRecords;
  readonly publisher: Pick<StatusListPublisher, 'ensureOpen'>;
  /** Makes pairwise subjects. */
  readonly subjectKey: Uint8Array;
}

/** A credential in the holder's hands, or why not. */
export type IssueOutcome =
  | { readonly kind: 'issued'; readonly credential: CredentialRecord; readonly sdJwt: string }
  | Refusal;

/** A wallet that redeemed an offer in its last second has this long to collect, in milliseconds. */
const COLLECTING_MS = 5 * 60_000;
/** Most credentials of one type from one offer, each for a key of its own. */
const PER_OFFER = 10;

/** Issues a credential. A repeated call gives the same credential. */
export async function issueCredential(
  request: IssueRequest,
  parts: IssuingParts,
): Promise<IssueOutcome> {
  const { credentials, offers, records, addresses, now, sealer } = parts;
  const holderThumbprint = jwkThumbprint(request.holderKey);
  const hash = requestHash([request.offerId, request.type, holderThumbprint]);
  const earlier = await credentials.findByIdempotencyKey(request.idempotencyKey);
  if (earlier !== undefined) return handOut(earlier, hash, parts);

  const offer = await offers.find(request.offerId);
  if (offer === undefined) return refused('NOT_FOUND', 'offerId');
  if (offer.expiresAt.getTime() + COLLECTING_MS <= now().getTime()) {
    return refused('EXPIRED', 'offerId');
  }
  if (!offer.types.includes(request.type)) return refused('INVALID_VALUE', 'type');

  const whole = await records.find(offer.staffId, request.by.requestId);
  const record = whole && employerRecord(whole, offer.odsCode, now());
  const claims = record && claimsOf(request.type, record);
  if (record === undefined || claims === undefined) return refused('NOT_ELIGIBLE', 'type');

  await parts.publisher.ensureOpen(offer.odsCode);
  const credentialId = newCredentialId();
  const matter = {
    credentialId,
    type: request.type,
    record,
    claims,
    holderKey: request.holderKey,
    now: now(),
  };
  const begun = await credentials.begin(
    {
      credentialId,
      offerId: offer.id,
      staffId: offer.staffId,
      odsCode: offer.odsCode,
      type: request.type,
      holderThumbprint,
      idempotencyKey: request.idempotencyKey,
      requestHash: hash,
      by: { ...request.by, odsCode: offer.odsCode },
      fields: Object.keys(claims),
      now: matter.now,
      limit: PER_OFFER,
    },
    (slot) => {
      const { disclosures, ...built } = buildCredential(matter, slot, parts);
      return { ...built, sealedDisclosures: sealDisclosures(credentialId, disclosures, sealer) };
    },
  );
  if ('kind' in begun) return begun;
  return handOut(begun, hash, { ...parts, addresses });
}

/** Ends an issuing that was begun, now or earlier, and gives out its credential. */
async function handOut(
  content: IssuedContent,
  hash: string,
  parts: SigningParts,
): Promise<IssueOutcome> {
  if (content.requestHash !== hash) return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
  const done =
    content.credential.state === 'ISSUING' ? await signCredential(content, parts) : content;
  const disclosures = openDisclosures(done, parts.sealer);
  if (done.signedJwt === undefined) return refused('NOT_ELIGIBLE', 'offerId');
  if (disclosures === undefined) return refused('EXPIRED', 'idempotencyKey');
  return {
    kind: 'issued',
    credential: done.credential,
    sdJwt: serialiseSdJwt(done.signedJwt, disclosures),
  };
}
