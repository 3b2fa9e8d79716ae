-- Whatever becomes of a presentation request is told, whoever did it: see postgres/changes.ts.
create function tell_of_presentation() returns trigger language plpgsql set search_path from current as $$
begin
  insert into outbox (type, subject, data, created_at)
    values ('presentation.changed', new.id, '{}', now());
  return null;
end $$;
create trigger told after update of fetched_at, answered_at, refused_because, result, released_at, erased_at
  on presentation_request for each row when (old.* is distinct from new.*)
  execute function tell_of_presentation();
-- Requests that may run out.
create index presentation_request_open on presentation_request (expires_at)
  where released_at is null and refused_because is null;
