-- Staff records as ESR extracts give them. One organisation is one VPD of ESR.

create table organisation (
  ods_code text primary key check (ods_code ~ '^[A-Z0-9]{3,8}$'),
  name text not null,
  type text not null check (type in ('NHS_TRUST', 'CARE_TRUST', 'ICB', 'OTHER')),
  status text not null check (status in ('OPEN', 'CLOSED')),
  vpd text unique check (vpd ~ '^[0-9]{3}$')
);

-- One human being.
create table staff (
  id text primary key check (id ~ '^stf_[A-Za-z0-9_-]{22}$'),
  nhs_employee_id text unique,
  birth_date date not null,
  created_at timestamptz not null default now()
);

-- For recognising one person at two employers, and for nothing else: no answer is made from this table.
create table ni_number (
  staff_id text primary key references staff (id),
  number text not null
);
create index ni_number_number on ni_number (number);
revoke all on ni_number from public;

create table employment (
  ods_code text not null references organisation (ods_code),
  esr_person_id text not null,
  staff_id text not null references staff (id),
  employee_number text not null check (employee_number ~ '^[0-9]{8}$'),
  person_type text not null,
  birth_date date not null,
  ni_number_masked text,
  nhs_employee_id text,
  smartcard_uuid text,
  work_email text,
  hire_date date,
  termination_date date,
  leaving_reason text,
  nhs_start_date date,
  -- Of the rows this was made from; of the names in force.
  digest text not null,
  names_digest text not null,
  -- The last day with a live post or before termination; null while there is none. Kept by settleEmployments.
  ends_on date,
  -- Whether the outbox has said that the person is here.
  announced boolean not null default false,
  primary key (ods_code, esr_person_id)
);
create index employment_staff on employment (staff_id);
create index employment_page on employment (ods_code, staff_id);
create index employment_number on employment (ods_code, employee_number);

-- Effective-dated.
create table employment_name (
  ods_code text not null,
  esr_person_id text not null,
  effective_from date not null,
  effective_to date,
  title text,
  given text,
  middle text,
  family text not null,
  preferred text,
  maiden text,
  previous_family text,
  primary key (ods_code, esr_person_id, effective_from),
  foreign key (ods_code, esr_person_id) references employment on delete cascade
);

create table assignment (
  ods_code text not null,
  esr_assignment_id text not null,
  id text not null unique,
  esr_person_id text not null,
  digest text not null,
  post_digest text not null,
  primary key (ods_code, esr_assignment_id),
  foreign key (ods_code, esr_person_id) references employment on delete cascade
);
create index assignment_person on assignment (ods_code, esr_person_id);

-- Effective-dated.
create table assignment_version (
  ods_code text not null,
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
  fte double precision check (fte between 0 and 1),
  category text,
  start_date date,
  end_date date,
  primary key (ods_code, esr_assignment_id, effective_from),
  foreign key (ods_code, esr_assignment_id) references assignment on delete cascade
);

create table registration (
  body text not null,
  number text not null,
  staff_id text not null references staff (id),
  status text not null,
  type text,
  first_registered date,
  expires_on date,
  last_checked_at timestamptz not null,
  content text not null,
  primary key (body, number)
);
create index registration_staff on registration (staff_id);

create table competence (
  ods_code text not null references organisation (ods_code),
  staff_id text not null references staff (id),
  name text not null,
  awarded_on date not null,
  framework text not null check (framework in ('CSTF', 'LOCAL')),
  subject text not null,
  level text,
  expires_on date,
  primary key (staff_id, ods_code, name, awarded_on)
);
create index competence_organisation on competence (ods_code);

create table import (
  ods_code text not null references organisation (ods_code),
  kind text not null check (kind in ('GO2', 'REGISTRATIONS', 'TRAINING')),
  sequence bigint not null,
  sha256 text not null,
  rows_read integer not null,
  rejected integer not null,
  imported_at timestamptz not null default now(),
  primary key (ods_code, kind, sequence)
);

-- What happened, for whoever needs to know. Ids only.
create table outbox (
  id bigint generated always as identity primary key,
  type text not null,
  staff_id text not null,
  ods_code text not null,
  assignment_id text,
  created_at timestamptz not null default now(),
  published_at timestamptz
);
create index outbox_unpublished on outbox (id) where published_at is null;
