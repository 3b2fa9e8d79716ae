-- The number of a case's last change, whoever made it: see postgres/case-changes.ts.
create sequence case_change;
alter table matching_case add column change bigint;
create index matching_case_change on matching_case (change);
create function number_case_change() returns trigger language plpgsql set search_path from current as $$
begin
  new.change := nextval('case_change');
  return new;
end $$;
create trigger numbered before insert or update on matching_case for each row
  execute function number_case_change();
