/** Who the people of a staged GO2 file are, across employers. */
import { sql } from 'kysely';

import type { PersonIdentity } from '../domain/match-person.ts';
import { claimIdentifier, matchPerson } from '../domain/match-person.ts';
import type { Candidate } from '../domain/import-ports.ts';
import type { ApplyContext } from './file-kind-import.ts';
import { recordSet, textSet } from './record-set.ts';

/** People that the rules look at at a time. */
const BATCH = 2_000;

/** Finds the id of each new person, and says whose NHS identifier a changed one is. */
export async function identifyPeople(context: ApplyContext): Promise<void> {
  await claimKeys(context);
  await identifyChanged(context);
  await identifyNew(context);
}

/**
 * Claims the keys by which people are recognised, so that two imports that share a person wait for each other here, and
 * no others do. The order keeps them from waiting for each other in a circle.
 */
async function claimKeys({ db, staged }: ApplyContext): Promise<void> {
  await sql`
    insert into esr.identity_claim (key)
    select distinct key from import_person i
    join ${staged('stage_person')} p on p.line = i.head_line
    cross join lateral (values
      (hashtextextended('nhs ' || p.nhs_employee_id, 0)),
      (hashtextextended('ni ' || p.ni_number || ' ' || p.birth_date::text, 0))) k (key)
    where i.changed and key is not null
    order by key
    on conflict (key) do update set key = excluded.key`.execute(db);
}

interface Head {
  readonly line: number;
  readonly esr_person_id: string;
  readonly staff_id: string;
  readonly nhs_employee_id: string | null;
  readonly ni_number: string | null;
  readonly birth_date: string;
  readonly family: string;
}

/** People who are held already, with an NHS identifier that is new for them: it may be another id of the same person. */
async function identifyChanged(context: ApplyContext): Promise<void> {
  const { db, staged } = context;
  const holders = new Map<string, { readonly staffId: string; readonly birthDate: string }>();
  for (let after = 0; ;) {
    const { rows } = await sql<Head>`
      select p.line, p.esr_person_id, i.staff_id, p.nhs_employee_id, p.ni_number, p.birth_date, p.family
      from import_person i join ${staged('stage_person')} p on p.line = i.head_line
      join esr.staff s on s.id = i.staff_id
      where i.changed and not i.is_new and p.line > ${after}
        and p.nhs_employee_id is distinct from s.nhs_employee_id and p.nhs_employee_id is not null
      order by p.line limit ${BATCH}`.execute(db);
    if (rows.length === 0) return;
    after = rows.at(-1)?.line ?? after;
    const ids = rows.flatMap((row) => row.nhs_employee_id ?? []);
    for (const one of await findCandidates(context, ids, [])) {
      if (one.nhsEmployeeId !== null) holders.set(one.nhsEmployeeId, one);
    }
    const decisions = rows.map((row) => {
      const holder = holders.get(row.nhs_employee_id ?? '');
      const claim = claimIdentifier({ staffId: row.staff_id, birthDate: row.birth_date }, holder);
      if (claim === 'free' && row.nhs_employee_id !== null) {
        holders.set(row.nhs_employee_id, { staffId: row.staff_id, birthDate: row.birth_date });
      }
      return { row, claim, holder: holder?.staffId };
    });
    await rejectInUse(
      context,
      decisions.flatMap(({ row, claim }) => (claim === 'conflict' ? [row] : [])),
    );
    const shared = decisions.flatMap(({ row, claim, holder }) =>
      claim === 'same-person' ? [{ esr_person_id: row.esr_person_id, holder }] : [],
    );
    await sql`update import_person i set takes_identifier = false, same_person_as = x.holder
      from ${recordSet('x', 'esr_person_id text, holder text', shared)}
      where i.esr_person_id = x.esr_person_id`.execute(db);
  }
}

/** Joins ids that turned out to be one person's. Two that somebody has parted stay so. */
export async function joinPeople({ db, staged }: ApplyContext): Promise<void> {
  await sql`
    with joined as (
      select i.head_line,
        esr.join_staff(i.staff_id, i.same_person_as, null, 'the same EMPLOYEE NHS IDENTIFIER') as outcome
      from import_person i where i.same_person_as is not null)
    insert into import_fault (line, field, code, value)
    select p.line, 'nhsEmployeeId', 'nhs_employee_id_in_use', p.nhs_employee_id
    from joined j join ${staged('stage_person')} p on p.line = j.head_line
    where j.outcome = 'birth-date-differs'`.execute(db);
}

