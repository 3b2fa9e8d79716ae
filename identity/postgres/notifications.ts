/** What wallets say became of credentials, in PostgreSQL. */
import { hash } from 'node:crypto';

import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import { NOTIFICATION_EVENTS, type NotificationStore } from '../domain/credential-ports.ts';
import type { IdentityTables } from './tables.ts';

const untoldRow = z.object({
  id: z.string(),
  credential_ids: z.array(z.string()),
  event: z.enum(NOTIFICATION_EVENTS),
  // Read by value: a driver's date can come from another realm.
  event_at: z.coerce.date(),
});

/** Creates the store. */
export function postgresNotifications(
  db: Kysely<IdentityTables>,
  now: () => Date,
): NotificationStore {
  return {
    add: async (notificationId, { grantId, credentialIds, expiresAt }) => {
      await db
        .insertInto('credential_notification')
        .values({
          id: hashed(notificationId),
          grant_id: grantId,
          credential_ids: [...credentialIds],
          expires_at: expiresAt,
        })
        .execute();
    },
    record: async (notificationId, grantId, event) => {
      const at = now();
      const changed = sql<boolean>`event is distinct from ${event}`;
      const { numUpdatedRows } = await db
        .updateTable('credential_notification')
        .set({
          event,
          event_at: sql<Date>`case when ${changed} then ${at}::timestamptz else event_at end`,
          told_at: sql<Date | null>`case when ${changed} then null else told_at end`,
        })
        .where('id', '=', hashed(notificationId))
        .where('grant_id', '=', grantId)
        .where('expires_at', '>', at)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    untold: async (limit) => {
      const rows = await db
        .selectFrom('credential_notification')
        .select(['id', 'credential_ids', 'event', 'event_at'])
        .where('event', 'is not', null)
        .where('told_at', 'is', null)
        .orderBy('event_at')
        .limit(limit)
        .execute();
      return rows.map((row) => {
        const { id, credential_ids: credentialIds, event, event_at: at } = untoldRow.parse(row);
        return { id, credentialIds, event, at };
      });
    },
    told: async (id, event) => {
      await db
        .updateTable('credential_notification')
        .set({ told_at: now() })
        .where('id', '=', id)
        .where('event', '=', event)
        .execute();
    },
    removeExpired: async () => {
      await db.deleteFrom('credential_notification').where('expires_at', '<', now()).execute();
    },
  };
}

const hashed = (id: string): string => hash('sha256', id, 'base64url');
