/** What the brake holds, in PostgreSQL. Two people release it; the table refuses the same one twice. */
import { z } from 'zod';

import type { AuditActor } from '../domain/audit.ts';
import type { HoldApproval, StaffEventHold } from '../domain/staff-events.ts';
import { writeAudit } from './audit.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    id: z.string(),
    ods_code: z.string(),
    held_at: timestamp,
    people: z.number(),
    approved_at: timestamp.nullable(),
    released_at: timestamp.nullable(),
  })
  .transform((one): StaffEventHold => ({
    id: one.id,
    odsCode: one.ods_code,
    heldAt: one.held_at,
    people: one.people,
    ...(one.approved_at === null ? {} : { approvedAt: one.approved_at }),
    ...(one.released_at === null ? {} : { releasedAt: one.released_at }),
  }));

/** See `StaffEventStore.listHolds`. */
export async function listHolds(
  db: PassportDatabase,
  odsCode: string,
  since: Date,
): Promise<readonly StaffEventHold[]> {
  const rows = await db
    .selectFrom('staff_event_hold')
    .selectAll()
    .where('ods_code', '=', odsCode)
    .where((is) => is.or([is('released_at', 'is', null), is('released_at', '>=', since)]))
    .orderBy('held_at', 'desc')
    .limit(100)
    .execute();
  return rows.map((one) => row.parse(one));
}

/** See `StaffEventStore.approveHold`. Each step is one statement: whoever comes second at the same time sees the first. */
export async function approveHold(
  db: PassportDatabase,
  { id, odsCode }: { readonly id: string; readonly odsCode: string },
  by: AuditActor,
  now: Date,
): Promise<HoldApproval> {
  const approved = await db
    .updateTable('staff_event_hold')
    .set({ approved_at: now, approved_by: by.subject })
    .where('id', '=', id)
    .where('ods_code', '=', odsCode)
    .where('approved_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  const released =
    approved === undefined
      ? await db
          .updateTable('staff_event_hold')
          .set({ released_at: now, released_by: by.subject })
          .where('id', '=', id)
          .where('ods_code', '=', odsCode)
          .where('approved_by', '<>', by.subject)
          .where('released_at', 'is', null)
          .returningAll()
          .executeTakeFirst()
      : undefined;
  const changed = approved ?? released;
  if (changed !== undefined) {
    const action = approved === undefined ? 'staff-events.released' : 'staff-events.approved';
    await writeAudit(db, [{ at: now, by, action, subject: id, odsCode }]);
    return row.parse(changed);
  }
  const found = await db
    .selectFrom('staff_event_hold')
    .selectAll()
    .where('id', '=', id)
    .where('ods_code', '=', odsCode)
    .executeTakeFirst();
  if (found === undefined) return 'not-found';
  // Somebody who asks again, or a third person: it stands as it is.
  return found.released_at === null ? 'same-person' : row.parse(found);
}
