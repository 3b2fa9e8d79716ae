/** What PostgreSQL itself shows of the staff records, whatever a statement asks for: on PGlite and on a real server. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';

import { migrate } from '../../runtime/migrate.ts';
import { reading, type ReadView } from '../../subgraphs/esr/postgres/reading.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const id = (letter: string): string => `stf_${letter.repeat(22)}`;
/** Ann is at RZ1, Bea at RZ2, Cat at both. */
const [ANN, BEA, CAT] = [id('a'), id('b'), id('c')] as const;

const WORLD = `
  do $$ begin
    alter table esr.registration alter column content set default '';
    alter table esr.training_placement alter column content set default '';
  exception when undefined_column then null; end $$;
  insert into esr.organisation (ods_code, name, type, status) values
    ('RZ1', 'One', 'NHS_TRUST', 'OPEN'), ('RZ2', 'Two', 'NHS_TRUST', 'OPEN');
  insert into esr.staff (id, birth_date) values
    ('${ANN}', '1980-01-01'), ('${BEA}', '1981-01-01'), ('${CAT}', '1982-01-01');
  insert into esr.employment (ods_code, esr_person_id, staff_id, employee_number, person_type, birth_date) values
    ('RZ1', '1', '${ANN}', '90000001', 'EMPLOYEE', '1980-01-01'),
    ('RZ2', '2', '${BEA}', '90000002', 'EMPLOYEE', '1981-01-01'),
    ('RZ1', '3', '${CAT}', '90000003', 'EMPLOYEE', '1982-01-01'),
    ('RZ2', '3', '${CAT}', '90000003', 'EMPLOYEE', '1982-01-01');
  insert into esr.employment_name (ods_code, esr_person_id, effective_from, family)
    select ods_code, esr_person_id, '2020-01-01', 'Marsh' from esr.employment;
  insert into esr.employment_ni_number (ods_code, esr_person_id, number)
    select ods_code, esr_person_id, 'QQ00000' || esr_person_id || 'A' from esr.employment;
  insert into esr.assignment (ods_code, esr_assignment_id, id, esr_person_id)
    select ods_code, esr_person_id, 'asg_' || ods_code || esr_person_id, esr_person_id from esr.employment;
  insert into esr.assignment_version (ods_code, esr_assignment_id, effective_from, assignment_number, is_primary)
    select ods_code, esr_assignment_id, '2020-01-01', '9000000' || esr_person_id, true from esr.assignment;
  insert into esr.registration (body, number, staff_id, status, last_checked_at) values
    ('NMC', '14Z0001E', '${ANN}', 'REGISTERED', now()), ('NMC', '14Z0002E', '${BEA}', 'REGISTERED', now()),
    ('NMC', '14Z0003E', '${CAT}', 'REGISTERED', now());
  insert into esr.competence (ods_code, staff_id, name, awarded_on, framework, subject)
    select ods_code, staff_id, 'Fire', '2024-01-01', 'CSTF', 'Fire' from esr.employment;
  insert into esr.training_placement (reference, staff_id, lead_ods_code, host_ods_code, national_post_number, specialty,
    grade, site, start_date, end_date, withdrawn, updated_at)
    select 'placement-' || id, id, 'RZ2', 'RZ9', '', '', '', '', '2024-01-01', '2024-06-01', false, now()
    from esr.staff where id in ('${ANN}', '${BEA}');
  insert into esr.registration_version (body, number, read_from, status)
    select body, number, now(), status from esr.registration;
  insert into esr.qualification (ods_code, staff_id, title, awarded_on, withdrawn)
    select ods_code, staff_id, 'Degree', '2010-01-01', false from esr.employment;
  insert into esr.work_phone (ods_code, esr_id, esr_person_id, type, number, digest)
    select ods_code, esr_person_id, esr_person_id, 'W1', '0', '' from esr.employment;
  insert into esr.record_deletion (kind, ods_code, staff_id)
    select 'ASSIGNMENT', ods_code, staff_id from esr.employment;
  insert into esr.outbox (type, staff_id, ods_code) values ('staff-left-1', '${ANN}', 'RZ1');
  insert into esr.transfer (id, staff_id, to_ods, to_esr_person_id, from_ods, state, requested_at, requested_by, consent,
    consent_at) values
    ('trf_${'a'.repeat(22)}', '${ANN}', 'RZ1', '1', 'RZ2', 'AWAITING_CONSENT', now(), '', 'WAITING', null),
    ('trf_${'b'.repeat(22)}', '${BEA}', 'RZ2', '2', 'RZ1', 'WITHDRAWN', now(), '', 'GIVEN', now());
  insert into esr.transfer_act (transfer_id, at, actor, action, state, idempotency_key, request_hash)
    select id, now(), '', 'request', state, id, '' from esr.transfer;
  insert into esr.transfer_alert (transfer_id, day, raised_at) select id, 7, now() from esr.transfer;`;

