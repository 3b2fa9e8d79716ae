-- Records that move from one employer to the next (Inter Authority Transfer).

-- For comparing one employment with another, and for nothing else: no answer is made from this table.
create table employment_ni_number (
  ods_code text not null,
  esr_person_id text not null,
  number text not null,
  primary key (ods_code, esr_person_id),
  foreign key (ods_code, esr_person_id) references employment on delete cascade
);
create index employment_ni_number_number on employment_ni_number (ods_code, number);
revoke all on employment_ni_number from public;
-- Of one person's employments only those that the number fits: another employer may have had another one.
insert into employment_ni_number (ods_code, esr_person_id, number)
select e.ods_code, e.esr_person_id, n.number
from employment e join ni_number n on n.staff_id = e.staff_id
where e.ni_number_masked = left(n.number, 2) || '****' || right(n.number, 3);

create table transfer (
  position bigint generated always as identity unique,
  id text primary key check (id ~ '^trf_[A-Za-z0-9_-]{22}$'),
  staff_id text not null references staff (id),
  to_ods text not null references organisation (ods_code),
  -- The employment at the new employer. One recruitment is one move.
  to_esr_person_id text not null,
  from_ods text not null references organisation (ods_code),
  state text not null
    check (state in ('AWAITING_CONSENT', 'CASE_OPEN', 'RELEASED', 'REFUSED', 'WITHDRAWN')),
  requested_at timestamptz not null,
  requested_by text not null,
  consent text not null check (consent in ('WAITING', 'GIVEN', 'WITHDRAWN')),
  consent_at timestamptz,
  consent_recorded_by text check (consent_recorded_by in ('PERSON', 'NEW_EMPLOYER')),
  -- Why a person has to decide.
  queue text,
  -- The employment at the previous employer, once it is certain or somebody has decided.
  from_esr_person_id text,
  decided_by text,
  completed_at timestamptz,
  unique (to_ods, to_esr_person_id, from_ods),
  check (to_ods <> from_ods),
  check ((consent = 'WAITING') = (consent_at is null)),
  -- Nothing is looked up, and nothing shown, without consent.
  check (consent = 'GIVEN' or state in ('AWAITING_CONSENT', 'WITHDRAWN')),
  check (state in ('CASE_OPEN', 'RELEASED', 'REFUSED') or (queue is null and from_esr_person_id is null)),
  check (state <> 'CASE_OPEN' or queue is not null),
  check (state <> 'RELEASED' or from_esr_person_id is not null)
);
create index transfer_to on transfer (to_ods, position);
create index transfer_from on transfer (from_ods, position);
create index transfer_staff on transfer (staff_id, position);

-- What was done to a transfer, by whom. Rows are added and never changed.
create table transfer_act (
  id bigint generated always as identity primary key,
  transfer_id text not null references transfer (id),
  at timestamptz not null,
  actor text not null,
  ods_code text,
  action text not null,
  -- The state that it led to.
  state text not null,
  reason text,
  idempotency_key text not null,
  request_hash text not null,
  unique (actor, idempotency_key)
);
create index transfer_act_of on transfer_act (transfer_id);

create table transfer_alert (
  transfer_id text not null references transfer (id),
  day integer not null check (day in (7, 21, 28)),
  raised_at timestamptz not null,
  primary key (transfer_id, day)
);
