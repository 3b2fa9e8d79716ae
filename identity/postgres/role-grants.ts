/** Roles of people, in PostgreSQL. Each decision is one statement, so it is taken once, and by a second person. */
import type { ExpressionBuilder, Kysely, Selectable } from 'kysely';
import { z } from 'zod';

import { type RoleGrants, type StoredRoleGrant, WAITS_SECONDS } from '../domain/role-ports.ts';
import { grantedRole, type RoleGrant } from '../domain/roles.ts';
import type { IdentityTables } from './tables.ts';

const grantState = z.enum(['REQUESTED', 'APPROVED', 'REFUSED', 'ENDED']);

/** Creates the store. */
export function postgresRoleGrants(db: Kysely<IdentityTables>, now: () => Date): RoleGrants {
  const waitingSince = (): Date => new Date(now().getTime() - WAITS_SECONDS * 1000);
  const list = async (staffId: string): Promise<readonly RoleGrant[]> => {
    const at = now();
    const rows = await db
      .selectFrom('role_grant')
      .select(['role', 'ods_code'])
      .where('staff_id', '=', staffId)
      .where('state', '=', 'APPROVED')
      .where('valid_from', '<=', at)
      .where('valid_until', '>', at)
      .union(
        db
          .selectFrom('external_role')
          .select(['role', 'ods_code'])
          .where('staff_id', '=', staffId)
          .where('expires_at', '>', at),
      )
      .orderBy('ods_code')
      .orderBy('role')
      .execute();
    return rows.map((row) => ({ role: grantedRole.parse(row.role), odsCode: row.ods_code }));
  };
  const decide = async (
    state: 'APPROVED' | 'REFUSED',
    { grantId, by, at }: Parameters<RoleGrants['approve']>[0],
  ): Promise<boolean> => {
    const { numUpdatedRows } = await db
      .updateTable('role_grant')
      .set({ state, decided_at: at, decided_by: by })
      .where('grant_id', '=', grantId)
      .where('state', '=', 'REQUESTED')
      .where('requested_by', '<>', by)
      .where('requested_at', '>', waitingSince())
      .where(notTheSubject(by))
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  };
  return {
    list,
    claim: async ({ staffId, mail }) => {
      await db
        .updateTable('role_grant')
        .set({ staff_id: staffId })
        .where('staff_id', 'is', null)
        .where('mail', '=', mail)
        .where('state', 'in', ['REQUESTED', 'APPROVED'])
        .where('requested_at', '>', waitingSince())
        .where('requested_by', '<>', staffId)
        .where((where) =>
          where.or([where('decided_by', 'is', null), where('decided_by', '<>', staffId)]),
        )
        .execute();
      return list(staffId);
    },
    isExpected: async (staffId) => {
      const coming = await db
        .selectFrom('role_grant')
        .select('grant_id')
        .where('staff_id', '=', staffId)
        .where('state', 'in', ['REQUESTED', 'APPROVED'])
        .where('valid_until', '>', now())
        .limit(1)
        .executeTakeFirst();
      return coming !== undefined || (await list(staffId)).length > 0;
    },
    add: async (grant) => {
      await db
        .insertInto('role_grant')
        .values({
          grant_id: grant.grantId,
          staff_id: grant.staffId ?? null,
          mail: grant.mail,
          role: grant.role,
          ods_code: grant.odsCode,
          state: 'REQUESTED',
          valid_from: grant.validFrom,
          valid_until: grant.validUntil,
          requested_at: grant.requestedAt,
          requested_by: grant.requestedBy,
        })
        .execute();
    },
    find: async (grantId) => {
      const row = await db
        .selectFrom('role_grant')
        .selectAll()
        .where('grant_id', '=', grantId)
        .executeTakeFirst();
      return row === undefined ? undefined : grantOf(row);
    },
    approve: (decision) => decide('APPROVED', decision),
    refuse: (decision) => decide('REFUSED', decision),
    end: async ({ grantId, by, at }) => {
      const { numUpdatedRows } = await db
        .updateTable('role_grant')
        .set({ state: 'ENDED', ended_at: at, ended_by: by })
        .where('grant_id', '=', grantId)
        .where('state', 'in', ['REQUESTED', 'APPROVED'])
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    endAll: async ({ staffId, odsCode, by, at }) => {
      await db
        .updateTable('role_grant')
        .set({ state: 'ENDED', ended_at: at, ended_by: by })
        .where('staff_id', '=', staffId)
        .$if(odsCode !== undefined, (query) => query.where('ods_code', '=', odsCode ?? ''))
        .where('state', 'in', ['REQUESTED', 'APPROVED'])
        .execute();
      await db
        .deleteFrom('external_role')
        .where('staff_id', '=', staffId)
        .$if(odsCode !== undefined, (query) => query.where('ods_code', '=', odsCode ?? ''))
        .execute();
    },
    latest: async ({ odsCode, state, limit }) => {
      const rows = await db
        .selectFrom('role_grant')
        .selectAll()
        .$if(odsCode !== undefined, (query) => query.where('ods_code', '=', odsCode ?? ''))
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
        .orderBy('requested_at', 'desc')
        .orderBy('grant_id')
        .limit(limit)
        .execute();
      return rows.map(grantOf);
    },
  };
}

const notTheSubject =
  (staffId: string) => (where: ExpressionBuilder<IdentityTables, 'role_grant'>) =>
    where.or([where('staff_id', 'is', null), where('staff_id', '<>', staffId)]);

const grantOf = (row: Selectable<IdentityTables['role_grant']>): StoredRoleGrant => ({
  grantId: row.grant_id,
  staffId: row.staff_id ?? undefined,
  mail: row.mail,
  role: grantedRole.parse(row.role),
  odsCode: row.ods_code,
  state: grantState.parse(row.state),
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  requestedAt: row.requested_at,
  requestedBy: row.requested_by,
  decidedAt: row.decided_at ?? undefined,
  decidedBy: row.decided_by ?? undefined,
  endedAt: row.ended_at ?? undefined,
  endedBy: row.ended_by ?? undefined,
});
