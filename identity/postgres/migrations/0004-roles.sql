-- Who may act as more than themselves. Every grant is asked for by one person and approved by another, and neither is the
-- person it is for. `requested_by`, `decided_by` and `ended_by` are staff ids, or `operator:` and a name.
alter table role_grant rename to role_grant_of_one;

create table role_grant (
  grant_id text primary key,
  -- The person: set when the grant is asked for, or when the owner of the address first signs in. From then on the
  -- address counts for nothing, so whoever gets it next inherits no role.
  staff_id text,
  mail text not null check (mail = lower(mail)),
  role text not null check (role in ('HR_OFFICER', 'ADMINISTRATOR')),
  ods_code text not null,
  state text not null check (state in ('REQUESTED', 'APPROVED', 'REFUSED', 'ENDED')),
  valid_from timestamptz not null,
  valid_until timestamptz not null check (valid_until > valid_from),
  requested_at timestamptz not null,
  requested_by text not null,
  decided_at timestamptz,
  decided_by text,
  ended_at timestamptz,
  ended_by text,
  constraint role_grant_decided check ((decided_at is null) = (decided_by is null)),
  constraint role_grant_needs_a_second_person check (state not in ('APPROVED', 'REFUSED') or decided_by is not null),
  constraint role_grant_two_people check (decided_by <> requested_by),
  constraint role_grant_not_for_oneself check (staff_id <> requested_by and staff_id <> decided_by),
  constraint role_grant_ended check ((state = 'ENDED') = (ended_at is not null) and (ended_at is null) = (ended_by is null))
);
create index role_grant_person on role_grant (staff_id) where staff_id is not null;
create index role_grant_unclaimed on role_grant (mail) where staff_id is null;
create index role_grant_organisation on role_grant (ods_code, requested_at);

-- What was granted before there was a second person holds on for a year, and is bound to whoever has the address now.
insert into role_grant (grant_id, mail, role, ods_code, state, valid_from, valid_until, requested_at, requested_by, decided_at, decided_by)
select 'rgr_' || md5(mail || ' ' || role || ' ' || ods_code), mail, role, ods_code, 'APPROVED', valid_from,
  coalesce(valid_until, now() + interval '1 year'), now(), 'operator:' || granted_by, now(), 'upgrade'
from role_grant_of_one
where role <> 'STAFF' and (valid_until is null or (valid_until > valid_from and valid_until > now()));

drop table role_grant_of_one;
