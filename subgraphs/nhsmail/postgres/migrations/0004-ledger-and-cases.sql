-- Cases: what only a person can decide.
create table matching_case (
  id text primary key,
  position bigint not null unique generated always as identity,
  queue text not null,
  source text not null check (source in ('MATCHING', 'LIFECYCLE', 'PERSON')),
  staff_id text,
  account_id text,
  -- The organisation whose people decide; none is known when null.
  ods_code text,
  -- Organisations that had it before and gave it away.
  handed_from text[] not null default '{}',
  because text not null,
  state text not null check (
    state in ('OPEN', 'ASSIGNED', 'HANDED_OVER', 'AWAITING_SECOND_PERSON', 'RESOLVED', 'WITHDRAWN')),
  opened_at timestamptz not null,
  due_at timestamptz not null,
  assigned_to text,
  -- Whether a person has done anything about it: matching leaves it alone from then on.
  begun boolean not null default false,
  version integer not null default 1,
  closed_at timestamptz,
  -- What was decided, or waits for a second person: decision, pairs, by, odsCode, at, reason.
  decision jsonb,
  rule_set integer,
  run_id uuid,
  check ((closed_at is not null) = (state in ('RESOLVED', 'WITHDRAWN')))
);
create unique index case_is_open_once
  on matching_case (queue, coalesce(staff_id, ''), coalesce(account_id, '')) where closed_at is null;
create index case_of_organisation on matching_case (ods_code, position) where closed_at is null;
create index case_of_organisation_ever on matching_case (ods_code, position);
create index case_of_person on matching_case (staff_id) where closed_at is null;
create index case_of_account on matching_case (account_id) where closed_at is null;

create table case_candidate (
  case_id text not null references matching_case,
  rank integer not null,
  staff_id text not null,
  account_id text not null,
  ods_code text,
  bits double precision,
  evidence jsonb not null,
  primary key (case_id, rank)
);
create index case_candidate_of_person on case_candidate (staff_id);
create index case_candidate_of_account on case_candidate (account_id);

-- What people did about cases.
create table case_act (
  id bigint primary key generated always as identity,
  case_id text not null references matching_case,
  at timestamptz not null,
  action text not null,
  actor text not null,
  actor_ods_code text not null,
  -- What the case was after it, and what the act said, without personal data beyond ids.
  state text not null,
  said jsonb not null,
  reason text,
  idempotency_key text not null,
  request_hash text not null,
  unique (actor, idempotency_key)
);
create index case_act_of_case on case_act (case_id, id);

create function case_act_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'an act is never changed or deleted' using errcode = 'restrict_violation';
end
$$;
create trigger case_act_is_append_only before update or delete on case_act
  for each row execute function case_act_is_append_only();

-- The ledger: every row of `link` is a statement about a person and an account, which holds until the next one about them.
drop trigger link_is_append_only on link;

-- What waited for a person as a row of `link` is a case from here on.
insert into matching_case (id, queue, source, staff_id, account_id, ods_code, because, state, opened_at, due_at)
select 'case_' || replace(gen_random_uuid()::text, '-', ''), 'UNABLE_TO_MATCH', 'MATCHING', null, account_id,
  max(ods_code), 'CERTAIN_KEY_CONTRADICTED', 'OPEN', min(linked_at),
  min(linked_at) + interval '10 days'
from link where superseded_at is null and state = 'REVIEW'
group by account_id;
insert into case_candidate (case_id, rank, staff_id, account_id, ods_code, evidence)
select c.id, (row_number() over (partition by l.account_id order by l.linked_at, l.id))::integer, l.staff_id, l.account_id,
  l.ods_code, l.evidence
from link l join matching_case c on c.account_id = l.account_id
where l.superseded_at is null and l.state = 'REVIEW';
update link set superseded_at = now() where superseded_at is null and state = 'REVIEW';

alter table link
  drop constraint link_method_check,
  drop constraint link_state_check,
  add constraint link_method_check check (
    method in ('EMPLOYEE_NUMBER', 'ESR_EMAIL', 'SMARTCARD', 'REGISTRATION', 'SCORE', 'MANUAL')),
  -- REVIEW is of earlier versions: none of them holds.
  add constraint link_state_check check (
    state in ('LINKED', 'REJECTED', 'ENDED') or (state = 'REVIEW' and superseded_at is not null)),
  add column position bigint generated always as identity,
  add column assurance text not null default 'CERTAIN'
    check (assurance in ('CERTAIN', 'CONFIRMED', 'LIKELY')),
  add column bits double precision,
  -- The person who stands behind it; matching when null.
  add column author text,
  add column author_ods_code text,
  add column rule_set integer,
  add column run_id uuid,
  -- What a person did when this was written, be it to restore what matching had said.
  add column act_id bigint references case_act,
  add column reason text;
update link set assurance = 'CONFIRMED' where method = 'MANUAL';

alter table link
  add constraint link_author_acts_for_somebody check ((author is null) = (author_ods_code is null)),
  -- A score alone gives no access: only a person makes more of it.
  add constraint link_by_score_is_likely check (
    not (author is null and method = 'SCORE' and state = 'LINKED' and assurance <> 'LIKELY'));

-- Who a statement is about, newest first.
create index link_of_person_ever on link (staff_id, position desc);
create index link_of_act on link (act_id) where act_id is not null;

create trigger link_is_append_only before update or delete on link
  for each row execute function link_is_append_only();

-- The links in force.
create view current_link as
  select * from link where superseded_at is null and state = 'LINKED';
