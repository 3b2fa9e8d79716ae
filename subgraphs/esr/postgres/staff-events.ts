/** What happened to people, read from the outbox. */
import { type Kysely, sql } from 'kysely';

import type { StaffEventPage, StaffEventType, StaffRecords } from '../domain/ports.ts';
import type { HeldRegistration } from '../domain/staff-record.ts';
import { textSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

interface EventRow {
  readonly id: number | null;
  readonly type: string;
  readonly staff_id: string;
  readonly ods_code: string;
  readonly created_at: Date;
  readonly works_at: readonly string[];
  readonly registrations: readonly (Omit<HeldRegistration, 'lastCheckedAt'> & {
    readonly lastCheckedAt: string;
  })[];
  readonly placements: StaffEventPage['events'][number]['trainingPlacements'];
  readonly newest: number | null;
}

const WRITTEN_AS: Readonly<Record<StaffEventType, string>> = {
  STAFF_LEFT: 'staff-left-1',
  REGISTRATION_CHANGED: 'registration-status-changed-1',
  PLACEMENT_CHANGED: 'placement-changed-1',
};
const TYPE_OF = new Map(
  Object.entries(WRITTEN_AS).map(([type, written]) => [written, type as StaffEventType]),
);

/** See `StaffRecords.findEvents`. One statement, one moment: nothing can come between a page and its position. */
export async function findStaffEvents(
  db: Kysely<EsrTables>,
  { types, after, limit }: Parameters<StaffRecords['findEvents']>[0],
): Promise<StaffEventPage> {
  const written = types.map((type) => WRITTEN_AS[type]);
  const { rows } = await sql<EventRow>`
    select o.id, o.type, o.staff_id, o.ods_code, o.created_at,
      coalesce((select jsonb_agg(distinct e.ods_code) from esr.employment e
        where e.staff_id = o.staff_id and e.announced), '[]'::jsonb) as works_at,
      coalesce((select jsonb_agg(jsonb_build_object(
          'staffId', r.staff_id, 'body', r.body, 'number', r.number, 'status', r.status, 'type', r.type,
          'firstRegistered', r.first_registered, 'expiresOn', r.expires_on,
          'lastCheckedAt', r.last_checked_at)
          order by r.body, r.number)
        from esr.registration r where r.staff_id = o.staff_id), '[]'::jsonb) as registrations,
      coalesce((select jsonb_agg(jsonb_build_object(
          'reference', p.reference, 'leadOdsCode', p.lead_ods_code, 'hostOdsCode', p.host_ods_code,
          'nationalPostNumber', p.national_post_number, 'specialty', p.specialty, 'grade', p.grade,
          'site', p.site, 'startDate', p.start_date, 'endDate', p.end_date, 'withdrawn', p.withdrawn)
          order by p.reference)
        from esr.training_placement p where p.staff_id = o.staff_id), '[]'::jsonb) as placements,
      (select max(id) from esr.outbox) as newest
    from (select 1) one
    left join lateral (
      select id, type, staff_id, ods_code, created_at from esr.outbox
      where type in ${textSet(written)} and id > ${after} order by id limit ${limit}
    ) o on true
    order by o.id`.execute(db);
  const events = rows.flatMap((row) => {
    const type = TYPE_OF.get(row.type);
    if (row.id === null || type === undefined) return [];
    return [
      {
        type,
        staffId: row.staff_id,
        odsCode: row.ods_code,
        at: row.created_at,
        worksAt: row.works_at,
        registrations: row.registrations.map((one) => ({
          ...one,
          lastCheckedAt: new Date(one.lastCheckedAt),
        })),
        trainingPlacements: row.placements,
      },
    ];
  });
  const newest = Math.max(after, rows[0]?.newest ?? 0);
  const last = rows.at(-1)?.id;
  return { events, position: events.length === limit ? (last ?? newest) : newest };
}
