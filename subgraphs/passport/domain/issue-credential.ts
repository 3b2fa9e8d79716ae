/**
 * Issuing credentials, so that none is ever handed out that was not recorded: the record comes first, then the signature,
 * then the record of the signature, then the answer. A batch is recorded, signed and handed out as a whole.
 *
 * Source: draft-ietf-oauth-status-list, section 13.3 (no double allocation); OpenID4VCI 1.0, section 3.3 (batches); the
 * order is that of Boulder, the software of a public certificate authority.
 */
import { jwkThumbprint, type PublicEcJwk } from '../../../standards/jwk-thumbprint.ts';
import type { Actor } from './actor.ts';
import { findAttestation } from './attestation.ts';
import { buildCredential } from './build-credential.ts';
import { buildVcJwt } from './build-vc-jwt.ts';
import { contentOf } from './credential-content.ts';
import { compactCredential, openContents, sealContents } from './credential-contents.ts';
import type { CredentialFormat, CredentialRecord, CredentialType } from './credential.ts';
import { newCredentialId, requestHash, statementHash } from './identifiers.ts';
import { placementOf } from './placement.ts';
import type { Accreditations } from './ports/accreditations.ts';
import type { CredentialStore, IssuedContent } from './ports/credentials.ts';
import type { IssuingStops } from './ports/issuing-stops.ts';
import type { OfferStore, StoredOffer } from './ports/offers.ts';
import type { VerifiedRecords } from './ports/records.ts';
import { issuerRecord } from './issuer-record.ts';
import { refuseRenewal, supersede } from './renew-credential.ts';
import { sourceHashOf } from './source-hash.ts';
import { signCredentials, type SigningParts } from './sign-credential.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';
import { type Refusal, refused } from './user-error.ts';
import type { EmployerRecord } from './verified-record.ts';

/** What the authorization server asks for. */
export interface IssueRequest {
  readonly idempotencyKey: string;
  readonly offerId: string;
  readonly type: CredentialType;
  readonly format: CredentialFormat;
  /** The holder's keys, each proved to be in the wallet's possession: one credential for each. */
  readonly holderKeys: readonly PublicEcJwk[];
  /** The wallet comes back, usually for what it has collected before. */
  readonly renewal: boolean;
  readonly by: Omit<Actor, 'odsCode'>;
}

/** What issuing needs. */
export interface IssuingParts extends SigningParts {
  readonly credentials: CredentialStore;
  readonly issuingStops: Pick<IssuingStops, 'find'>;
  readonly accreditations: Pick<Accreditations, 'find'>;
  readonly offers: Pick<OfferStore, 'find' | 'defer'>;
  readonly records: VerifiedRecords;
  readonly publisher: Pick<StatusListPublisher, 'ensureOpen' | 'publish'>;
  /** Makes pairwise subjects, and hashes of what was said about people. */
  readonly subjectKey: Uint8Array;
  /** Whose credentials count for a minute alone; of somebody invented, in development. */
  readonly isShortLived: (record: EmployerRecord) => boolean;
}

/** A credential on its way to the holder. */
export interface IssuedCredential {
  readonly credential: CredentialRecord;
  /** The signed credential in its compact form. */
  readonly compact: string;
}

/** Credentials in the order of the holder's keys, or why there are none. */
export type IssueOutcome =
  | { readonly kind: 'issued'; readonly issued: readonly IssuedCredential[] }
  | Refusal;

/** Most credentials in one batch. */
export const BATCH_LIMIT = 20;

/** A wallet that redeemed an offer in its last second has this long to collect, in milliseconds. */
export const COLLECTING_MS = 5 * 60_000;
/** A wallet that came in time while issuing was stopped has this long to come back, in milliseconds: 14 days. */
const DEFERRED_MS = 14 * 24 * 3_600_000;
/** Most credentials of one type and format from one offer: a whole batch, and another for a wallet that lost the first. */
const PER_OFFER = 2 * BATCH_LIMIT;