/** Whose rows of each table a view shows, where it is not everybody's. */
const STAFF_OF: Readonly<Record<string, string>> = {
  staff: 'select id from esr.staff',
  employment: 'select staff_id from esr.employment',
  employment_name:
    'select staff_id from esr.employment_name join esr.employment using (ods_code, esr_person_id)',
  employment_ni_number:
    'select staff_id from esr.employment_ni_number join esr.employment using (ods_code, esr_person_id)',
  assignment:
    'select staff_id from esr.assignment join esr.employment using (ods_code, esr_person_id)',
  assignment_version: `select staff_id from esr.assignment_version
    join esr.assignment using (ods_code, esr_assignment_id) join esr.employment using (ods_code, esr_person_id)`,
  registration: 'select staff_id from esr.registration',
  competence: 'select staff_id from esr.competence',
  registration_version:
    'select staff_id from esr.registration_version join esr.registration using (body, number)',
  qualification: 'select staff_id from esr.qualification',
  work_phone:
    'select staff_id from esr.work_phone join esr.employment using (ods_code, esr_person_id)',
  record_deletion: 'select staff_id from esr.record_deletion',
  training_placement: 'select staff_id from esr.training_placement',
  outbox: 'select staff_id from esr.outbox',
  transfer: 'select staff_id from esr.transfer',
  transfer_alert:
    'select staff_id from esr.transfer_alert a join esr.transfer t on t.id = a.transfer_id',
};

/** Without a person in them. */
const REFERENCE = ['organisation', 'training_post', 'work_structure'];

