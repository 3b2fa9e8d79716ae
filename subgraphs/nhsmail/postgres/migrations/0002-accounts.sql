-- The copy of the directory. An account is never deleted: one that its source no longer has says since when.
create sequence account_change;

create table account (
  id text collate "C" primary key check (length(id) between 1 and 512),
  source text not null check (source ~ '^(ldap|scim:[A-Z0-9]{3,8})$'),
  -- What the source itself knows it by.
  source_key text,
  -- The account, but for when it was read.
  entry jsonb not null,
  -- Primary address and aliases, in lower case.
  addresses text[] not null check (cardinality(addresses) > 0),
  kind text not null generated always as (entry ->> 'kind') stored,
  status text not null generated always as (entry ->> 'status') stored,
  ods_code text generated always as (entry ->> 'odsCode') stored,
  employee_number text generated always as (entry ->> 'employeeNumber') stored,
  sort_name text collate "C" not null generated always as (
    lower(coalesce(entry ->> 'familyName', entry ->> 'displayName', entry ->> 'mail'))) stored,
  read_at timestamptz not null,
  changed_at timestamptz not null,
  -- Numbers follow each other in the order of commits: whoever writes holds a lock.
  change bigint not null,
  gone_at timestamptz
);

create unique index account_by_source_key on account (source, source_key)
  where source_key is not null and gone_at is null;
create unique index account_by_change on account (change);
create index account_by_address on account using gin (addresses);
create index account_of_organisation on account (ods_code, sort_name, id);
create index account_by_employee_number on account (ods_code, employee_number)
  where employee_number is not null;

-- How far the copy follows each directory.
create table directory_sync (
  source text primary key,
  -- Where the changes begin that have not been read, in the directory's own words (RFC 4533), in base64.
  cookie text,
  -- The same by times of change: the latest that the directory has told by its clock, when we heard of it by ours, and
  -- where the next round begins by the directory's.
  modified_through timestamptz,
  modified_known_since timestamptz,
  modified_read_from timestamptz,
  -- The copy is what the directory was then, or later.
  as_of timestamptz,
  -- When everything was last read to the end: with that as its outcome, and at all.
  whole_at timestamptz,
  whole_tried_at timestamptz,
  -- One process reads at a time.
  held_by uuid,
  held_until timestamptz
);

create table directory_read (
  id uuid primary key,
  source text not null,
  kind text not null check (kind in ('WHOLE', 'CHANGES')),
  state text not null check (state in ('RUNNING', 'DONE', 'HELD', 'FAILED')),
  started_at timestamptz not null,
  finished_at timestamptz,
  -- Where a read that was cut off goes on: everything changed at this time or later is read.
  position timestamptz,
  entries integer not null default 0,
  changed integer not null default 0,
  refused integer not null default 0,
  missing integer not null default 0,
  gone integer not null default 0,
  reason text,
  approved_by text
);
create index directory_read_latest on directory_read (source, started_at desc);

-- What a read that goes on has seen.
create table account_seen (
  read_id uuid not null references directory_read on delete cascade,
  account_id text collate "C" not null
);
create index account_seen_in_read on account_seen (read_id, account_id);
