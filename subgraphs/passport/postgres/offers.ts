/** Offers in PostgreSQL. */
import { z } from 'zod';

import { credentialType } from '../domain/credential.ts';
import type { OfferStore, StoredOffer } from '../domain/ports/offers.ts';
import { writeAudit } from './audit.ts';
import { claimKey, findKey, keepAnswer } from './idempotency.ts';
import { jsonb } from './json.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    id: z.string(),
    staff_id: z.string(),
    ods_code: z.string(),
    types: z.array(credentialType),
    created_at: timestamp,
    expires_at: timestamp,
    sealed_answer: z.string().nullable(),
    sealed_attestations: z.string().nullable(),
    deferred_until: timestamp.nullable(),
    deferred: z.boolean(),
    dead_at: timestamp.nullable(),
  })
  .transform((offer): StoredOffer => ({
    id: offer.id,
    staffId: offer.staff_id,
    odsCode: offer.ods_code,
    types: offer.types,
    createdAt: offer.created_at,
    expiresAt: offer.expires_at,
    ...(offer.deferred_until === null ? {} : { deferredUntil: offer.deferred_until }),
    deferred: offer.deferred,
    ...(offer.dead_at === null ? {} : { deadAt: offer.dead_at }),
    ...(offer.sealed_answer === null ? {} : { sealedAnswer: offer.sealed_answer }),
    ...(offer.sealed_attestations === null
      ? {}
      : { sealedAttestations: offer.sealed_attestations }),
  }));

const answer = z.object({ offerId: z.string() });

async function findOffer(db: PassportDatabase, id: string): Promise<StoredOffer | undefined> {
  const found = await db.selectFrom('offer').selectAll().where('id', '=', id).executeTakeFirst();
  return found && row.parse(found);
}

/** Offers in PostgreSQL. */
export function postgresOffers(db: PassportDatabase): OfferStore {
  return {
    find: (id) => findOffer(db, id),
    async findRepeat(actor, key, requestHash, now) {
      const found = await findKey(db, { actor, key, requestHash, now });
      if (found?.kind === 'reused') return 'reused';
      if (found?.kind !== 'repeat') return undefined;
      return findOffer(db, answer.parse(found.answer).offerId);
    },
    add: (offer, by, { key, requestHash }) =>
      db.transaction().execute(async (transaction) => {
        const claim = { actor: by.subject, key, requestHash, now: offer.createdAt };
        const claimed = await claimKey(transaction, claim);
        if (claimed.kind === 'reused') return 'reused';
        if (claimed.kind === 'repeat') {
          const earlier = await findOffer(transaction, answer.parse(claimed.answer).offerId);
          if (earlier === undefined) throw new Error('an offer is missing');
          return earlier;
        }
        await transaction
          .insertInto('offer')
          .values({
            id: offer.id,
            staff_id: offer.staffId,
            ods_code: offer.odsCode,
            types: jsonb(offer.types),
            created_at: offer.createdAt,
            expires_at: offer.expiresAt,
            sealed_answer: null,
            sealed_attestations: offer.sealedAttestations ?? null,
            deferred: offer.deferred,
          })
          .execute();
        await writeAudit(transaction, [
          {
            at: offer.createdAt,
            by,
            action: 'offer.made',
            subject: offer.id,
            odsCode: offer.odsCode,
          },
        ]);
        await keepAnswer(transaction, claim, { offerId: offer.id });
        return offer;
      }),
    defer: async (id, until) => {
      await db
        .updateTable('offer')
        .set({ deferred_until: until })
        .where('id', '=', id)
        .where('deferred_until', 'is', null)
        .execute();
    },
    async list({ staffId, issuedBy }, limit) {
      const found = await db
        .selectFrom('offer')
        .selectAll()
        .select((select) =>
          select
            .exists(
              select
                .selectFrom('credential')
                .select('id')
                .whereRef('credential.offer_id', '=', 'offer.id')
                .where('credential.issued_at', 'is not', null),
            )
            .as('collected'),
        )
        .where('staff_id', '=', staffId)
        .$if(issuedBy !== undefined, (query) => query.where('ods_code', '=', issuedBy ?? ''))
        .orderBy('created_at', 'desc')
        .limit(limit)
        .execute();
      return found.map((one) => ({ ...row.parse(one), collected: one.collected === true }));
    },
    end: (id, deadAt, by) =>
      db.transaction().execute(async (transaction) => {
        const ended = await transaction
          .updateTable('offer')
          .set({ dead_at: deadAt, sealed_attestations: null })
          .where('id', '=', id)
          .where('dead_at', 'is', null)
          .returning('ods_code')
          .executeTakeFirst();
        if (ended === undefined) return (await findOffer(transaction, id)) !== undefined;
        const { ods_code: odsCode } = ended;
        await transaction
          .insertInto('outbox')
          .values({
            type: 'offer.dead',
            subject: id,
            data: jsonb({ odsCode, because: 'WRONG_TRANSACTION_CODES' }),
            created_at: deadAt,
          })
          .execute();
        await writeAudit(transaction, [
          { at: deadAt, by, action: 'offer.dead', subject: id, odsCode },
        ]);
        return true;
      }),
    async answer(id, sealedAnswer, expiresAt) {
      await db
        .updateTable('offer')
        .set({ sealed_answer: sealedAnswer, expires_at: expiresAt })
        .where('id', '=', id)
        .where('sealed_answer', 'is', null)
        .execute();
    },
  };
}
