-- What the feeds beside GO2 say: registrations over time, qualifications, posts and placements in training.

-- What a register has said, each standing from the reading that first said it.
create table registration_version (
  body text not null,
  number text not null,
  read_from timestamptz not null,
  status text not null,
  type text,
  first_registered date,
  expires_on date,
  primary key (body, number, read_from),
  foreign key (body, number) references registration on delete cascade
);
insert into registration_version (body, number, read_from, status, type, first_registered, expires_on)
select body, number, last_checked_at, status, type, first_registered, expires_on from registration;

-- When this database last learnt something new about a row.
alter table registration add column changed_at timestamptz not null default now();
alter table competence add column changed_at timestamptz not null default now();
alter table training_placement add column changed_at timestamptz not null default now();

create table qualification (
  -- who says so
  ods_code text not null references organisation (ods_code),
  staff_id text not null references staff (id),
  title text not null,
  awarded_on date not null,
  level text,
  subject text,
  institution text,
  -- ISO 3166-1, two letters
  country text check (country ~ '^[A-Z]{2}$'),
  -- when the organisation saw the proof of it
  checked_on date,
  -- it was taken back, or entered by mistake: kept, so that it can be told
  withdrawn boolean not null,
  changed_at timestamptz not null default now(),
  primary key (staff_id, ods_code, title, awarded_on)
);
create index qualification_organisation on qualification (ods_code);

-- Posts for doctors and dentists in training. One post has a position at its lead employer, and one at each host.
create table training_post (
  lead_ods_code text not null references organisation (ods_code),
  -- ESR's own; null for a post that was announced and has none yet
  position_id text,
  role text not null check (role in ('LEAD', 'HOST')),
  national_post_number text not null,
  position_number text,
  title text,
  occupation_code text,
  area_of_work text,
  second_specialty text,
  managing_office text,
  -- where the work is done
  ods_code text,
  grade text,
  payscale text,
  grade_description text,
  workplace text,
  employing_vpd text,
  employing_organisation text,
  location text,
  -- the training record has taken it back
  withdrawn boolean not null,
  updated_at timestamptz not null,
  changed_at timestamptz not null default now(),
  unique (lead_ods_code, position_id)
);
create unique index training_post_announced on training_post (lead_ods_code, national_post_number, role)
  where position_id is null;
create index training_post_number on training_post (lead_ods_code, national_post_number);

-- A notification of a placement says when it begins, and may not say when it ends.
alter table training_placement alter column end_date drop not null;

-- Written by imports only, from the employments of an organisation that is there: a check of each award against both would
-- cost half of loading them.
alter table competence drop constraint competence_ods_code_fkey;
alter table competence drop constraint competence_staff_id_fkey;

-- What is held is compared column by column.
alter table registration drop column content;
alter table training_placement drop column content;

alter table if exists import drop constraint if exists import_kind_check;
alter table if exists import add constraint import_kind_check check (kind in (
  'GO2', 'REGISTRATIONS', 'TRAINING', 'QUALIFICATIONS', 'PLACEMENTS', 'TRAINING_POSTS', 'PLACEMENT_NOTIFICATIONS'
));

-- What the staging tables of a run are made like. They hold nothing themselves.

create unlogged table stage_registration (
  line bigint not null,
  employee_number text not null,
  body text not null,
  number text not null,
  status text not null,
  type text,
  first_registered date,
  expires_on date,
  last_checked_at timestamptz not null
);

create unlogged table stage_award (
  line bigint not null,
  employee_number text not null,
  name text not null,
  awarded_on date not null,
  framework text not null,
  subject text not null,
  level text,
  expires_on date
);

create unlogged table stage_qualification (
  line bigint not null,
  employee_number text not null,
  title text not null,
  awarded_on date not null,
  level text,
  subject text,
  institution text,
  country text,
  checked_on date,
  withdrawn boolean not null
);

create unlogged table stage_placement (
  line bigint not null,
  employee_number text not null,
  reference text not null,
  host_ods_code text not null,
  national_post_number text not null,
  specialty text not null,
  grade text not null,
  site text not null,
  start_date date not null,
  end_date date,
  withdrawn boolean not null,
  updated_at timestamptz not null
);

create unlogged table stage_training_post (
  line bigint not null,
  position_id text not null,
  withdrawn boolean not null,
  role text not null,
  national_post_number text,
  position_number text,
  title text,
  occupation_code text,
  area_of_work text,
  second_specialty text,
  managing_office text,
  ods_code text,
  grade text,
  payscale text,
  grade_description text,
  workplace text,
  employing_vpd text,
  employing_organisation text,
  location text,
  updated_at timestamptz not null
);

create unlogged table stage_placement_notification (
  line bigint not null,
  type text not null,
  national_post_number text not null,
  occupation_code text,
  location text,
  specialty text,
  grade text,
  current_gmc text,
  current_family text,
  current_end date,
  next_gmc text,
  next_family text,
  next_start date,
  withdrawn_gmc text,
  withdrawn_family text,
  replacement_gmc text,
  replacement_family text,
  replacement_start date,
  changed_start date,
  changed_end date,
  post_deleted boolean not null,
  updated_at timestamptz not null
);
