create table link (
  id uuid primary key,
  staff_id text not null,
  account_id text not null,
  ods_code text,
  method text not null check (method in ('EMPLOYEE_NUMBER', 'ESR_EMAIL', 'MANUAL')),
  state text not null check (state in ('LINKED', 'REVIEW')),
  evidence jsonb not null,
  linked_at timestamptz not null,
  superseded_at timestamptz
);

create unique index link_account_has_one_person on link (account_id)
  where superseded_at is null and state = 'LINKED';
create unique index link_is_current_once on link (account_id, staff_id)
  where superseded_at is null;
create index link_of_person on link (staff_id) where superseded_at is null;

-- History stays as it was written: a link can end, and nothing else about it can change.
create function link_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.superseded_at is null and new.superseded_at is not null
    and (to_jsonb(new) - 'superseded_at') = (to_jsonb(old) - 'superseded_at')
  then
    return new;
  end if;
  raise exception 'a link is never changed or deleted' using errcode = 'restrict_violation';
end
$$;

create trigger link_is_append_only before update or delete on link
  for each row execute function link_is_append_only();
