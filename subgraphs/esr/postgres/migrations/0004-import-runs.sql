-- Imports in three steps: read and stage in batches, then apply in one transaction. A run says how far one has come.

create table import_run (
  id text primary key check (id ~ '^imp_[A-Za-z0-9_-]{22}$'),
  -- Names the run's own staging tables: stage_<number>_<what>.
  number bigint generated always as identity unique,
  -- Where the file is, for going on with it.
  path text not null,
  kind text not null,
  ods_code text not null references organisation (ods_code),
  sequence bigint,
  is_full boolean not null,
  -- The day the file was made.
  file_day date not null,
  state text not null
    check (state in ('READING', 'STAGED', 'APPLIED', 'REFUSED', 'ALREADY_IMPORTED')),
  -- The byte after the last line that was staged, the number of that line, and SHA-256 of the bytes before it.
  read_offset bigint not null default 0,
  line bigint not null default 0,
  prefix_sha256 text,
  -- Of the whole file, once it was read.
  sha256 text,
  -- Header and trailer not counted; null until the file was read.
  rows_read bigint,
  staged bigint not null default 0,
  rejected bigint not null default 0,
  added bigint not null default 0,
  changed bigint not null default 0,
  unchanged bigint not null default 0,
  ended bigint not null default 0,
  -- People who were absent from the file and wait for somebody to confirm that they left.
  absent bigint not null default 0,
  -- Why the file was refused whole.
  refusal_code text,
  refusal_field text,
  refusal_line bigint,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  check ((state in ('READING', 'STAGED')) = (finished_at is null)),
  check ((state = 'REFUSED') = (refusal_code is not null))
);
create index import_run_unfinished on import_run (updated_at) where finished_at is null;
create index import_run_organisation on import_run (ods_code, started_at);

-- Rows that were left out, as many as are kept of one run; the run counts them all. Values are masked.
create table import_reject (
  id bigint generated always as identity primary key,
  run_id text not null references import_run (id) on delete cascade,
  line bigint not null,
  field text not null,
  code text not null,
  value text not null
);
create index import_reject_run on import_reject (run_id, line, id);

alter table import add column run_id text references import_run (id);

-- Employments that a full file did not have, past the brake: they wait until somebody confirms that the people left.
create table import_absence (
  ods_code text not null,
  esr_person_id text not null,
  -- The newest run that they were absent from, and the day of the first file.
  run_id text not null references import_run (id),
  absent_from date not null,
  state text not null check (state in ('WAITING', 'CONFIRMED')),
  confirmed_by text,
  confirmed_at timestamptz,
  primary key (ods_code, esr_person_id),
  check ((state = 'CONFIRMED') = (confirmed_by is not null and confirmed_at is not null))
);
create index import_absence_run on import_absence (run_id);

-- A key by which people are recognised, while the import that uses it decides who is who. Holds nothing that matters
-- after the transaction: the rows are there to be locked.
create unlogged table identity_claim (key bigint primary key);

-- What was taken out of the records, so that whoever asks what changed learns of it.
create table record_deletion (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('EMPLOYMENT', 'ASSIGNMENT')),
  ods_code text not null,
  staff_id text not null references staff (id),
  employee_number text,
  -- In the graph.
  assignment_id text,
  deleted_at timestamptz not null default now()
);
create index record_deletion_organisation on record_deletion (ods_code, deleted_at);
create index record_deletion_staff on record_deletion (staff_id);

-- The digests were of all rows of a record; now each effective-dated row has its own, and what follows from a change is
-- found by comparing what the rows say.
alter table employment
  drop column digest,
  drop column names_digest,
  -- The first day of the row that the columns are from.
  add column head_from date,
  -- The day of the full file that no longer had it, once that was certain: it ended before.
  add column absent_from date,
  -- When anything of the employment last changed, its names and posts included.
  add column changed_at timestamptz not null default now();

alter table employment_name add column digest text;

alter table assignment
  drop column digest,
  drop column post_digest,
  add column head_from date,
  add column changed_at timestamptz not null default now();

