/** Which ids are one person's, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { JoinOutcome, StaffJoinings } from '../domain/staff-joinings.ts';
import { idsOf } from './person-group.ts';
import type { EsrTables } from './tables.ts';

interface JoiningRow {
  readonly staff_id: string;
  readonly with_staff_id: string;
  readonly joined_by: string | null;
  readonly joined_at: Date;
  readonly reason: string;
  readonly parted_by: string | null;
  readonly parted_at: Date | null;
  readonly parting_reason: string | null;
}

/** Joinings in PostgreSQL. */
export function postgresStaffJoinings(db: Kysely<EsrTables>): StaffJoinings {
  return {
    join: ({ staffId, into, by, reason, whateverBirthDate }) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ outcome: JoinOutcome }>`
          select esr.join_staff(${staffId}, ${into}, ${by}, ${reason}, ${whateverBirthDate}) as outcome`.execute(
          db,
        );
        return rows[0]?.outcome ?? 'not-found';
      }),

    part: ({ staffId, from, by, reason }) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ outcome: 'parted' | 'not-joined' }>`
          select esr.part_staff(${staffId}, ${from}, ${by}, ${reason}) as outcome`.execute(db);
        return rows[0]?.outcome ?? 'not-joined';
      }),

    list: ({ staffId, limit }) =>
      orUnavailable(async () => {
        const whose =
          staffId === undefined
            ? sql``
            : sql`where staff_id in ${idsOf(staffId)} or with_staff_id in ${idsOf(staffId)}`;
        const { rows } = await sql<JoiningRow>`
          select * from esr.staff_joining ${whose} order by id desc limit ${limit}`.execute(db);
        return rows.map((row) => ({
          staffId: row.staff_id,
          withStaffId: row.with_staff_id,
          joinedBy: row.joined_by ?? undefined,
          joinedAt: row.joined_at,
          reason: row.reason,
          parted:
            row.parted_at === null
              ? undefined
              : {
                  by: row.parted_by ?? '',
                  at: row.parted_at,
                  reason: row.parting_reason ?? '',
                },
        }));
      }),
  };
}
