-- Stops that take two people: one asks and another approves, or one stops at once and another reviews it.

create table passport_stop (
  position bigint generated always as identity unique,
  id text primary key,
  staff_id text not null,
  ods_code text not null,
  -- null for everything that the organisation issued to the person
  credential_id text references credential (id),
  reason text not null,
  -- free text about a person
  sealed_note text,
  urgent boolean not null,
  state text not null check (state in ('WAITING', 'STOPPED', 'REFUSED', 'WITHDRAWN')),
  requested_at timestamptz not null,
  requested_by text not null,
  expires_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  -- how many credentials it stopped
  stopped int,
  -- by when somebody else is to look at what one person did alone
  review_due_at timestamptz,
  reviewed_at timestamptz,
  reviewed_by text,
  review text check (review in ('RIGHT', 'WRONG')),
  check ((state = 'WAITING') = (decided_at is null) and (decided_at is null) = (decided_by is null)),
  check ((state = 'STOPPED') = (stopped is not null)),
  check (urgent = (review_due_at is not null)),
  check (not urgent or state = 'STOPPED'),
  -- Nobody approves or turns down what they asked for, decides about their own passport, or reviews what they did.
  check ((decided_by = requested_by) = (urgent or state = 'WITHDRAWN')),
  check (urgent or state = 'WITHDRAWN' or decided_by <> staff_id),
  check (reviewed_by <> requested_by and reviewed_by <> staff_id),
  check (urgent or reviewed_at is null),
  check ((reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (review is null))
);
create index passport_stop_waiting on passport_stop (ods_code, position) where state = 'WAITING';
create index passport_stop_to_review on passport_stop (ods_code, position)
  where urgent and reviewed_at is null;
create index passport_stop_of on passport_stop (ods_code, position desc);

-- Whatever becomes of a stop is told, whoever did it: see postgres/changes.ts.
create function tell_of_stop() returns trigger language plpgsql set search_path from current as $$
begin
  insert into outbox (type, subject, data, created_at) values ('stop.changed', new.id, '{}', now());
  return null;
end $$;
create trigger told after insert or update on passport_stop for each row execute function tell_of_stop();