/** New people who share a key with somebody held, or with one another. Everybody else is new for certain. */
async function identifyNew(context: ApplyContext): Promise<void> {
  const { db, run, staged } = context;
  const heads = sql`import_person i join ${staged('stage_person')} p on p.line = i.head_line`;
  const decided = new Map<string, Candidate[]>();
  for (let after = 0; ;) {
    const { rows } = await sql<Head>`
      with repeated as (
        select p.nhs_employee_id from ${heads} where i.is_new and p.nhs_employee_id is not null
        group by 1 having count(*) > 1)
      select p.line, p.esr_person_id, i.staff_id, p.nhs_employee_id, p.ni_number, p.birth_date, p.family
      from ${heads}
      where i.is_new and p.line > ${after} and (
        p.nhs_employee_id in (select nhs_employee_id from repeated)
        or exists (select from esr.staff s where s.nhs_employee_id = p.nhs_employee_id)
        or exists (select from esr.employment_ni_number n where n.number = p.ni_number))
      order by p.line limit ${BATCH}`.execute(db);
    if (rows.length === 0) return;
    after = rows.at(-1)?.line ?? after;
    const byKey = new Map<string, Candidate[]>();
    const candidates = await findCandidates(
      context,
      rows.flatMap((row) => row.nhs_employee_id ?? []),
      rows.flatMap((row) => row.ni_number ?? []),
    );
    for (const one of candidates) addByKeys(byKey, one);
    const known: { esr_person_id: string; staff_id: string }[] = [];
    const refused: Head[] = [];
    for (const row of rows) {
      const person: PersonIdentity = {
        nhsEmployeeId: row.nhs_employee_id,
        niNumber: row.ni_number,
        birthDate: row.birth_date,
        family: row.family,
      };
      const sharing = [person.nhsEmployeeId, person.niNumber].flatMap((key) =>
        key === null ? [] : [...(byKey.get(key) ?? []), ...(decided.get(key) ?? [])],
      );
      const match = matchPerson(person, run.odsCode, sharing);
      if (match.kind === 'conflict') {
        refused.push(row);
        continue;
      }
      const staffId = match.kind === 'known' ? match.staffId : row.staff_id;
      if (match.kind === 'known')
        known.push({ esr_person_id: row.esr_person_id, staff_id: staffId });
      addByKeys(decided, {
        ...person,
        staffId,
        personId: staffId,
        niNumbers: person.niNumber === null ? [] : [person.niNumber],
        familyNames: [row.family],
        employers: [run.odsCode],
      });
    }
    await sql`update import_person i set staff_id = x.staff_id, recognised = true
      from ${recordSet('x', 'esr_person_id text, staff_id text', known)}
      where i.esr_person_id = x.esr_person_id`.execute(db);
    await rejectInUse(context, refused);
  }
}

/** Leaves people out whose NHS identifier is somebody else's: the new ones altogether, of the others the change. */
async function rejectInUse({ db }: ApplyContext, heads: readonly Head[]): Promise<void> {
  if (heads.length === 0) return;
  const ids = textSet(heads.map((head) => head.esr_person_id));
  const faults = heads.map(({ line, nhs_employee_id: value }) => ({ line, value }));
  await sql`insert into import_fault (line, field, code, value)
    select line, 'nhsEmployeeId', 'nhs_employee_id_in_use', value
    from ${recordSet('x', 'line bigint, value text', faults)}`.execute(db);
  await sql`delete from import_person where is_new and esr_person_id in ${ids}`.execute(db);
  await sql`update import_person set changed = null where esr_person_id in ${ids}`.execute(db);
}

function addByKeys(index: Map<string, Candidate[]>, one: Candidate): void {
  for (const key of [one.nhsEmployeeId, ...one.niNumbers]) {
    if (key === null) continue;
    const before = index.get(key);
    if (before === undefined) index.set(key, [one]);
    else before.push(one);
  }
}

async function findCandidates(
  { db, day }: ApplyContext,
  nhsEmployeeIds: readonly string[],
  niNumbers: readonly string[],
): Promise<readonly Candidate[]> {
  const { rows } = await sql<{
    id: string;
    nhs_employee_id: string | null;
    birth_date: string;
    numbers: string[] | null;
    families: string[] | null;
    employers: string[] | null;
    person_id: string;
  }>`
    with wanted as materialized (
      select id from esr.staff where nhs_employee_id in ${textSet(nhsEmployeeIds)}
      union select e.staff_id from esr.employment_ni_number n
        join esr.employment e using (ods_code, esr_person_id)
        where n.number in ${textSet(niNumbers)}),
    ids as materialized (
      select distinct asked, member
      from esr.person_groups((select coalesce(jsonb_agg(id), '[]'::jsonb) from wanted))),
    employers as (
      select i.asked, array_agg(distinct e.ods_code) as employers
      from ids i join esr.employment e on e.staff_id = i.member group by 1)
    select s.id, s.nhs_employee_id, s.birth_date, s.person_id, o.employers,
      (select array_agg(distinct n.number) from esr.employment e
         join esr.employment_ni_number n using (ods_code, esr_person_id)
         where e.staff_id = s.id) as numbers,
      (select array_agg(distinct m.family) from esr.employment e
         join esr.employment_name m using (ods_code, esr_person_id)
         where e.staff_id = s.id and m.effective_from <= ${day}::date
           and (m.effective_to is null or m.effective_to >= ${day}::date)) as families
    from wanted w join esr.staff s on s.id = w.id left join employers o on o.asked = s.id`.execute(
    db,
  );
  return rows.map((row): Candidate => ({
    staffId: row.id,
    personId: row.person_id,
    nhsEmployeeId: row.nhs_employee_id,
    birthDate: row.birth_date,
    niNumbers: row.numbers ?? [],
    familyNames: row.families ?? [],
    employers: row.employers ?? [],
  }));
}
