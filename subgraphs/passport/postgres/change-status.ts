/** The transaction that changes a credential's status. */
import { z } from 'zod';

import { mayChange } from '../domain/change-status.ts';
import {
  credentialFormat,
  type CredentialRecord,
  credentialType,
  statusReason,
  storedState,
} from '../domain/credential.ts';
import type { StatusChange } from '../domain/ports/credentials.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { writeAudit } from './audit.ts';
import { RECORD_COLUMNS, toRecord } from './credential-rows.ts';
import { sourceHasFallen } from './followed-sources.ts';
import { claimKey, keepAnswer } from './idempotency.ts';
import { tellOfChange } from './change-signals.ts';
import { jsonb } from './json.ts';
import { keepForReview } from './passport-stops.ts';
import type { PassportDatabase } from './tables.ts';

/** An answer as it rests under an idempotency key. */
const keptAnswer = z.union([
  z.object({ refused: z.enum(['RESOURCE_VERSION_MISMATCH', 'STATUS_CHANGE_NOT_ALLOWED']) }),
  z.object({
    credential: z.object({
      id: z.string(),
      position: z.number(),
      offerId: z.string(),
      staffId: z.string(),
      odsCode: z.string(),
      type: credentialType,
      format: credentialFormat,
      state: storedState,
      version: z.number(),
      reason: statusReason.optional(),
      holderThumbprint: z.string(),
      listId: z.string(),
      statusIndex: z.number(),
      createdAt: z.coerce.date(),
      issuedAt: z.coerce.date().optional(),
      expiresAt: z.coerce.date(),
      statusChangedAt: z.coerce.date().optional(),
    }),
  }),
]);

/** Changes a status; see `CredentialStore.changeStatus`. */
export function changeStatusIn(
  db: PassportDatabase,
  change: StatusChange,
): Promise<CredentialRecord | Refusal> {
  const { by, idempotencyKey, requestHash, now } = change;
  return db.transaction().execute(async (transaction) => {
    const claim = { actor: by.subject, key: idempotencyKey, requestHash, now };
    const claimed = await claimKey(transaction, claim);
    if (claimed.kind === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
    if (claimed.kind === 'repeat' && claimed.answer !== null) {
      const kept = keptAnswer.parse(claimed.answer);
      return 'refused' in kept ? explained(kept.refused) : (kept.credential as CredentialRecord);
    }
    const outcome = await apply(transaction, change);
    if (!('kind' in outcome)) {
      await keepAnswer(transaction, claim, { credential: outcome });
    } else if (outcome.code !== 'NOT_FOUND') {
      await keepAnswer(transaction, claim, { refused: outcome.code });
    }
    return outcome;
  });
}

async function apply(
  db: PassportDatabase,
  { credentialId, to, reason, expectedVersion, review, by, now }: StatusChange,
): Promise<CredentialRecord | Refusal> {
  const found = await db
    .selectFrom('credential')
    .select(RECORD_COLUMNS)
    .where('id', '=', credentialId)
    .where('ods_code', '=', by.odsCode)
    .where('state', '<>', 'FAILED')
    .forUpdate()
    .executeTakeFirst();
  // Another trust's credential reads the same as none.
  if (found === undefined) return refused('NOT_FOUND', 'credentialId');
  const before = toRecord(found);
  if (expectedVersion !== undefined && expectedVersion !== before.version) {
    return explained('RESOURCE_VERSION_MISMATCH');
  }
  if (!mayChange(before.state, to)) return explained('STATUS_CHANGE_NOT_ALLOWED');
  // Nobody reinstates against a register: news of it waits for this row, and finds the credential as this leaves it.
  if (to === 'ACTIVE' && (await sourceHasFallen(db, credentialId))) {
    return explained('STATUS_CHANGE_NOT_ALLOWED');
  }
  const row = await db
    .updateTable('credential')
    .set({ state: to, reason, version: before.version + 1, status_changed_at: now })
    .where('id', '=', credentialId)
    .returning(RECORD_COLUMNS)
    .executeTakeFirstOrThrow();
  const after = toRecord(row);
  await db
    .insertInto('status_history')
    .values({
      credential_id: after.id,
      version: after.version,
      state: to,
      reason,
      actor: by.subject,
      ods_code: by.odsCode,
      at: now,
    })
    .execute();
  await db
    .insertInto('outbox')
    .values({
      type: 'credential.status-changed',
      subject: after.id,
      data: jsonb({ odsCode: by.odsCode, state: to, reason, version: after.version }),
      created_at: now,
    })
    .execute();
  await writeAudit(db, [
    {
      at: now,
      by,
      action: 'credential.status-changed',
      subject: after.id,
      odsCode: by.odsCode,
      details: { state: to, reason, version: after.version },
    },
  ]);
  const { staffId, odsCode, type } = after;
  await tellOfChange(db, { staffId, odsCode, types: [type], to, at: now });
  if (review !== undefined) {
    const stopped = { id: review.stopId, staffId, credentialId, reason, reviewDueAt: review.dueAt };
    await keepForReview(db, stopped, by, now);
  }
  return after;
}

function explained(code: 'RESOURCE_VERSION_MISMATCH' | 'STATUS_CHANGE_NOT_ALLOWED'): Refusal {
  return refused(code, code === 'RESOURCE_VERSION_MISMATCH' ? 'expectedVersion' : 'credentialId');
}
