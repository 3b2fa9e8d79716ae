-- What is registered about organisations besides what they may issue, and the changes that two people make of it.

create table registered_organisation (
  ods_code text primary key,
  may_check boolean not null,
  -- a team: { team, mail, phone }
  contact jsonb,
  changed_at timestamptz not null
);

create table registry_change (
  position bigint generated always as identity unique,
  id text primary key check (id ~ '^rgc_[A-Za-z0-9_-]{22}$'),
  ods_code text not null,
  -- everything that is to be registered
  wanted jsonb not null,
  -- what that alters, and a hash of what it was compared with
  lines jsonb not null,
  basis text not null,
  reason text not null check (length(reason) between 1 and 300),
  state text not null check (state in ('WAITING', 'APPLIED', 'TURNED_DOWN')),
  proposed_by text not null,
  proposed_for text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_for text,
  decided_at timestamptz,
  check ((state = 'WAITING') = (decided_by is null)),
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (decided_for is null)),
  -- Four eyes, whatever the code says.
  check (state <> 'APPLIED' or decided_by <> proposed_by)
);
create unique index registry_change_waiting on registry_change (ods_code) where state = 'WAITING';
create index registry_change_of on registry_change (ods_code, position desc);
create index registry_change_proposed on registry_change (proposed_for, position desc);
