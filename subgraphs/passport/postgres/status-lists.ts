/** Status lists in PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import type {
  PlacedStatus,
  PublishedList,
  StatusListRepair,
  StatusListStore,
} from '../domain/ports/status-lists.ts';
import { carryBack } from './carry-back.ts';
import { lockInOrder } from './lock-in-order.ts';
import { tendLists } from './open-lists.ts';
import { standingIn } from './standing-statuses.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const published = z
  .object({
    id: z.string(),
    ods_code: z.string(),
    version: z.number(),
    token: z.string(),
    signed_at: timestamp,
    expires_at: timestamp,
  })
  .transform((list): PublishedList => ({
    id: list.id,
    odsCode: list.ods_code,
    version: list.version,
    token: list.token,
    signedAt: list.signed_at,
    expiresAt: list.expires_at,
  }));

/**
 * Status lists in PostgreSQL.
 *
 * @param listSize places in a new list
 */
export function postgresStatusLists(
  db: PassportDatabase,
  listSize: number,
): StatusListStore & StatusListRepair {
  return {
    tend: (odsCode, now) => tendLists(db, odsCode, { size: listSize, now }),
    async summaries(odsCode) {
      let query = db
        .selectFrom('status_list')
        .select(['id', 'ods_code', 'version', 'open', 'live_version'])
        .orderBy('created_at')
        .orderBy('id');
      if (odsCode !== undefined) query = query.where('ods_code', '=', odsCode);
      return (await query.execute()).map((list) => ({
        id: list.id,
        odsCode: list.ods_code,
        version: list.version,
        open: list.open,
        ...(list.live_version === null ? {} : { liveVersion: list.live_version }),
      }));
    },
    async findDue(signedBefore) {
      const rows = await db
        .selectFrom('status_list')
        .select('id')
        .where('live_version', 'is', null)
        .where((where) =>
          where.or([
            where('token', 'is', null),
            where('published_changes', '<>', where.ref('changes')),
            where('signed_at', '<=', signedBefore),
          ]),
        )
        .execute();
      return rows.map(({ id }) => id);
    },
    async read(id, since) {
      // The counter first: a change that comes in between makes the list due again.
      const list = await db
        .selectFrom('status_list')
        .select(['ods_code', 'size', 'version', 'changes', 'published_changes', 'epoch'])
        .select(['signed_at', 'live_version'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (list === undefined) return undefined;
      const { changes, epoch } = list;
      const goesOn = since?.epoch === epoch && since.changes <= changes;
      return {
        id,
        odsCode: list.ods_code,
        size: list.size,
        version: list.version,
        changes,
        epoch,
        publishedChanges: list.published_changes,
        ...(list.signed_at === null ? {} : { signedAt: timestamp.parse(list.signed_at) }),
        ...(list.live_version === null ? {} : { liveVersion: list.live_version }),
        whole: !goesOn,
        statuses: goesOn
          ? await changed(id, since.changes, changes)
          : await standingIn(db, id, changes),
      };
    },
    async publish(list, replaces, changes) {
      const row = await db
        .updateTable('status_list')
        .set({
          token: list.token,
          version: list.version,
          published_changes: changes,
          signed_at: list.signedAt,
          expires_at: list.expiresAt,
        })
        .where('id', '=', list.id)
        .where('version', '=', replaces)
        .where('live_version', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async findPublished(id) {
      const row = await db
        .selectFrom('status_list')
        .select(['id', 'ods_code', 'version', 'token', 'signed_at', 'expires_at'])
        .where('id', '=', id)
        .where('token', 'is not', null)
        .executeTakeFirst();
      return row && published.parse(row);
    },
    hold: (id, liveVersion, openedBefore) =>
      db.transaction().execute(async (transaction) => {
        await lockInOrder(transaction, (list) =>
          list.or([
            list('id', '=', id),
            list.and([list('open', '=', true), list('created_at', '<', openedBefore)]),
          ]),
        );
        const row = await transaction
          .updateTable('status_list')
          .set({
            open: false,
            live_version: sql<number>`greatest(live_version, ${liveVersion}::bigint)`,
          })
          .where('id', '=', id)
          .where('version', '<', liveVersion)
          .returning('id')
          .executeTakeFirst();
        if (row === undefined) return false;
        await transaction
          .updateTable('status_list')
          .set({ open: false })
          .where('open', '=', true)
          .where('created_at', '<', openedBefore)
          .execute();
        return true;
      }),
    async findPast(id, at) {
      const list = await db
        .selectFrom('status_list')
        .select(['ods_code', 'size', 'created_at'])
        .where('id', '=', id)
        .where('token', 'is not', null)
        .where('live_version', 'is', null)
        .executeTakeFirst();
      const created = list && timestamp.parse(list.created_at);
      if (list === undefined || created === undefined || created > at) return undefined;
      const one = db.selectFrom('status_change').select(['change', 'at']).where('list_id', '=', id);
      const [before, after] = await Promise.all([
        one.where('at', '<=', at).orderBy('change', 'desc').limit(1).executeTakeFirst(),
        one.where('at', '>', at).orderBy('change').limit(1).executeTakeFirst(),
      ]);
      return {
        odsCode: list.ods_code,
        size: list.size,
        from: before === undefined ? created : timestamp.parse(before.at),
        ...(after === undefined ? {} : { until: timestamp.parse(after.at) }),
        change: before?.change ?? 0,
      };
    },
    readPast: (id, change) => standingIn(db, id, change),
    carryBack: (live, now) => carryBack(db, live, now),
  };

  /** The places changed after one change and up to another, in the order in which they were. */
  function changed(id: string, after: number, upTo: number): Promise<readonly PlacedStatus[]> {
    return db
      .selectFrom('status_change')
      .select(['status_index as index', 'status'])
      .where('list_id', '=', id)
      .where('change', '>', after)
      .where('change', '<=', upTo)
      .orderBy('change')
      .execute();
  }
}
