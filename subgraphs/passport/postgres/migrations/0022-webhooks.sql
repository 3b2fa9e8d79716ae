-- What trusts' own systems need to be told things: a choice of what, a secret that signs it, and how each attempt went.

alter table signal_receiver
  -- what it is told; null: everything
  add column causes text[] check (causes <@ array['STAFF_LEFT', 'REGISTRATION_CHANGED', 'PLACEMENT_CHANGED']
    and cardinality(causes) > 0),
  -- signs what is pushed; null for receivers of before there were secrets
  add column sealed_secret text,
  add column secret_since timestamptz,
  -- signs beside it until then
  add column sealed_previous_secret text,
  add column previous_secret_until timestamptz,
  add check ((sealed_secret is null) = (secret_since is null)),
  add check ((sealed_previous_secret is null) = (previous_secret_until is null));

-- The last attempts to push to each receiver. What signals there are, `signal` keeps.
create table signal_attempt (
  id bigint generated always as identity primary key,
  receiver_id text not null references signal_receiver,
  -- of the security event token
  jti text not null,
  is_test boolean not null,
  at timestamptz not null,
  -- of a test that somebody has begun to push
  begun_at timestamptz,
  milliseconds int,
  -- 'taken', or the stable code of the failure; null while a test waits
  outcome text,
  check (is_test or outcome is not null)
);
create index signal_attempt_receiver on signal_attempt (receiver_id, id desc);
create index signal_attempt_waiting on signal_attempt (id) where outcome is null;
