/** How far feeds have been read, in PostgreSQL. */
import type { Kysely } from 'kysely';

import type { FeedPositions } from '../domain/leavers.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresFeedPositions(db: Kysely<IdentityTables>, now: () => Date): FeedPositions {
  return {
    find: async (feed) => {
      const row = await db
        .selectFrom('feed_position')
        .select('position')
        .where('feed', '=', feed)
        .executeTakeFirst();
      return row?.position;
    },
    put: async (feed, position) => {
      const values = { position, moved_at: now() };
      await db
        .insertInto('feed_position')
        .values({ feed, ...values })
        .onConflict((conflict) =>
          conflict
            .column('feed')
            .doUpdateSet(values)
            // Most of the time nothing has happened.
            .where('feed_position.position', '<>', position),
        )
        .execute();
    },
  };
}
