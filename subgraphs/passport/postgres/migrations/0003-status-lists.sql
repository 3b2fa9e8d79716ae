-- Status lists: several open ones for each trust, every change of a status by number, and what holds a list back.

-- A trust's credentials are spread over its open lists.
drop index status_list_open;
create index status_list_trust on status_list (ods_code);

alter table status_list
  add column created_at timestamptz,
  -- what is live when it is newer than this record: an old copy was restored, and nothing is published until an
  -- operator has carried the live statuses back
  add column live_version bigint,
  -- rises when statuses were carried back, so that nobody goes on from what they had read before
  add column epoch int not null default 0;
update status_list set created_at = coalesce(
  (select min(credential.created_at) from credential where credential.list_id = status_list.id), now());
alter table status_list alter column created_at set not null;

-- Every change of a status, numbered within its list. The last one of a place says how it stands.
create table status_change (
  list_id text not null references status_list (id),
  change bigint not null,
  status_index int not null,
  status smallint not null check (status between 0 and 2),
  -- never earlier than the change before
  at timestamptz not null,
  primary key (list_id, change),
  foreign key (list_id, status_index) references status_slot (list_id, status_index)
);
create index status_change_at on status_change (list_id, at);

-- Token Status List, section 7.1.
create function status_of(state text) returns smallint language sql immutable as $$
  select case state when 'REVOKED' then 1 when 'SUSPENDED' then 2 else 0 end::smallint
$$;

insert into status_change (list_id, change, status_index, status, at)
select credential.list_id,
       row_number() over (partition by credential.list_id order by history.at, history.credential_id, history.version),
       credential.status_index, status_of(history.state), history.at
from status_history history join credential on credential.id = history.credential_id;
update status_list set changes = numbered.last
from (select list_id, max(change) as last from status_change group by list_id) numbered
where numbered.list_id = status_list.id and numbered.last > status_list.changes;

-- Whoever changes a credential, and however many at once: its list is due, and knows what changed.
create function note_status_changes() returns trigger language plpgsql set search_path from current as $$
begin
  if not exists (
    select from after_change a join before_change b on b.position = a.position
    where status_of(a.state) <> status_of(b.state)
  ) then
    return null;
  end if;
  -- Changes of one list take turns, so that a lower number is never seen after a higher one.
  perform from status_list
  where id in (
    select a.list_id from after_change a join before_change b on b.position = a.position
    where status_of(a.state) <> status_of(b.state)
  )
  order by id for no key update;
  with changed as (
    select a.list_id, a.status_index, status_of(a.state) as status,
           row_number() over (partition by a.list_id order by a.position) as nth,
           coalesce(a.status_changed_at, now()) as at
    from after_change a join before_change b on b.position = a.position
    where status_of(a.state) <> status_of(b.state)
  ), counted as (
    update status_list set changes = status_list.changes + many.number
    from (select list_id, count(*) as number from changed group by list_id) many
    where status_list.id = many.list_id
    returning status_list.id, status_list.changes - many.number as earlier
  )
  insert into status_change (list_id, change, status_index, status, at)
  select changed.list_id, counted.earlier + changed.nth, changed.status_index, changed.status,
         greatest(changed.at, (
           select last.at from status_change last
           where last.list_id = changed.list_id order by last.change desc limit 1
         ))
  from changed join counted on counted.id = changed.list_id;
  return null;
end $$;
create trigger credential_status_changed after update on credential
  referencing old table as before_change new table as after_change
  for each statement execute function note_status_changes();

-- Revoked is final, and a place belongs to one credential for good, whoever writes the statement.
create function keep_final() returns trigger language plpgsql as $$
begin
  raise exception 'what was revoked stays revoked, and a place stays with its credential'
    using errcode = 'check_violation';
end $$;
create trigger credential_final before update on credential for each row
  when (
    (old.state = 'REVOKED' and new.state <> 'REVOKED')
    or new.list_id <> old.list_id or new.status_index <> old.status_index
  )
  execute function keep_final();

create function only_added_to() returns trigger language plpgsql as $$
begin
  raise exception '% is only added to', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger only_added_to before update or delete or truncate on status_history
  for each statement execute function only_added_to();
create trigger only_added_to before update or delete or truncate on status_change
  for each statement execute function only_added_to();
create trigger only_added_to before update or delete or truncate on status_slot
  for each statement execute function only_added_to();
