-- Who may read which row, whatever a statement asks for. Every read takes the role `lanyard_esr_reader` for its transaction
-- and says on whose behalf it reads: `lanyard.everything` ('on'), `lanyard.ods_code` or `lanyard.staff_id`. With none of them
-- there are no rows about people. Imports and what is done to transfers are written as the owner, to whom no policy applies.

do $$
begin
  -- A role belongs to the server: another database of it may have made this one, or be making it now.
  begin
    create role lanyard_esr_reader nologin;
  exception when duplicate_object or unique_violation or insufficient_privilege then
    null;
  end;
  begin
    execute format('grant lanyard_esr_reader to %I', current_user);
  exception when unique_violation or insufficient_privilege then
    null;
  end;
  -- Fails here, and not at the first read, when an administrator has to create the role or grant it.
  perform set_config('role', 'lanyard_esr_reader', true);
  perform set_config('role', 'none', true);
end $$;

create function reader_sees_everything() returns boolean language sql stable
  return coalesce(current_setting('lanyard.everything', true) = 'on', false);

create function reader_ods_code() returns text language sql stable
  return nullif(current_setting('lanyard.ods_code', true), '');

-- All ids of the person who reads their own record; none when nobody does.
create function reader_staff_ids() returns text[] language sql stable
  return array(select member from person_groups(jsonb_build_array(current_setting('lanyard.staff_id', true))));

-- Whether the organisation that reads has an employment of a person, under whichever of their ids.
create function reader_employs(staff text) returns boolean language sql stable security definer
  return exists (select from employment e where e.staff_id = staff and e.ods_code = reader_ods_code())
    or exists (select from person_groups(jsonb_build_array(staff)) g
      join employment e on e.staff_id = g.member where e.ods_code = reader_ods_code());
revoke all on function reader_employs(text) from public;
grant execute on function reader_employs(text) to lanyard_esr_reader;

-- The owner of a table is not held by its policies; anybody else needs one.
do $$
declare
  name text;
begin
  for name in select tablename from pg_tables where schemaname = 'esr' loop
    execute format('alter table esr.%I enable row level security', name);
  end loop;
end $$;

grant usage on schema esr to lanyard_esr_reader;
-- Nothing of the others: NI numbers, joinings, what was done to transfers, imports and what they stage.
grant select on organisation, staff, employment, employment_name, employment_ni_number, assignment, assignment_version,
  work_structure, work_phone, registration, registration_version, competence, qualification, training_placement,
  training_post, record_deletion, outbox, transfer, transfer_alert to lanyard_esr_reader;

-- No person in it.
create policy read on organisation for select to lanyard_esr_reader using (true);

create policy read on staff for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or id = any ((select reader_staff_ids())::text[]) or reader_employs(id));

create policy read on employment for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or ods_code = (select reader_ods_code())
  or staff_id = any ((select reader_staff_ids())::text[]));

create policy read on employment_name for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or ods_code = (select reader_ods_code())
  or exists (select from employment e where e.ods_code = employment_name.ods_code
    and e.esr_person_id = employment_name.esr_person_id and e.staff_id = any ((select reader_staff_ids())::text[])));

-- For comparing one's own records with those of somebody who moves; nobody else has a use for it.
create policy read on employment_ni_number for select to lanyard_esr_reader using (
  ods_code = (select reader_ods_code()));

create policy read on assignment for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or ods_code = (select reader_ods_code())
  or exists (select from employment e where e.ods_code = assignment.ods_code
    and e.esr_person_id = assignment.esr_person_id and e.staff_id = any ((select reader_staff_ids())::text[])));

create policy read on assignment_version for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or ods_code = (select reader_ods_code())
  or exists (select from assignment a join employment e using (ods_code, esr_person_id)
    where a.ods_code = assignment_version.ods_code and a.esr_assignment_id = assignment_version.esr_assignment_id
      and e.staff_id = any ((select reader_staff_ids())::text[])));

create policy read on work_structure for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or ods_code = (select reader_ods_code())
  or exists (select from employment e where e.ods_code = work_structure.ods_code
    and e.staff_id = any ((select reader_staff_ids())::text[])));

create policy read on work_phone for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or ods_code = (select reader_ods_code())
  or exists (select from employment e where e.ods_code = work_phone.ods_code
    and e.esr_person_id = work_phone.esr_person_id and e.staff_id = any ((select reader_staff_ids())::text[])));

create policy read on registration for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or staff_id = any ((select reader_staff_ids())::text[]) or reader_employs(staff_id));

create policy read on registration_version for select to lanyard_esr_reader using (
  exists (select from registration r where r.body = registration_version.body and r.number = registration_version.number));

create policy read on competence for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or ods_code = (select reader_ods_code())
  or staff_id = any ((select reader_staff_ids())::text[]));

create policy read on qualification for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or ods_code = (select reader_ods_code())
  or staff_id = any ((select reader_staff_ids())::text[]));

create policy read on training_placement for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or staff_id = any ((select reader_staff_ids())::text[])
  or lead_ods_code = (select reader_ods_code()) or reader_employs(staff_id));

create policy read on training_post for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or (select reader_ods_code()) in (lead_ods_code, ods_code));

create policy read on record_deletion for select to lanyard_esr_reader using (
  (select reader_sees_everything()) or ods_code = (select reader_ods_code())
  or staff_id = any ((select reader_staff_ids())::text[]));

-- For the services that act on events, and for nobody else.
create policy read on outbox for select to lanyard_esr_reader using ((select reader_sees_everything()));

-- The previous employer hears of a move when the person has agreed to it.
create policy read on transfer for select to lanyard_esr_reader using (
  to_ods = (select reader_ods_code()) or (from_ods = (select reader_ods_code()) and consent = 'GIVEN')
  or staff_id = any ((select reader_staff_ids())::text[]));

create policy read on transfer_alert for select to lanyard_esr_reader using (
  exists (select from transfer t where t.id = transfer_alert.transfer_id));
