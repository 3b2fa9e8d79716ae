/** The transaction that records what is about to be signed. */
import { newStatusListId, randomIndex } from '../domain/identifiers.ts';
import type {
  IssuedContent,
  IssueIntention,
  PreparedCredential,
  StatusSlot,
} from '../domain/ports/credentials.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { writeAccessLog } from './access-log.ts';
import { CONTENT_COLUMNS, toContent } from './credential-rows.ts';
import { jsonb } from './json.ts';
import type { PassportDatabase } from './tables.ts';

/** Places in one list. */
export const LIST_SIZE = 2 ** 20;
/** Random places tried in a list before it counts as full. */
const TRIES = 20;

/** Records an intention to issue; see `CredentialStore.begin`. */
export async function beginIssuing(
  db: PassportDatabase,
  intention: IssueIntention,
  prepare: (slot: StatusSlot) => PreparedCredential,
): Promise<IssuedContent | Refusal> {
  try {
    return await db.transaction().execute(async (transaction) => {
      const earlier = await findEarlier(transaction, intention);
      return earlier ?? (await record(transaction, intention, prepare));
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Another call with the same key was faster: its credential is the answer.
    const faster = await db
      .selectFrom('credential')
      .select(CONTENT_COLUMNS)
      .where('idempotency_key', '=', intention.idempotencyKey)
      .where('state', '<>', 'FAILED')
      .executeTakeFirst();
    if (faster === undefined) throw error;
    return toContent(faster);
  }
}

/** Locks the offer, so that calls for one offer take turns, and looks for what was recorded before. */
async function findEarlier(
  db: PassportDatabase,
  { offerId, type, holderThumbprint, limit }: IssueIntention,
): Promise<IssuedContent | Refusal | undefined> {
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
    .where('state', '<>', 'FAILED')
    .execute();
  const same = rows.find((row) => row.holder_thumbprint === holderThumbprint);
  if (same !== undefined) return toContent(same);
  return rows.length >= limit ? refused('NOT_ELIGIBLE', 'offerId') : undefined;
}

async function record(
  db: PassportDatabase,
  intention: IssueIntention,
  prepare: (slot: StatusSlot) => PreparedCredential,
): Promise<IssuedContent> {
  const { credentialId, now, by } = intention;
  const slot = await takeSlot(db, intention.odsCode);
  const prepared = prepare(slot);
  const row = await db
    .insertInto('credential')
    .values({
      id: credentialId,
      offer_id: intention.offerId,
      staff_id: intention.staffId,
      ods_code: intention.odsCode,
      type: intention.type,
      state: 'ISSUING',
      reason: null,
      holder_thumbprint: intention.holderThumbprint,
      idempotency_key: intention.idempotencyKey,
      request_hash: intention.requestHash,
      claims_hash: prepared.claimsHash,
      list_id: slot.listId,
      status_index: slot.index,
      payload: prepared.payload,
      sealed_disclosures: prepared.sealedDisclosures,
      signed_jwt: null,
      created_at: now,
      issued_at: null,
      expires_at: prepared.expiresAt,
      status_changed_at: null,
    })
    .returning(CONTENT_COLUMNS)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('outbox')
    .values({
      type: 'credential.issuing',
      subject: credentialId,
      data: jsonb({ odsCode: intention.odsCode, type: intention.type }),
      created_at: now,
    })
    .execute();
  await writeAccessLog(
    db,
    {
      at: now,
      actor: by.subject,
      actorName: by.name,
      actorOdsCode: by.odsCode,
      purpose: 'CREDENTIAL_ISSUE',
      fields: intention.fields,
      requestId: by.requestId,
    },
    [intention.staffId],
  );
  return toContent(row);
}

/** Takes a random place that was never given out. A list in which twenty tries fail is full: the next is opened. */
async function takeSlot(db: PassportDatabase, odsCode: string): Promise<StatusSlot> {
  for (;;) {
    const list = await openList(db, odsCode);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const index = randomIndex(list.size);
      const taken = await db
        .insertInto('status_slot')
        .values({ list_id: list.id, status_index: index })
        .onConflict((conflict) => conflict.doNothing())
        .returning('status_index')
        .executeTakeFirst();
      if (taken !== undefined) return { listId: list.id, index };
    }
    await db.updateTable('status_list').set({ open: false }).where('id', '=', list.id).execute();
  }
}

/** The trust's list for new credentials; made when there is none. */
export async function openList(
  db: PassportDatabase,
  odsCode: string,
): Promise<{ readonly id: string; readonly size: number }> {
  const find = () =>
    db
      .selectFrom('status_list')
      .select(['id', 'size'])
      .where('ods_code', '=', odsCode)
      .where('open', '=', true)
      .executeTakeFirst();
  const open = await find();
  if (open !== undefined) return open;
  await db
    .insertInto('status_list')
    .values({
      id: newStatusListId(),
      ods_code: odsCode,
      size: LIST_SIZE,
      token: null,
      signed_at: null,
      expires_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await find();
  if (made === undefined) throw new Error('no open status list');
  return made;
}

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';
