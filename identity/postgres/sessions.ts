/** The sessions of people, in PostgreSQL: rows of the authorization server, and where each was started. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import type { EndedSession, SessionsToEnd, SessionStore } from '../domain/session-ports.ts';
import { hashedModelId } from './model-store.ts';
import type { IdentityTables } from './tables.ts';

const payload = z.object({
  uid: z.string(),
  accountId: z.string(),
  loginTs: z.number(),
  iat: z.number(),
  exp: z.number(),
  authorizations: z.record(z.string(), z.object({ grantId: z.string().optional() })).default({}),
});

/**
 * Creates the store.
 *
 * @param idleSeconds how long a session lives from its last use: tells the last use from the end
 */
export function postgresSessions(
  db: Kysely<IdentityTables>,
  now: () => Date,
  idleSeconds: number,
): SessionStore {
  const openSessions = async (from: Kysely<IdentityTables>, staffId: string) => {
    const rows = await from
      .selectFrom('oidc_model')
      .select('payload')
      .where('model', '=', 'Session')
      .where(sql`payload ->> 'accountId'`, '=', staffId)
      .where('expires_at', '>', now())
      .execute();
    return rows.map((row) => payload.parse(row.payload));
  };
  return {
    note: async ({ sessionId, staffId, browser }) => {
      await db
        .insertInto('person_session')
        .values({ session_id: sessionId, staff_id: staffId, browser, started_at: now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    isEnded: async (sessionId) => {
      const row = await db
        .selectFrom('person_session')
        .select('session_id')
        .where('session_id', '=', sessionId)
        .where('ended_at', 'is not', null)
        .executeTakeFirst();
      return row !== undefined;
    },
    noteEnd: (sessionId, staffId) => noteEnds(db, staffId, [sessionId], now()),
    list: async (staffId) => {
      const [open, notes] = await Promise.all([
        openSessions(db, staffId),
        db
          .selectFrom('person_session')
          .select(['session_id', 'browser', 'ended_at'])
          .where('staff_id', '=', staffId)
          .where('started_at', '>', new Date(now().getTime() - 86_400_000))
          .execute(),
      ]);
      const known = new Map(notes.map((note) => [note.session_id, note]));
      return open
        .filter(({ uid }) => known.get(uid)?.ended_at == null)
        .map(({ uid, loginTs, exp, authorizations }) => ({
          sessionId: uid,
          browser: known.get(uid)?.browser ?? 'Unknown browser',
          startedAt: new Date(loginTs * 1000),
          lastUsedAt: new Date(Math.max(loginTs, exp - idleSeconds) * 1000),
          clientIds: Object.keys(authorizations),
        }))
        .sort((one, other) => other.lastUsedAt.getTime() - one.lastUsedAt.getTime());
    },
    end: (staffId, sessions) =>
      db.transaction().execute(async (transaction) => {
        const ending = (await openSessions(transaction, staffId)).filter(({ uid }) =>
          isMeant(uid, sessions),
        );
        const ids = ending.map(({ uid }) => uid);
        await noteEnds(transaction, staffId, ids, now());
        if (ids.length > 0) {
          await transaction
            .deleteFrom('oidc_model')
            .where('model', '=', 'Session')
            .where('uid', 'in', ids)
            .execute();
        }
        const grants = ending.flatMap(({ authorizations }) =>
          Object.values(authorizations).flatMap(({ grantId }) => grantId ?? []),
        );
        if (grants.length > 0) {
          await transaction
            .deleteFrom('oidc_model')
            .where((where) =>
              where.or([
                where('grant_id', 'in', grants),
                where.and([
                  where('model', '=', 'Grant'),
                  where('id', 'in', grants.map(hashedModelId)),
                ]),
              ]),
            )
            .execute();
        }
        if (sessions.which === 'all-and-grants') {
          // A code or token counts for nothing without its grant.
          await transaction
            .deleteFrom('oidc_model')
            .where('model', 'in', ['Session', 'Grant'])
            .where(sql`payload ->> 'accountId'`, '=', staffId)
            .execute();
        }
        return ending.map(({ uid, authorizations }): EndedSession => ({
          sessionId: uid,
          staffId,
          clientIds: Object.keys(authorizations),
        }));
      }),
  };
}

function isMeant(sessionId: string, sessions: SessionsToEnd): boolean {
  switch (sessions.which) {
    case 'one':
      return sessionId === sessions.sessionId;
    case 'others':
      return sessionId !== sessions.than;
    case 'all':
    case 'all-and-grants':
      return true;
  }
}

async function noteEnds(
  db: Kysely<IdentityTables>,
  staffId: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .insertInto('person_session')
    .values(
      ids.map((id) => ({
        session_id: id,
        staff_id: staffId,
        browser: 'Unknown browser',
        started_at: at,
        ended_at: at,
      })),
    )
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet({ ended_at: at }))
    .execute();
}
