/** The transaction that records what is about to be signed. */
import { sql } from 'kysely';

import type {
  IntendedCredential,
  IssuedContent,
  IssueIntention,
  PreparedCredential,
  StatusSlot,
} from '../domain/ports/credentials.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { writeAccessLog } from './access-log.ts';
import { findAccreditation } from './accreditations.ts';
import { writeAudit } from './audit.ts';
import { CONTENT_COLUMNS, toContent } from './credential-rows.ts';
import { issuingIsStopped } from './issuing-stops.ts';
import { jsonb } from './json.ts';
import { recordPlacement } from './placements.ts';
import type { PassportDatabase } from './tables.ts';
import { sourceContradicts } from './followed-sources.ts';
import { takeSlots } from './take-slots.ts';

/** Records an intention to issue; see `CredentialStore.begin`. */
export function beginIssuing(
  db: PassportDatabase,
  intention: IssueIntention,
  prepare: (member: IntendedCredential, slot: StatusSlot) => PreparedCredential,
): Promise<readonly IssuedContent[] | Refusal> {
  return db.transaction().execute(async (transaction) => {
    if (await issuingIsStopped(transaction, intention.odsCode)) return refused('ISSUING_STOPPED');
    const earlier = await findEarlier(transaction, intention);
    if (earlier !== undefined) return earlier;
    const { odsCode, type, now } = intention;
    const accredited = await findAccreditation(transaction, odsCode, type, now);
    if (accredited === undefined) return refused('NOT_ACCREDITED', 'type');
    // What the source has said since the record was read counts more.
    if (await sourceContradicts(transaction, intention)) return refused('NOT_ELIGIBLE', 'type');
    const { placement } = intention;
    const refusal = placement && (await recordPlacement(transaction, intention, placement));
    return refusal ?? record(transaction, intention, prepare);
  });
}

/**
 * Locks the idempotency key and the offer, so that calls for either take turns, and looks for what was recorded before.
 */
async function findEarlier(
  db: PassportDatabase,
  { offerId, type, format, idempotencyKey, requestHash, members, limit }: IssueIntention,
): Promise<readonly IssuedContent[] | Refusal | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`lanyard:passport:issue:${idempotencyKey}`}, 0))`.execute(
    db,
  );
  const underKey = await readBatch(db, idempotencyKey);
  // Of another request too: the caller compares.
  if (underKey.length > 0) return underKey;
  const offer = await db
    .selectFrom('offer')
    .select('id')
    .where('id', '=', offerId)
    .forUpdate()
    .executeTakeFirst();
  if (offer === undefined) return refused('NOT_FOUND', 'offerId');
  const rows = await db
    .selectFrom('credential')
    .select(CONTENT_COLUMNS)
    .where('offer_id', '=', offerId)
    .where('type', '=', type)
    .where('format', '=', format)
    .where('state', '<>', 'FAILED')
    .execute();
  const same = rows.filter((row) => row.request_hash === requestHash);
  if (same.length > 0) return same.map(toContent);
  const used = new Set(rows.map((row) => row.holder_thumbprint));
  const counting = rows.filter(({ reason }) => reason !== 'SUPERSEDED');
  if (members.some(({ holderThumbprint }) => used.has(holderThumbprint))) {
    return refused('INVALID_VALUE', 'holderKeys');
  }
  return counting.length + members.length > limit ? refused('NOT_ELIGIBLE', 'offerId') : undefined;
}

/** The batch under an idempotency key; empty when there is none. */
export async function readBatch(
  db: PassportDatabase,
  idempotencyKey: string,
): Promise<readonly IssuedContent[]> {
  const rows = await db
    .selectFrom('credential')
    .select(CONTENT_COLUMNS)
    .where('idempotency_key', '=', idempotencyKey)
    .where('state', '<>', 'FAILED')
    .orderBy('position')
    .execute();
  return rows.map(toContent);
}

async function record(
  db: PassportDatabase,
  intention: IssueIntention,
  prepare: (member: IntendedCredential, slot: StatusSlot) => PreparedCredential,
): Promise<readonly IssuedContent[]> {
  const { members, now, by, odsCode, type, format } = intention;
  const slots = await takeSlots(db, odsCode, members.length);
  const rows = await db
    .insertInto('credential')
    .values(
      members.map((member, at) => {
        const slot = slots[at];
        if (slot === undefined) throw new Error('too few places in status lists');
        const prepared = prepare(member, slot);
        return {
          id: member.credentialId,
          offer_id: intention.offerId,
          staff_id: intention.staffId,
          ods_code: odsCode,
          type,
          format,
          state: 'ISSUING',
          reason: null,
          holder_thumbprint: member.holderThumbprint,
          idempotency_key: intention.idempotencyKey,
          request_hash: intention.requestHash,
          claims_hash: prepared.claimsHash,
          source_hash: intention.sourceHash ?? null,
          renewal: intention.renewal,
          list_id: slot.listId,
          status_index: slot.index,
          payload: prepared.payload,
          sealed_disclosures: prepared.sealedDisclosures,
          signed_jwt: null,
          created_at: now,
          issued_at: null,
          expires_at: prepared.expiresAt,
          status_changed_at: null,
        };
      }),
    )
    .returning(CONTENT_COLUMNS)
    .execute();
  await db
    .insertInto('outbox')
    .values(
      members.map(({ credentialId }) => ({
        type: 'credential.issuing',
        subject: credentialId,
        data: jsonb({ odsCode, type }),
        created_at: now,
      })),
    )
    .execute();
  await writeAudit(
    db,
    members.map(({ credentialId }) => ({
      at: now,
      by,
      action: 'credential.issuing',
      subject: credentialId,
      odsCode,
      details: { offerId: intention.offerId, type, format },
    })),
  );
  await writeAccessLog(db, [
    {
      staffId: intention.staffId,
      at: now,
      actor: by.subject,
      actorName: by.name,
      actorOdsCode: by.odsCode,
      purpose: 'CREDENTIAL_ISSUE',
      fields: intention.fields,
      requestId: by.requestId,
    },
  ]);
  return rows.map(toContent);
}
