-- Offers that wait, and offers that ended before their time.
alter table offer
  add column deferred boolean not null default false,
  -- since when nobody can collect it, because of too many wrong transaction codes
  add column dead_at timestamptz;

-- A credential that took the place of earlier ones, from the same offer, in the same type and format.
alter table credential add column renewal boolean not null default false;
create index credential_renewal on credential (created_at) where renewal;
