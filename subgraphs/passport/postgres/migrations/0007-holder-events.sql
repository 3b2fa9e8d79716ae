-- What the holder's wallet last said became of a credential (OpenID4VCI 1.0, section 11). It is no status: only the issuer
-- changes that.
alter table credential add column holder_event text
  check (holder_event in ('ACCEPTED', 'FAILED', 'DELETED'));
alter table credential add column holder_event_at timestamptz;

-- A wallet came in time while issuing was stopped: until then it may come back (OpenID4VCI 1.0, section 9).
alter table offer add column deferred_until timestamptz;