/** Issues credentials. A repeated call gives the same credentials. */
export async function issueCredential(
  request: IssueRequest,
  parts: IssuingParts,
): Promise<IssueOutcome> {
  const { accreditations, credentials, issuingStops, offers, records, now, sealer } = parts;
  const { type, format } = request;
  const thumbprints = request.holderKeys.map((key) => jwkThumbprint(key));
  const keys = new Map(request.holderKeys.map((key, at) => [thumbprints[at], key]));
  if (keys.size < 1 || keys.size > BATCH_LIMIT || keys.size !== thumbprints.length) {
    return refused('INVALID_VALUE', 'holderKeys');
  }
  // The order of the keys makes no other request.
  const hash = requestHash([
    request.offerId,
    type,
    format,
    thumbprints.toSorted(),
    ...(request.renewal ? ['renewal'] : []),
  ]);
  const wanted = { hash, thumbprints };
  const earlier = await credentials.findBatch(request.idempotencyKey);
  if (earlier.length > 0) return handOut(earlier, wanted, request.by, parts);

  const offer = await offers.find(request.offerId);
  if (offer === undefined) return refused('NOT_FOUND', 'offerId');
  const issue = { offerId: offer.id, type, format };
  // Whoever comes back without having collected this before collects it for the first time.
  const renewal = request.renewal && (await credentials.listIssue(issue)).length > 0;
  const end = Math.max(offer.expiresAt.getTime(), offer.deferredUntil?.getTime() ?? 0);
  // How long a wallet may come back is for the authorization server to say.
  const ended = !renewal && end + COLLECTING_MS <= now().getTime();
  if (offer.deadAt !== undefined || ended) return refused('EXPIRED', 'offerId');
  if (!offer.types.includes(type)) return refused('INVALID_VALUE', 'type');
  // Both are asked again in the transaction that records; here they save the reading of a record.
  if ((await issuingStops.find(offer.odsCode)) !== undefined) return stopped(offer, renewal, parts);
  if ((await accreditations.find(offer.odsCode, type, now())) === undefined) {
    return refused('NOT_ACCREDITED', 'type');
  }

  const whole = await records.find(offer.staffId, request.by.requestId);
  const record = whole && issuerRecord([type], whole, offer.odsCode, now());
  const stated = findAttestation(offer, type, sealer);
  const said = record && contentOf(type, record, stated);
  if (record === undefined || said === undefined) {
    const waiting = offer.deferred && !renewal;
    return refused(waiting ? 'NOT_READY' : 'NOT_ELIGIBLE', 'type');
  }

  const saidHash = statementHash(said.claims, parts.subjectKey);
  const sourceHash = sourceHashOf(type, said.claims, parts.subjectKey);
  if (renewal) {
    const refusal = await refuseRenewal(issue, saidHash, parts);
    if (refusal !== undefined) return refusal;
  }

  const placement = placementOf(type, said.claims);
  await parts.publisher.ensureOpen(offer.odsCode);
  const issuedAt = now();
  const begun = await credentials.begin(
    {
      members: thumbprints.map((holderThumbprint) => ({
        credentialId: newCredentialId(),
        holderThumbprint,
      })),
      offerId: offer.id,
      staffId: offer.staffId,
      odsCode: offer.odsCode,
      type,
      format,
      idempotencyKey: request.idempotencyKey,
      requestHash: hash,
      by: { ...request.by, odsCode: offer.odsCode },
      renewal,
      ...(placement === undefined ? {} : { placement }),
      claimsHash: saidHash,
      ...(sourceHash === undefined ? {} : { sourceHash }),
      fields: Object.keys(said.claims),
      now: issuedAt,
      // Those that are renewed count until they are superseded.
      limit: renewal ? 2 * PER_OFFER : PER_OFFER,
    },
    ({ credentialId, holderThumbprint }, slot) => {
      const holderKey = keys.get(holderThumbprint);
      if (holderKey === undefined) throw new Error('a key of the batch is missing');
      const isShortLived = parts.isShortLived(record);
      const matter = {
        credentialId,
        type,
        record,
        ...said,
        holderKey,
        isShortLived,
        now: issuedAt,
      };
      const build = format === 'VC_JWT' ? buildVcJwt : buildCredential;
      const { claimsHash, expiresAt, ...contents } = build(matter, slot, parts);
      return { claimsHash, expiresAt, ...sealContents(credentialId, format, contents, sealer) };
    },
  );
  if ('kind' in begun)
    return begun.code === 'ISSUING_STOPPED' ? stopped(offer, renewal, parts) : begun;
  const outcome = await handOut(begun, wanted, request.by, parts);
  if (renewal && outcome.kind === 'issued') await supersede(request.by, parts, offer.id);
  return outcome;
}

/** A wallet that came in time may come back when issuing goes on; one that renews may do so anyway. */
async function stopped(
  offer: Pick<StoredOffer, 'id'>,
  renewal: boolean,
  { offers, now }: Pick<IssuingParts, 'offers' | 'now'>,
): Promise<Refusal> {
  if (!renewal) await offers.defer(offer.id, new Date(now().getTime() + DEFERRED_MS));
  return refused('ISSUING_STOPPED');
}

/** Ends an issuing that was begun, now or earlier, and gives out its credentials. */
async function handOut(
  batch: readonly IssuedContent[],
  wanted: { readonly hash: string; readonly thumbprints: readonly string[] },
  by: IssueRequest['by'],
  parts: Pick<IssuingParts, 'issuingStops'> & SigningParts,
): Promise<IssueOutcome> {
  const [first] = batch;
  if (first?.requestHash !== wanted.hash)
    return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
  if ((await parts.issuingStops.find(first.credential.odsCode)) !== undefined) {
    return refused('ISSUING_STOPPED');
  }
  const done = await signCredentials(batch, by, parts);
  if ('kind' in done) return done;
  const byKey = new Map(done.map((content) => [content.credential.holderThumbprint, content]));
  const issued: IssuedCredential[] = [];
  for (const thumbprint of wanted.thumbprints) {
    const content = byKey.get(thumbprint);
    if (content?.signedJwt === undefined) return refused('NOT_ELIGIBLE', 'offerId');
    const contents = openContents(content, parts.sealer);
    if (contents === undefined) return refused('EXPIRED', 'idempotencyKey');
    const { credential, signedJwt } = content;
    issued.push({ credential, compact: compactCredential(credential.format, signedJwt, contents) });
  }
  return { kind: 'issued', issued };
}
