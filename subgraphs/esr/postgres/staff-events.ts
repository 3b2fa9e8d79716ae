/** What happened to people, read from the outbox: under each id that the person is known by. */
import { type Kysely, sql } from 'kysely';

import type { StaffEventPage, StaffEventType, StaffRecords } from '../domain/ports.ts';
import type { HeldRegistration } from '../domain/staff-record.ts';
import { isDeathInService } from './death-in-service.ts';
import { textSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

interface EventRow {
  readonly id: number | null;
  readonly type: string;
  readonly staff_id: string;
  readonly ods_code: string;
  readonly created_at: Date;
  readonly works_at: readonly string[];
  readonly deceased: boolean;
  readonly registrations: readonly (Omit<HeldRegistration, 'lastCheckedAt' | 'changedAt'> & {
    readonly lastCheckedAt: string;
    readonly changedAt: string;
  })[];
  readonly placements: StaffEventPage['events'][number]['trainingPlacements'];
  readonly newest: number | null;
}

const WRITTEN_AS: Readonly<Record<StaffEventType, string>> = {
  STAFF_JOINED: 'staff-joined-1',
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
    with page as materialized (
      select id, type, staff_id, ods_code, created_at from esr.outbox
      where type in ${textSet(written)} and id > ${after} order by id limit ${limit}),
    people as materialized (
      select g.asked, g.member from esr.person_groups(
        (select coalesce(jsonb_agg(distinct staff_id), '[]'::jsonb) from page)) g)
    select o.id, o.type, coalesce(p.member, o.staff_id) as staff_id, o.ods_code, o.created_at,
      coalesce((select jsonb_agg(distinct e.ods_code) from esr.employment e
        join people g on g.member = e.staff_id
        where g.asked = o.staff_id and e.announced), '[]'::jsonb) as works_at,
      exists (select from people g join esr.employment e on e.staff_id = g.member
        where g.asked = o.staff_id and not e.announced and ${isDeathInService('e.leaving_reason')}
          -- Whoever works, or was hired afterwards, has not died: somebody keyed a wrong reason.
          and not exists (select from people h join esr.employment later on later.staff_id = h.member
            where h.asked = o.staff_id and (later.announced or later.hire_date > e.ends_on))) as deceased,
      coalesce((select jsonb_agg(jsonb_build_object(
          'staffId', r.staff_id, 'body', r.body, 'number', r.number, 'status', r.status, 'type', r.type,
          'firstRegistered', r.first_registered, 'expiresOn', r.expires_on,
          'lastCheckedAt', r.last_checked_at, 'changedAt', r.changed_at)
          order by r.body, r.number)
        from people g join esr.registration r on r.staff_id = g.member
        where g.asked = o.staff_id), '[]'::jsonb) as registrations,
      coalesce((select jsonb_agg(jsonb_build_object(
          'reference', t.reference, 'leadOdsCode', t.lead_ods_code, 'hostOdsCode', t.host_ods_code,
          'nationalPostNumber', t.national_post_number, 'specialty', t.specialty, 'grade', t.grade,
          'site', t.site, 'startDate', t.start_date, 'endDate', t.end_date, 'withdrawn', t.withdrawn)
          order by t.reference)
        from people g join esr.training_placement t on t.staff_id = g.member
        where g.asked = o.staff_id), '[]'::jsonb) as placements,
      (select max(id) from esr.outbox) as newest
    from (select 1) one
    left join page o on true
    left join people p on p.asked = o.staff_id
    order by o.id, p.member`.execute(db);
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
        deceased: row.deceased,
        registrations: row.registrations.map((one) => ({
          ...one,
          lastCheckedAt: new Date(one.lastCheckedAt),
          changedAt: new Date(one.changedAt),
        })),
        trainingPlacements: row.placements,
      },
    ];
  });
  const newest = Math.max(after, rows[0]?.newest ?? 0);
  const last = rows.at(-1)?.id;
  const read = new Set(rows.map((row) => row.id)).size;
  return { events, position: read === limit ? (last ?? newest) : newest };
}
