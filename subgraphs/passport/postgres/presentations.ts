/** Presentation requests in PostgreSQL. */
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';

import { PRESENTATION_ID } from '../domain/identifiers.ts';
import type { Sealer } from '../domain/ports/keys.ts';
import type { PresentationStore, WantedPresentations } from '../domain/ports/presentations.ts';
import type {
  PresentationGroup,
  PresentationOrder,
  StoredPresentation,
} from '../domain/presentation-request.ts';
import type { DisclosedClaims } from '../domain/verification-result.ts';
import { accessLogInsert, writeAccessLog } from './access-log.ts';
import { claimKey, keepAnswer } from './idempotency.ts';
import { newRow, toPresentation } from './presentation-rows.ts';
import type { PassportDatabase, PassportTables } from './tables.ts';
import { timestamp } from './timestamp.ts';

/** A list as it is read. */
const listRow = z.object({ id: z.string(), created_at: timestamp, requests: z.coerce.number() });

const ID = new RegExp(PRESENTATION_ID);
const answer = z.object({ requestId: z.string() });
const listAnswer = z.object({ listId: z.string() });
const claims = z.record(z.string(), z.unknown());

/** Rows in one statement: PostgreSQL takes 65,535 parameters. */
const ROWS_AT_ONCE = 100;

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

/** Every kind of state, as `presentationState` tells them apart, and what is left to do. */
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
  TO_DO: (from, now) =>
    from
      .where('closed_at', 'is', null)
      .where((is) =>
        is.or([
          is('refused_because', 'is not', null),
          is('released_at', 'is not', null),
          is('expires_at', '<=', now),
        ]),
      ),
  DONE: (from) => from.where('closed_at', 'is not', null),
  ALL: (from) => from,
};

/** Those that are wanted, in no order. */
function wantedFrom(
  from: Requests,
  { odsCode, group, listId, reference, now }: WantedPresentations,
) {
  let wanted = from.where('ods_code', '=', odsCode);
  if (listId !== undefined) wanted = wanted.where('list_id', '=', listId);
  if (reference !== undefined) {
    wanted = wanted.where(sql<boolean>`strpos(lower(reference), lower(${reference})) > 0`);
  }
  return IN_GROUP[group](wanted, now);
}

/** What requests are ordered by, before their position. */
const ORDERED_BY = {
  ASKED_AT: undefined,
  STARTS_ON: sql<string>`coalesce(starts_on::text, '')`,
  REFERENCE: sql<string>`lower(coalesce(reference, '')) collate "C"`,
} as const;

/** In order, from behind an organisation's one at a position. */
function inOrder(
  from: Requests,
  { field, direction }: PresentationOrder,
  behind: { readonly odsCode: string; readonly position: number | undefined },
): Requests {
  const [way, past] = direction === 'ASC' ? (['asc', '>'] as const) : (['desc', '<'] as const);
  const { odsCode, position } = behind;
  const by = ORDERED_BY[field];
  if (by === undefined) {
    const ordered = from.orderBy('position', way);
    return position === undefined ? ordered : ordered.where('position', past, position);
  }
  const ordered = from.orderBy(by, way).orderBy('position', way);
  if (position === undefined) return ordered;
  return ordered.where(
    sql<boolean>`(${by}, position) ${sql.raw(past)} (
      select ${by}, position from passport.presentation_request
      where position = ${position} and ods_code = ${odsCode})`,
  );
}

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
    async list({ order, ...wanted }, { first, after }) {
      const all = db.selectFrom('presentation_request').selectAll();
      const rows = await inOrder(wantedFrom(all, wanted), order, {
        odsCode: wanted.odsCode,
        position: after,
      })
        .limit(first + 1)
        .execute();
      return rows.map((found) => ({ position: found.position, request: toPresentation(found) }));
    },
    async count(wanted, most) {
      const some = wantedFrom(db.selectFrom('presentation_request').selectAll(), wanted).limit(
        most,
      );
      const { counted } = await db
        .selectFrom(some.as('some'))
        .select(({ fn }) => fn.countAll<number>().as('counted'))
        .executeTakeFirstOrThrow();
      return counted;
    },
    async lists(odsCode, most) {
      const rows = await db
        .selectFrom('presentation_request')
        .select(({ fn }) => [
          sql<string>`list_id`.as('id'),
          fn.min('created_at').as('created_at'),
          fn.countAll<number>().as('requests'),
        ])
        .where('ods_code', '=', odsCode)
        .where('list_id', 'is not', null)
        .groupBy('list_id')
        .orderBy('created_at', 'desc')
        .limit(most)
        .execute();
      return z
        .array(listRow)
        .parse(rows)
        .map(({ id, created_at: createdAt, requests }) => ({ id, odsCode, createdAt, requests }));
    },
    async close(id, { odsCode, done, now }) {
      if (!ID.test(id)) return undefined;
      const closed = await db
        .updateTable('presentation_request')
        .set((column) => ({
          closed_at: done ? column.fn.coalesce('closed_at', column.val(now)) : null,
        }))
        .where('id', '=', id)
        .where('ods_code', '=', odsCode)
        .where((is) =>
          is.or([
            is('refused_because', 'is not', null),
            is('released_at', 'is not', null),
            is('expires_at', '<=', now),
          ]),
        )
        .returningAll()
        .executeTakeFirst();
      return closed && toPresentation(closed);
    },
    addList: ({ id, requests }, by, { key, requestHash, now }) =>
      db.transaction().execute(async (transaction) => {
        const claim = { actor: by.subject, key, requestHash, now };
        const claimed = await claimKey(transaction, claim);
        if (claimed.kind === 'reused') return 'reused';
        if (claimed.kind === 'repeat') return listAnswer.parse(claimed.answer);
        for (let from = 0; from < requests.length; from += ROWS_AT_ONCE) {
          const some = requests.slice(from, from + ROWS_AT_ONCE);
          await transaction.insertInto('presentation_request').values(some.map(newRow)).execute();
        }
        await keepAnswer(transaction, claim, { listId: id });
        return { listId: id };
      }),
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
