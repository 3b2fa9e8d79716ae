-- Ids that turn out to be one human being's are joined: they get one person_id, and every reading goes by it. Nothing
-- else is rewritten, so that parting them again gives back what each one had.

alter table staff
  -- The id under which lists show the person: the own one, until it is joined with another. No foreign key: an import
  -- would check it for each row, and only join_staff and part_staff write anything but the own id.
  add column person_id text,
  -- When the ids of the person were last joined or parted.
  add column regrouped_at timestamptz;
update staff set person_id = id;
alter table staff alter column person_id set not null;
-- Small: nearly everybody has one id.
create index staff_joined on staff (person_id) where person_id <> id;

create function own_person_id() returns trigger language plpgsql as $$
begin
  new.person_id := new.id;
  return new;
end $$;
create trigger staff_own_person_id before insert on staff
  for each row when (new.person_id is null) execute function own_person_id();

-- Who joined which ids, when and why, and who parted them. Rows are added, and closed once.
create table staff_joining (
  id bigint generated always as identity primary key,
  staff_id text not null references staff (id),
  with_staff_id text not null references staff (id),
  -- Null when an import found it out.
  joined_by text,
  joined_at timestamptz not null default now(),
  reason text not null,
  parted_by text,
  parted_at timestamptz,
  parting_reason text,
  check (staff_id <> with_staff_id),
  check ((parted_at is null) = (parted_by is null) and (parted_at is null) = (parting_reason is null))
);
create index staff_joining_staff on staff_joining (staff_id);
create index staff_joining_with on staff_joining (with_staff_id);

-- All ids of the people whose ids are given as a JSON list. As its owner, so that a reader who may see one employment of
-- a person finds it by whichever id was asked for; what is found is still read under the reader's own rights.
create function person_groups(staff_ids jsonb) returns table (asked text, member text)
language sql stable security definer set search_path = '' rows 500 as $$
  select s.id, s.person_id from esr.staff s
  where s.id in (select jsonb_array_elements_text(staff_ids))
  union all
  select s.id, m.id from esr.staff s join esr.staff m on m.person_id = s.person_id and m.person_id <> m.id
  where s.id in (select jsonb_array_elements_text(staff_ids))
$$;

-- The id under which lists show somebody; null for nobody.
create function person_of(staff_id text) returns text
language sql stable security definer set search_path = '' as $$
  select s.person_id from esr.staff s where s.id = staff_id
$$;

-- Joins the person of one id into the person of another. Says what came of it: joined, already-joined, not-found,
-- same-id, birth-date-differs, or parted-before when an import (no actor) would join what somebody has parted.
-- Joinings of one person wait for each other; the loser of a deadlock is to be tried again.
create function join_staff(one text, into_person text, actor text, why text, whatever_birth_date boolean default false)
returns text language plpgsql as $$
declare
  from_id text;
  to_id text;
begin
  if one = into_person then return 'same-id'; end if;
  perform from esr.staff where id in (one, into_person) order by id for no key update;
  select person_id into from_id from esr.staff where id = one;
  select person_id into to_id from esr.staff where id = into_person;
  if from_id is null or to_id is null then return 'not-found'; end if;
  if from_id = to_id then return 'already-joined'; end if;
  perform from esr.staff where id in (from_id, to_id)
    or (person_id in (from_id, to_id) and person_id <> id) order by id for no key update;
  if not whatever_birth_date and (
    select count(distinct birth_date) from esr.staff
    where id in (from_id, to_id) or (person_id in (from_id, to_id) and person_id <> id)) > 1
  then return 'birth-date-differs'; end if;
  if actor is null and exists (
    select from esr.staff_joining j
    join esr.staff a on a.id = j.staff_id join esr.staff b on b.id = j.with_staff_id
    where j.parted_at is not null and a.person_id in (from_id, to_id) and b.person_id in (from_id, to_id)
      and a.person_id <> b.person_id)
  then return 'parted-before'; end if;
  insert into esr.staff_joining (staff_id, with_staff_id, joined_by, reason)
  values (one, into_person, actor, why);
  update esr.staff set regrouped_at = now(), person_id = to_id
  where id in (from_id, to_id) or (person_id in (from_id, to_id) and person_id <> id);
  return 'joined';
end $$;

-- Takes back the joining of two ids: whatever was joined with either goes with it. The side that the person was shown
-- under keeps that id; the other is shown under its oldest. Says what came of it: parted, or not-joined.
create function part_staff(one text, other text, actor text, why text)
returns text language plpgsql as $$
declare
  shown_as text;
  leaving text[];
begin
  perform from esr.staff where id in (one, other) order by id for no key update;
  select person_id into shown_as from esr.staff where id = one;
  perform from esr.staff where id = shown_as or (person_id = shown_as and person_id <> id)
    order by id for no key update;
  update esr.staff_joining set parted_by = actor, parted_at = now(), parting_reason = why
  where parted_at is null and ((staff_id = one and with_staff_id = other)
    or (staff_id = other and with_staff_id = one));
  if not found then return 'not-joined'; end if;
  with recursive side (id) as (
    select one
    union
    select case when j.staff_id = s.id then j.with_staff_id else j.staff_id end
    from side s join esr.staff_joining j on j.parted_at is null and s.id in (j.staff_id, j.with_staff_id))
  select array_agg(id) into leaving from side;
  if shown_as = any (leaving) then
    select array_agg(id) into leaving from esr.staff
    where person_id = shown_as and person_id <> id and not id = any (leaving);
  end if;
  update esr.staff set regrouped_at = now() where id = shown_as
    or (person_id = shown_as and person_id <> id);
  update esr.staff set person_id = (
    select id from esr.staff where id = any (leaving) order by created_at, id limit 1)
  where id = any (leaving);
  return 'parted';
end $$;

-- What became of an organisation. The successor may be one that is not held.
alter table organisation
  add column successor_ods_code text check (successor_ods_code ~ '^[A-Z0-9]{3,8}$'),
  add column opened_on date,
  add column closed_on date check (closed_on >= opened_on);

-- What was done to a transfer, for whoever may read the transfer: without the reasons that were given.
create function transfer_history(transfer text) returns table (at timestamptz, actor text, action text, state text)
language sql stable security definer set search_path = '' as $$
  select a.at, a.actor, a.action, a.state from esr.transfer_act a where a.transfer_id = transfer order by a.id
$$;
