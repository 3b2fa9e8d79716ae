-- Employment checks: what trusts demand, and what their people decided about those who start.

create table check_policy (
  position bigint generated always as identity primary key,
  id text not null unique,
  ods_code text not null,
  -- '*' for everybody without a policy of their own
  staff_group text not null,
  version int not null,
  state text not null check (state in ('DRAFT', 'IN_FORCE', 'REPLACED')),
  -- never changed
  content jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  in_force_from timestamptz,
  replaced_at timestamptz,
  -- the trust whose blueprint it was copied from
  copied_from text,
  unique (ods_code, staff_group, version),
  check ((state = 'DRAFT') = (in_force_from is null)),
  check ((state = 'REPLACED') = (replaced_at is not null))
);
create unique index check_policy_in_force on check_policy (ods_code, staff_group)
  where state = 'IN_FORCE';

create table check_decision (
  position bigint generated always as identity primary key,
  id text not null unique,
  -- the trust that decided
  ods_code text not null,
  staff_id text not null,
  employment_check text not null,
  kind text not null check (kind in ('ORIGINALS_SEEN', 'CHECKED', 'BYPASSED')),
  outcome text check (outcome in ('PASS', 'FAIL')),
  -- to what standard, or why: words about a person
  sealed_reason text not null,
  ends_on text,
  actor text not null,
  actor_name text not null,
  request_id text not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  check ((kind = 'CHECKED') = (outcome is not null)),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index check_decision_about on check_decision (ods_code, staff_id, position)
  where withdrawn_at is null;

-- The people whose presentations a trust has seen.
create index presentation_request_seen on presentation_request (ods_code, holder_id, released_at desc)
  where holder_id is not null and released_at is not null;
