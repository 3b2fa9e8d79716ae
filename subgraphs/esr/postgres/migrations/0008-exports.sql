-- Bulk exports: jobs, whom they are about, and what they wrote. Nobody reads these tables but the job and its owner.

create table record_export (
  position bigint generated always as identity unique,
  id text primary key check (id ~ '^exp_[A-Za-z0-9_-]{22}$'),
  ods_code text not null references organisation (ods_code),
  -- In whose name people are read: as the access log keeps it.
  requested_by text not null,
  requester_name text not null,
  purpose text not null,
  idempotency_key text not null,
  request_hash text not null,
  requested_at timestamptz not null,
  -- Only what changed since then; everything when null.
  since timestamptz,
  state text not null default 'QUEUED'
    check (state in ('QUEUED', 'RUNNING', 'READY', 'FAILED', 'EXPIRED')),
  -- What the next export takes as its moment.
  cursor timestamptz,
  people integer,
  -- The last person gone through, and how many of each kind there were.
  after_staff_id text,
  done integer not null default 0,
  records integer not null default 0,
  people_left integer not null default 0,
  failed integer not null default 0,
  parts integer not null default 0,
  waiting boolean not null default false,
  -- Who works on it, until when.
  leased_by text,
  leased_until timestamptz,
  manifest text,
  finished_at timestamptz,
  expires_at timestamptz,
  -- Authenticates the links to its parts.
  link_secret bytea not null,
  unique (requested_by, idempotency_key),
  check ((state in ('READY', 'EXPIRED')) = (manifest is not null)),
  check (state = 'QUEUED' or state = 'FAILED' or (people is not null and cursor is not null))
);
-- One at a time for each organisation.
create unique index record_export_unfinished on record_export (ods_code)
  where state in ('QUEUED', 'RUNNING');
create index record_export_kept on record_export (ods_code) where state = 'READY';

create table record_export_person (
  export_id text not null references record_export (id) on delete cascade,
  staff_id text not null,
  primary key (export_id, staff_id)
);

create table record_export_part (
  export_id text not null references record_export (id) on delete cascade,
  number integer not null check (number >= 1),
  lines integer not null,
  bytes integer not null,
  sha256 text not null,
  -- gzip
  content bytea not null,
  primary key (export_id, number)
);
-- It is packed already, and read in pieces.
alter table record_export_part alter column content set storage external;

alter table record_export enable row level security;
alter table record_export_person enable row level security;
alter table record_export_part enable row level security;
