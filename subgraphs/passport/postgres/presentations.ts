/** Presentation requests in PostgreSQL. */
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';

import { PRESENTATION_ID } from '../domain/identifiers.ts';
import type { Sealer } from '../domain/ports/keys.ts';
import type { PresentationStore } from '../domain/ports/presentations.ts';
import type { PresentationGroup, StoredPresentation } from '../domain/presentation-request.ts';
import type { DisclosedClaims } from '../domain/verification-result.ts';
import { accessLogInsert, writeAccessLog } from './access-log.ts';
import { claimKey, keepAnswer } from './idempotency.ts';
import { newRow, toPresentation } from './presentation-rows.ts';
import type { PassportDatabase, PassportTables } from './tables.ts';

const ID = new RegExp(PRESENTATION_ID);
const answer = z.object({ requestId: z.string() });
const claims = z.record(z.string(), z.unknown());

const context = (id: string, queryId: string): string => `presentation claims ${id} ${queryId}`;

async function findRequest(
  db: PassportDatabase,
  id: string,
): Promise<StoredPresentation | undefined> {
  // Clients send it: characters that the database cannot hold are no id.
  if (!ID.test(id)) return undefined;
  const found = await db
    .selectFrom('presentation_request')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return found && toPresentation(found);
}

type Requests = SelectQueryBuilder<
  PassportTables,
  'presentation_request',
  Selectable<PassportTables['presentation_request']>
>;

/** Requests by group, as `presentationState` tells them apart. */
const IN_GROUP: Readonly<Record<PresentationGroup, (from: Requests, now: Date) => Requests>> = {
  OPEN: (from, now) =>
    from
      .where('refused_because', 'is', null)
      .where('released_at', 'is', null)
      .where('expires_at', '>', now),
  ANSWERED: (from) =>
    from.where('refused_because', 'is', null).where('released_at', 'is not', null),
  ENDED: (from, now) =>
    from.where((is) =>
      is.or([
        is('refused_because', 'is not', null),
        is.and([is('released_at', 'is', null), is('expires_at', '<=', now)]),
      ]),
    ),
};

/** A request that can still be answered, to change in one statement. */
const open = (db: PassportDatabase, id: string, now: Date) =>
  db
    .updateTable('presentation_request')
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .where('expires_at', '>', now);

/** Presentation requests in PostgreSQL. */
export function postgresPresentations(db: PassportDatabase, sealer: Sealer): PresentationStore {
  return {
    find: (id) => findRequest(db, id),
    async list({ odsCode, group, now }, { first, after }) {
      const all = db
        .selectFrom('presentation_request')
        .selectAll()
        .where('ods_code', '=', odsCode)
        .orderBy('position', 'desc')
        .limit(first + 1);
      const from = after === undefined ? all : all.where('position', '<', after);
      const rows = await IN_GROUP[group](from, now).execute();
      return rows.map((found) => ({ position: found.position, request: toPresentation(found) }));
    },
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
        await transaction.insertInto('presentation_request').values(newRow(request)).execute();
        await keepAnswer(transaction, claim, { requestId: request.id });
        return request;
      }),
    async start(id, sessionHash, now) {
      const started = await open(db, id, now)
        .set((column) => ({
          started_at: column.fn.coalesce('started_at', column.val(now)),
          session_hash: sessionHash,
        }))
        .where('same_device', '=', true)
        .where((either) =>
          either.or([either('session_hash', 'is', null), either('session_hash', '=', sessionHash)]),
        )
        .returning('id')
        .executeTakeFirst();
      return started !== undefined;
    },
    async isStartedBy(id, sessionHash) {
      const found = await db
        .selectFrom('presentation_request')
        .select('id')
        .where('id', '=', id)
        .where('session_hash', '=', sessionHash)
        .executeTakeFirst();
      return found !== undefined;
    },
    async fetch(id, now) {
      const fetched = await open(db, id, now)
        .set({ fetched_at: now })
        .where('fetched_at', 'is', null)
        .where((either) =>
          either.or([either('same_device', '=', false), either('session_hash', 'is not', null)]),
        )
        .returningAll()
        .executeTakeFirst();
      return fetched && toPresentation(fetched);
    },
    async take(id, now, odsCode) {
      let taking = open(db, id, now).set({ answered_at: now, sealed_key: null });
      if (odsCode !== undefined) taking = taking.where('ods_code', '=', odsCode);
      const taken = await taking.returningAll().executeTakeFirst();
      return taken && toPresentation(taken);
    },
    async refuse(id, because, now) {
      const refused = await open(db, id, now)
        .set({ answered_at: now, refused_because: because, sealed_key: null })
        .returning('id')
        .executeTakeFirst();
      return refused !== undefined;
    },
    async forgetKeys(now) {
      await db
        .updateTable('presentation_request')
        .set({ sealed_key: null })
        .where('sealed_key', 'is not', null)
        .where('expires_at', '<=', now)
        .execute();
    },
    // One statement, and so one way to the database: a crowd of wallets waits for it.
    async conclude(id, { result, claims: disclosed, eraseAfter, release }) {
      const rows = [...disclosed].map(([queryId, values]) => ({
        query_id: queryId,
        sealed: sealer.seal(JSON.stringify(values), context(id, queryId)),
      }));
      const at = 'at' in release ? release : undefined;
      const code = 'at' in release ? undefined : release.responseCodeHash;
      await sql`
        with concluded as (
          update passport.presentation_request set
            result = ${JSON.stringify(result)}::jsonb, holder_id = ${result.staffId ?? null},
            released_at = ${at?.at ?? null}, response_code_hash = ${code ?? null}
          where id = ${id}
        ), kept as (
          insert into passport.presentation_claims (presentation_id, query_id, sealed, erase_after)
          select ${id}, query_id, sealed, ${eraseAfter}::timestamptz
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as claims (query_id text, sealed text)
        ), logged as (${accessLogInsert(at?.log ?? [])})
        select 1`.execute(db);
    },
    release: ({ responseCodeHash, sessionHash, now }, logOf) =>
      db.transaction().execute(async (transaction) => {
        const released = await transaction
          .updateTable('presentation_request')
          .set({ released_at: now })
          .where('response_code_hash', '=', responseCodeHash)
          .where('session_hash', '=', sessionHash)
          .where('released_at', 'is', null)
          .where('expires_at', '>', now)
          .returningAll()
          .executeTakeFirst();
        if (released === undefined) return undefined;
        const request = toPresentation(released);
        await writeAccessLog(transaction, logOf(request));
        return request;
      }),
    async disclosed(id, odsCode) {
      const rows = await db
        .selectFrom('presentation_claims')
        .innerJoin(
          'presentation_request',
          'presentation_request.id',
          'presentation_claims.presentation_id',
        )
        .select(['query_id', 'sealed'])
        .where('presentation_id', '=', id)
        .where('ods_code', '=', odsCode)
        .where('released_at', 'is not', null)
        .execute();
      return openClaims(id, rows, sealer);
    },
  };
}

/** The claims of one request, opened; `undefined` when there are none, or none any more. */
export const openClaims = (
  id: string,
  rows: readonly { readonly query_id: string; readonly sealed: string }[],
  sealer: Sealer,
): DisclosedClaims | undefined =>
  rows.length === 0
    ? undefined
    : new Map(
        rows.map(({ query_id: queryId, sealed }) => [
          queryId,
          claims.parse(JSON.parse(sealer.open(sealed, context(id, queryId)))),
        ]),
      );
