-- What somebody should look at in the access log: readings of one's own record by way of one's work, and of close colleagues.
-- Null until it has been looked at; systems have neither.
alter table access_log
  add column flags text[] check (flags <@ array['OWN_RECORD', 'CLOSE_COLLEAGUE']);
create index access_log_unreviewed on access_log (id) where flags is null;
create index access_log_flagged on access_log (actor_ods_code, id desc) where flags <> '{}';
