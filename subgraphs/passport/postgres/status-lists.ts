/** Status lists in PostgreSQL. */
import { z } from 'zod';

import type { PublishedList, StatusListStore } from '../domain/ports/status-lists.ts';
import { STATUS } from '../../../standards/status-list/status-list.ts';
import { openList } from './begin-issuing.ts';
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

/** Status lists in PostgreSQL. */
export function postgresStatusLists(db: PassportDatabase): StatusListStore {
  return {
    async ensureOpen(odsCode) {
      return (await openList(db, odsCode)).id;
    },
    async findDue(signedBefore) {
      const rows = await db
        .selectFrom('status_list')
        .select('id')
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
    async read(id) {
      // The counter first: a change that comes in between makes the list due again, and is in it already.
      const list = await db
        .selectFrom('status_list')
        .select(['id', 'ods_code', 'size', 'version', 'changes'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (list === undefined) return undefined;
      const rows = await db
        .selectFrom('credential')
        .select(['status_index', 'state'])
        .where('list_id', '=', id)
        .where('state', 'in', ['SUSPENDED', 'REVOKED'])
        .execute();
      return {
        id: list.id,
        odsCode: list.ods_code,
        size: list.size,
        version: list.version,
        changes: list.changes,
        statuses: rows.map(({ status_index: index, state }) => ({
          index,
          status: state === 'REVOKED' ? STATUS.invalid : STATUS.suspended,
        })),
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
    versions: () =>
      db
        .selectFrom('status_list')
        .select(['id', 'version'])
        .where('token', 'is not', null)
        .execute(),
  };
}
