/** What registers, employers and the training record say about people, now or as it was known on a day. */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import type { RecordView } from '../domain/access.ts';
import type {
  HeldCompetence,
  HeldQualification,
  HeldRegistration,
  HeldTrainingPlacement,
  HeldRemoval,
  HeldWorkPhone,
} from '../domain/staff-record.ts';
import { onlyHeldBy } from './held-by.ts';
import { personGroups } from './person-group.ts';
import type { EsrTables } from './tables.ts';

/** The end of a day in the United Kingdom. */
export const endOfDay = (day: string): RawBuilder<unknown> =>
  sql`((${day}::date + 1)::timestamp at time zone 'Europe/London')`;

/**
 * Registrations as the registers have them, or as they were known at the end of a day: the standing that was last read
 * by then, and when it was first read.
 */
export async function findRegistrations(
  db: Kysely<EsrTables>,
  staffIds: readonly string[],
  asOf: string | undefined,
): Promise<readonly HeldRegistration[]> {
  const said =
    asOf === undefined
      ? sql`(select r.status, r.type, r.first_registered, r.expires_on, r.last_checked_at)`
      : sql`(select v.status, v.type, v.first_registered, v.expires_on, v.read_from as last_checked_at
          from esr.registration_version v
          where v.body = r.body and v.number = r.number and v.read_from < ${endOfDay(asOf)}
          order by v.read_from desc limit 1)`;
  const { rows } = await sql<HeldRegistration>`
    select s.asked as "staffId", r.body, r.number, said.status, said.type,
      said.first_registered as "firstRegistered", said.expires_on as "expiresOn",
      said.last_checked_at as "lastCheckedAt", r.changed_at as "changedAt"
    from ${personGroups(staffIds)} s
    join esr.registration r on r.staff_id = s.member
    join lateral ${said} said on true
    order by r.body, r.number`.execute(db);
  return rows;
}

/** The newest award of each subject and level, or the newest by a day. */
export async function findCompetences(
  db: Kysely<EsrTables>,
  staffIds: readonly string[],
  view: RecordView,
  asOf: string | undefined,
): Promise<readonly HeldCompetence[]> {
  const { rows } = await sql<HeldCompetence>`
    select distinct on (s.asked, c.framework, c.subject, c.level) s.asked as "staffId",
      c.ods_code as "odsCode", c.framework, c.subject, c.level, c.name, c.awarded_on as "awardedOn",
      c.expires_on as "expiresOn", c.changed_at as "changedAt"
    from ${personGroups(staffIds)} s
    join esr.competence c on c.staff_id = s.member ${onlyHeldBy('c', view)}
      and (${asOf ?? null}::date is null or c.awarded_on <= ${asOf ?? null}::date)
    order by s.asked, c.framework, c.subject, c.level, c.awarded_on desc, c.ods_code`.execute(db);
  return rows;
}

/** Qualifications, newest first; those awarded by a day. */
export async function findQualifications(
  db: Kysely<EsrTables>,
  staffIds: readonly string[],
  view: RecordView,
  asOf: string | undefined,
): Promise<readonly HeldQualification[]> {
  const { rows } = await sql<HeldQualification>`
    select s.asked as "staffId", q.ods_code as "odsCode", q.title, q.awarded_on as "awardedOn",
      q.level, q.subject, q.institution, q.country, q.checked_on as "checkedOn", q.withdrawn,
      q.changed_at as "changedAt"
    from ${personGroups(staffIds)} s
    join esr.qualification q on q.staff_id = s.member ${onlyHeldBy('q', view)}
      and (${asOf ?? null}::date is null or q.awarded_on <= ${asOf ?? null}::date)
    order by q.awarded_on desc, q.title, q.ods_code`.execute(db);
  return rows;
}

/** Placements in training, newest first; those that had begun by a day and not ended before it. */
export async function findTrainingPlacements(
  db: Kysely<EsrTables>,
  staffIds: readonly string[],
  asOf: string | undefined,
): Promise<readonly HeldTrainingPlacement[]> {
  const { rows } = await sql<HeldTrainingPlacement>`
    select s.asked as "staffId", p.reference, p.lead_ods_code as "leadOdsCode",
      p.host_ods_code as "hostOdsCode", p.national_post_number as "nationalPostNumber",
      p.specialty, p.grade, p.site, p.start_date as "startDate", p.end_date as "endDate",
      p.withdrawn, p.changed_at as "changedAt"
    from ${personGroups(staffIds)} s
    join esr.training_placement p on p.staff_id = s.member
      and (${asOf ?? null}::date is null or (p.start_date <= ${asOf ?? null}::date
        and (p.end_date is null or p.end_date >= ${asOf ?? null}::date)))
    order by p.start_date desc, p.reference`.execute(db);
  return rows;
}

/** Telephone numbers at work on a day, of employments that have not ended by then. */
export async function findWorkPhones(
  db: Kysely<EsrTables>,
  staffIds: readonly string[],
  view: RecordView,
  day: string,
): Promise<readonly HeldWorkPhone[]> {
  const { rows } = await sql<HeldWorkPhone>`
    select distinct s.asked as "staffId", w.number
    from ${personGroups(staffIds)} s
    join esr.employment e on e.staff_id = s.member ${onlyHeldBy('e', view)}
      and (e.ends_on is null or e.ends_on >= ${day}::date)
    join esr.work_phone w using (ods_code, esr_person_id)
    where (w.effective_from is null or w.effective_from <= ${day}::date)
      and (w.effective_to is null or w.effective_to >= ${day}::date)
    order by s.asked, w.number`.execute(db);
  return rows;
}

/** Employments and assignments that were taken out of the records since a moment, newest first. */
export async function findRemovals(
  db: Kysely<EsrTables>,
  staffIds: readonly string[],
  view: RecordView,
  since: Date,
): Promise<readonly HeldRemoval[]> {
  const { rows } = await sql<HeldRemoval>`
    select s.asked as "staffId", d.kind, d.ods_code as "odsCode",
      d.employee_number as "employeeNumber", d.assignment_id as "assignmentId",
      d.deleted_at as "removedAt"
    from ${personGroups(staffIds)} s
    join esr.record_deletion d on d.staff_id = s.member ${onlyHeldBy('d', view)}
      and d.deleted_at >= ${since}
    order by d.id desc`.execute(db);
  return rows;
}