alter table assignment_version
  add column digest text,
  add column user_status text,
  add column assignment_type text,
  add column employee_category text,
  add column contract_type text,
  add column occupation_code text,
  add column area_of_work text,
  add column hours double precision,
  add column esr_location_id text,
  add column esr_department_id text;

-- Written by imports only, which add what a row belongs to before it and take out what belongs to it after: a check of
-- each row, and a lock of what it belongs to, would cost half of an import.
alter table employment drop constraint employment_ods_code_fkey;
alter table employment drop constraint employment_staff_id_fkey;
alter table employment_name drop constraint employment_name_ods_code_esr_person_id_fkey;
alter table employment_ni_number drop constraint employment_ni_number_ods_code_esr_person_id_fkey;
alter table assignment drop constraint assignment_ods_code_esr_person_id_fkey;
alter table assignment_version drop constraint assignment_version_ods_code_esr_assignment_id_fkey;

-- A person is recognised by the numbers and names of their employments. What this had of somebody without an employment
-- has served nothing, since a name is asked for too.
drop table ni_number;
drop index employment_ni_number_number;
create index employment_ni_number_number on employment_ni_number (number, ods_code);

-- Places, departments and positions of an employer, as its extract has them: the row in force.
create table work_structure (
  ods_code text not null references organisation (ods_code),
  kind text not null check (kind in ('LOCATION', 'ORGANISATION', 'POSITION')),
  esr_id text not null,
  name text,
  effective_from date,
  effective_to date,
  -- Everything else that the row says, by field.
  details jsonb not null,
  digest text not null,
  changed_at timestamptz not null default now(),
  primary key (ods_code, kind, esr_id)
);

create table work_phone (
  ods_code text not null references organisation (ods_code),
  esr_id text not null,
  esr_person_id text not null,
  type text not null,
  number text not null,
  effective_from date,
  effective_to date,
  digest text not null,
  changed_at timestamptz not null default now(),
  primary key (ods_code, esr_id)
);
create index work_phone_person on work_phone (ods_code, esr_person_id);

-- What the staging tables of a run are made like. They hold nothing themselves.

create unlogged table stage_person (
  line bigint not null,
  esr_person_id text not null,
  effective_from date not null,
  effective_to date,
  employee_number text not null,
  title text,
  family text not null,
  given text,
  middle text,
  maiden text,
  preferred text,
  previous_family text,
  birth_date date not null,
  ni_number text,
  nhs_employee_id text,
  hire_date date,
  termination_date date,
  leaving_reason text,
  smartcard_uuid text,
  person_type text not null,
  work_email text,
  nhs_start_date date,
  digest text not null
);
revoke all on stage_person from public;

create unlogged table stage_assignment (
  line bigint not null,
  esr_person_id text not null,
  esr_assignment_id text not null,
  effective_from date not null,
  effective_to date,
  assignment_number text not null,
  is_primary boolean not null,
  status text,
  position_id text,
  position_title text,
  job_role text,
  staff_group text,
  grade text,
  fte double precision,
  category text,
  start_date date,
  end_date date,
  user_status text,
  assignment_type text,
  employee_category text,
  contract_type text,
  occupation_code text,
  area_of_work text,
  hours double precision,
  esr_location_id text,
  esr_department_id text,
  digest text not null
);

create unlogged table stage_work_structure (
  line bigint not null,
  kind text not null,
  esr_id text not null,
  name text,
  effective_from date,
  effective_to date,
  details jsonb not null,
  digest text not null
);

create unlogged table stage_work_phone (
  line bigint not null,
  esr_id text not null,
  esr_person_id text not null,
  type text not null,
  number text not null,
  effective_from date,
  effective_to date,
  digest text not null
);

create unlogged table stage_deletion (
  line bigint not null,
  record text not null,
  esr_id text not null
);

-- Whose rows were left out while reading; null when that could not be read either.
create unlogged table stage_left_out (
  esr_person_id text
);