function contract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let db: Kysely<EsrTables>;
  beforeAll(async () => {
    opened = await open();
    const folder = new URL('../../subgraphs/esr/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'esr', folder);
    db = opened.database.schema<EsrTables>('esr');
    await sql.raw(WORLD).execute(db);
  });
  afterAll(() => opened.close());

  /** Everything that a view shows, table by table, by direct SQL without a condition of its own. */
  const seen = async (view: ReadView): Promise<Record<string, string>> => {
    const names = new Map([
      [ANN, 'A'],
      [BEA, 'B'],
      [CAT, 'C'],
    ]);
    return reading(db, view, async (reader) => {
      const shown: Record<string, string> = {};
      for (const [table, statement] of Object.entries(STAFF_OF)) {
        const { rows } = await sql.raw<Record<string, string>>(statement).execute(reader);
        const letters = rows.map((row) => names.get(Object.values(row)[0] ?? '') ?? '?');
        shown[table] = letters.sort().join('');
      }
      return shown;
    });
  };

  it.each<[string, ReadView, Record<string, string>]>([
    [
      'everything to the services that read all records, but transfers and NI numbers',
      'everything',
      {
        staff: 'ABC',
        employment: 'ABCC',
        employment_name: 'ABCC',
        employment_ni_number: '',
        assignment: 'ABCC',
        assignment_version: 'ABCC',
        registration: 'ABC',
        competence: 'ABCC',
        registration_version: 'ABC',
        qualification: 'ABCC',
        work_phone: 'ABCC',
        record_deletion: 'ABCC',
        training_placement: 'AB',
        outbox: 'A',
        transfer: '',
        transfer_alert: '',
      },
    ],
    [
      'an organisation what it holds, and of a transfer from it what the person agreed to',
      { odsCode: 'RZ1' },
      {
        staff: 'AC',
        employment: 'AC',
        employment_name: 'AC',
        employment_ni_number: 'AC',
        assignment: 'AC',
        assignment_version: 'AC',
        registration: 'AC',
        competence: 'AC',
        registration_version: 'AC',
        qualification: 'AC',
        work_phone: 'AC',
        record_deletion: 'AC',
        training_placement: 'A',
        outbox: '',
        transfer: 'AB',
        transfer_alert: 'AB',
      },
    ],
    [
      'the other one nothing of a move that the person has not agreed to, and the placements it leads',
      { odsCode: 'RZ2' },
      {
        staff: 'BC',
        employment: 'BC',
        employment_name: 'BC',
        employment_ni_number: 'BC',
        assignment: 'BC',
        assignment_version: 'BC',
        registration: 'BC',
        competence: 'BC',
        registration_version: 'BC',
        qualification: 'BC',
        work_phone: 'BC',
        record_deletion: 'BC',
        training_placement: 'AB',
        outbox: '',
        transfer: 'B',
        transfer_alert: 'B',
      },
    ],
    [
      'a person their own rows at every employer',
      { staffId: CAT },
      {
        staff: 'C',
        employment: 'CC',
        employment_name: 'CC',
        employment_ni_number: '',
        assignment: 'CC',
        assignment_version: 'CC',
        registration: 'C',
        competence: 'CC',
        registration_version: 'C',
        qualification: 'CC',
        work_phone: 'CC',
        record_deletion: 'CC',
        training_placement: '',
        outbox: '',
        transfer: '',
        transfer_alert: '',
      },
    ],
    ['a person their own moves', { staffId: ANN }, ownRows('A')],
    ['nothing for an organisation nobody works at', { odsCode: 'RZ9' }, nothing()],
    ['nothing for an empty code', { odsCode: '' }, nothing()],
    ['nothing for a person nobody knows', { staffId: id('x') }, nothing()],
    ['nothing for an empty person', { staffId: '' }, nothing()],
    ['nothing about people with reference data', 'reference', nothing()],
  ])('shows %s', async (_name, view, expected) => {
    expect(await seen(view)).toEqual(expected);
  });

  it('shows no rows about people when nothing was said', async () => {
    const left = await db.transaction().execute(async (transaction) => {
      await sql`select set_config('role', 'lanyard_esr_reader', true)`.execute(transaction);
      const counts: number[] = [];
      for (const table of Object.keys(STAFF_OF)) {
        const { rows } = await sql<{
          n: number;
        }>`select count(*)::int as n from ${sql.table(`esr.${table}`)}`.execute(transaction);
        counts.push(rows[0]?.n ?? -1);
      }
      return counts;
    });
    expect(new Set(left)).toEqual(new Set([0]));
  });

  it('forgets role and view at the end of the transaction, failed or not', async () => {
    await reading(db, { odsCode: 'RZ1' }, (reader) => sql`select 1`.execute(reader));
    await expect(
      reading(db, { odsCode: 'RZ1' }, (reader) => sql`select 1 / 0`.execute(reader)),
    ).rejects.toThrow();
    const { rows } = await sql<{ role: string; ods: string | null }>`
      select current_user = session_user as role, nullif(current_setting('lanyard.ods_code', true), '') as ods`.execute(
      db,
    );
    expect(rows).toEqual([{ role: true, ods: null }]);
  });

  it('guards every table: a policy and reading alone, or nothing at all', async () => {
    const { rows } = await sql<{ name: string; access: string }>`
      select c.relname as name, concat_ws(' ',
        case when has_table_privilege('lanyard_esr_reader', c.oid, 'select') then 'read' end,
        case when has_table_privilege('lanyard_esr_reader', c.oid, 'insert, update, delete, truncate')
          then 'write' end,
        case when c.relrowsecurity then 'guarded' end,
        case when exists (select from pg_policy p where p.polrelid = c.oid) then 'policy' end) as access
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'esr' and c.relkind in ('r', 'p', 'v', 'm') order by c.relname`.execute(db);
    const readable = [...Object.keys(STAFF_OF), ...REFERENCE].sort();
    expect(
      rows.filter(({ access }) => access === 'read guarded policy').map((row) => row.name),
    ).toEqual(readable);
    // Whatever is read has a policy; the rest cannot be read at all.
    expect(
      rows.filter(
        ({ name, access }) => !readable.includes(name) && access !== 'guarded' && access !== '',
      ),
    ).toEqual([]);
  });

  it.each([
    ['who joined which ids', `select * from esr.staff_joining`, '42501'],
    ['what was done to transfers', `select * from esr.transfer_act`, '42501'],
    ['writing', `update esr.staff set birth_date = '1990-01-01'`, '25006'],
    ['writing again', `select set_config('transaction_read_only', 'off', true)`, '25001'],
  ])('refuses %s to a reader', async (_name, statement, code) => {
    await expect(
      reading(db, 'everything', (reader) => sql.raw(statement).execute(reader)),
    ).rejects.toMatchObject({ code });
  });
}

function nothing(): Record<string, string> {
  return Object.fromEntries(Object.keys(STAFF_OF).map((table) => [table, '']));
}

/** Of a person with one employment, one transfer and no event or number that is theirs to read. */
function ownRows(letter: string): Record<string, string> {
  const hidden = ['employment_ni_number', 'outbox'];
  return Object.fromEntries(
    Object.keys(STAFF_OF).map((table) => [table, hidden.includes(table) ? '' : letter]),
  );
}

describe('on PGlite', () => {
  contract(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  contract(serverDatabase);
});
