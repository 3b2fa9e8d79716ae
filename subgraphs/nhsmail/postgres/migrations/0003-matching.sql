-- What matching needs of the staff record, read through the graph. Whoever is not seen there any more is marked and kept.
create table person (
  id text primary key,
  record jsonb not null,
  -- Organisations with an employment that has not ended.
  ods_codes text[] not null,
  seen_at timestamptz not null,
  gone_at timestamptz,
  -- The id under which the staff record shows the same person, where ids were joined. Kept while nobody is shown under id.
  joined_to text,
  check (joined_to is null or gone_at is not null)
);
create index person_joined on person (id, joined_to) where joined_to is not null;
create index person_joined_to on person (joined_to, id) where joined_to is not null;
create index person_at_organisation on person using gin (ods_codes);

-- Organisations that people work at or accounts belong to, and how far their staff have been read.
create table staff_organisation (
  ods_code text primary key,
  closed boolean not null default false,
  -- Changes from this moment on have not been read.
  changes_from timestamptz,
  whole_read_at timestamptz,
  -- A whole read that is going on: when it began and after whom it goes on.
  reading_since timestamptz,
  reading_after text
);

-- Records that changed, or of which somebody decided something, since they were last matched. Written in the transaction
-- of the change.
create table to_match (
  side text not null check (side in ('PERSON', 'ACCOUNT')),
  record_id text not null,
  noted_at timestamptz not null default clock_timestamp(),
  primary key (side, record_id)
);
create index to_match_in_order on to_match (noted_at);

-- How far the changes of accounts have been noted.
create table match_position (
  name text primary key,
  position text not null
);

-- Hashes of the keys by which records find each other: certain keys, and blocks of one model. Who has a row is matched.
create table person_key (
  id text primary key,
  keys bigint[] not null
);
create index person_key_lookup on person_key using gin (keys) with (fastupdate = off);
create table account_key (
  id text primary key,
  keys bigint[] not null
);
create index account_key_lookup on account_key using gin (keys) with (fastupdate = off);

-- Pairs that have a certain key in common, or score enough to change a decision.
create table candidate (
  staff_id text not null,
  account_id text not null,
  -- Posterior log odds to the base of 2; null for an account that is nobody's own.
  bits double precision,
  -- Certain keys that both have, as `METHOD:key`.
  certain text[] not null,
  same_name boolean not null,
  same_given_name boolean not null,
  against text[] not null,
  is_user boolean not null,
  is_closed boolean not null,
  ods_code text,
  employer text not null,
  is_employed_there boolean not null,
  -- Compared fields: what came of each, and its bits.
  evidence jsonb not null,
  primary key (staff_id, account_id)
);
create index candidate_of_account on candidate (account_id);

-- Versions of the rules. A version never changes, and no model of it.
create table rule_set (
  version integer primary key check (version > 0),
  name text not null,
  rules jsonb not null,
  sha256 text not null unique,
  added_at timestamptz not null,
  added_by text not null
);
create table rule_set_model (
  id integer primary key generated always as identity,
  version integer not null references rule_set,
  model jsonb not null,
  -- Made from too little to be kept when there is more.
  provisional boolean not null,
  people integer not null,
  accounts integer not null,
  estimated_at timestamptz not null
);
create index rule_set_model_newest on rule_set_model (version, id desc);
create table rule_set_act (
  id integer primary key generated always as identity,
  version integer not null references rule_set,
  act text not null check (act in ('PROPOSED', 'APPROVED', 'REJECTED')),
  at timestamptz not null,
  actor text not null,
  reason text
);

create function rule_set_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'a rule set is never changed or deleted' using errcode = 'restrict_violation';
end
$$;
create trigger rule_set_is_append_only before update or delete on rule_set
  for each row execute function rule_set_is_append_only();
create trigger rule_set_model_is_append_only before update or delete on rule_set_model
  for each row execute function rule_set_is_append_only();
create trigger rule_set_act_is_append_only before update or delete on rule_set_act
  for each row execute function rule_set_is_append_only();

create table match_run (
  id uuid primary key,
  number integer generated always as identity,
  kind text not null check (kind in ('WHOLE', 'CHANGES')),
  rule_set integer not null references rule_set,
  model_id integer references rule_set_model,
  state text not null check (state in ('RUNNING', 'DONE', 'STOPPED', 'CONFIRMED', 'FAILED')),
  started_at timestamptz not null,
  finished_at timestamptz,
  people integer not null default 0,
  accounts integer not null default 0,
  links_before integer not null default 0,
  linked integer not null default 0,
  lost integer not null default 0,
  queued integer not null default 0,
  -- Links that stand and that matching would not make, both sides being there.
  unsupported integer not null default 0,
  -- Counts by ODS code.
  organisations jsonb not null default '{}',
  confirmed_by text,
  confirmed_at timestamptz
);
create index match_run_newest on match_run (number desc);

-- The model that the keys and candidates of now are of.
create table matched_with (
  one boolean primary key default true check (one),
  model_id integer not null references rule_set_model,
  run_id uuid not null references match_run,
  at timestamptz not null
);

-- One process at a time matches.
create table matching_lease (
  one boolean primary key default true check (one),
  held_by uuid not null,
  held_until timestamptz not null
);
