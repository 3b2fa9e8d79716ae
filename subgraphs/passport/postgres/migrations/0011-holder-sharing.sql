-- The holder's side: what they were asked for and shared, what they asked to have deleted, whom they reported.

alter table presentation_request
  add column position bigint generated always as identity,
  -- when what was disclosed was erased
  add column erased_at timestamptz;
drop index presentation_request_addressed;
create index presentation_request_addressed on presentation_request (staff_id, position desc)
  where staff_id is not null;
drop index presentation_request_holder;
create index presentation_request_holder on presentation_request (holder_id, position desc)
  where holder_id is not null;
-- Answers that their verifier never got to see.
create index presentation_request_unreleased on presentation_request (expires_at)
  where result is not null and released_at is null and erased_at is null;

create table deletion_request (
  position bigint generated always as identity primary key,
  presentation_id text not null unique references presentation_request (id),
  staff_id text not null,
  ods_code text not null,
  asked_at timestamptz not null,
  answer_by timestamptz not null,
  outcome text check (outcome in ('DELETED', 'KEPT')),
  reason text,
  answered_at timestamptz,
  -- nobody, when time did it
  answered_by text,
  check ((outcome is null) = (answered_at is null)),
  check ((outcome is not distinct from 'KEPT') = (reason is not null))
);
create index deletion_request_of on deletion_request (ods_code, position);

create table requester_report (
  position bigint generated always as identity primary key,
  presentation_id text not null references presentation_request (id),
  staff_id text not null,
  ods_code text not null,
  reason text not null,
  at timestamptz not null,
  unique (presentation_id, staff_id)
);
