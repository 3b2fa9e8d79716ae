/** Presentation requests in PostgreSQL. */
import { z } from 'zod';

import { credentialType } from '../domain/credential.ts';
import type { PresentationStore, StoredPresentation } from '../domain/ports/presentations.ts';
import { storedResult } from '../domain/verification-result.ts';
import { writeAccessLog } from './access-log.ts';
import { claimKey, keepAnswer } from './idempotency.ts';
import { jsonb } from './json.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    id: z.string(),
    ods_code: z.string(),
    type: credentialType,
    claims: z.array(z.string()),
    nonce: z.string(),
    created_at: timestamp,
    expires_at: timestamp,
    answered_at: timestamp.nullable(),
    result: storedResult.nullable(),
  })
  .transform((request): StoredPresentation => ({
    id: request.id,
    odsCode: request.ods_code,
    type: request.type,
    claims: request.claims,
    nonce: request.nonce,
    createdAt: request.created_at,
    expiresAt: request.expires_at,
    ...(request.answered_at === null ? {} : { answeredAt: request.answered_at }),
    ...(request.result === null ? {} : { result: request.result }),
  }));

const answer = z.object({ requestId: z.string() });

async function findRequest(
  db: PassportDatabase,
  id: string,
): Promise<StoredPresentation | undefined> {
  const found = await db
    .selectFrom('presentation_request')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return found && row.parse(found);
}

/** Presentation requests in PostgreSQL. */
export function postgresPresentations(db: PassportDatabase): PresentationStore {
  return {
    find: (id) => findRequest(db, id),
    add: (request, by, { key, requestHash }) =>
      db.transaction().execute(async (transaction) => {
        const claim = { actor: by.subject, key, requestHash, now: request.createdAt };
        const claimed = await claimKey(transaction, claim);
        if (claimed.kind === 'reused') return 'reused';
        if (claimed.kind === 'repeat') {
          const earlier = await findRequest(transaction, answer.parse(claimed.answer).requestId);
          if (earlier === undefined) throw new Error('a presentation request is missing');
          return earlier;
        }
        await transaction
          .insertInto('presentation_request')
          .values({
            id: request.id,
            ods_code: request.odsCode,
            type: request.type,
            claims: jsonb(request.claims),
            nonce: request.nonce,
            created_at: request.createdAt,
            expires_at: request.expiresAt,
            answered_at: null,
            result: null,
          })
          .execute();
        await keepAnswer(transaction, claim, { requestId: request.id });
        return request;
      }),
    async take(id, odsCode, now) {
      const taken = await db
        .updateTable('presentation_request')
        .set({ answered_at: now })
        .where('id', '=', id)
        .where('ods_code', '=', odsCode)
        .where('answered_at', 'is', null)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst();
      return taken && row.parse(taken);
    },
    conclude: (id, result, disclosed) =>
      db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('presentation_request')
          .set({ result: jsonb(result) })
          .where('id', '=', id)
          .execute();
        if (disclosed === undefined) return;
        await writeAccessLog(transaction, disclosed, [disclosed.staffId]);
      }),
  };
}
