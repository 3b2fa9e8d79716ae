-- Following what happens to people, and telling the trusts where they work.

-- How far a feed has been followed. Moves in the transaction that holds what it caused.
create table feed_position (
  feed text primary key,
  position text,
  moved_at timestamptz not null
);

-- What a credential is about in its source, hashed under a key: a registration, a placement.
alter table credential add column source_hash text;

-- What the sources said last about something that credentials are about: whatever contradicts it is not issued.
create table followed_source (
  source_hash text primary key,
  stands boolean not null,
  -- of the claims as they are now; null when they do not matter
  claims_hash text,
  at timestamptz not null
);

-- People whose credentials events stopped, for the brake.
create table feed_effect (
  id bigint generated always as identity primary key,
  -- whose file said it
  ods_code text not null,
  people int not null check (people > 0),
  at timestamptz not null
);
create index feed_effect_at on feed_effect (at);

-- Too much at once: what one organisation's files say waits until two people have said that it is so.
create table staff_event_hold (
  id text primary key,
  ods_code text not null,
  held_at timestamptz not null,
  -- people held so far
  people int not null,
  -- of the feed: where to begin once it is released; null for its beginning
  position text,
  approved_at timestamptz,
  approved_by text,
  released_at timestamptz,
  released_by text,
  settled_at timestamptz,
  check ((approved_at is null) = (approved_by is null)),
  check ((released_at is null) = (released_by is null)),
  check (released_by is null or (approved_by is not null and released_by <> approved_by)),
  check (settled_at is null or released_at is not null)
);
create unique index staff_event_hold_open on staff_event_hold (ods_code) where released_at is null;
create index staff_event_hold_due on staff_event_hold (id) where settled_at is null;

-- What a trust is told about somebody who works there.
create table signal (
  position bigint generated always as identity primary key,
  id text not null unique,
  -- who is told
  ods_code text not null,
  staff_id text not null,
  cause text not null
    check (cause in ('STAFF_LEFT', 'REGISTRATION_CHANGED', 'PLACEMENT_CHANGED')),
  -- hashed under a key: which registration, placement or employment; and what is said of it
  about text not null,
  said text not null,
  registration_body text,
  registration_status text,
  register_read_at timestamptz,
  credential_type text,
  credential_state text check (credential_state in ('ACTIVE', 'SUSPENDED', 'REVOKED')),
  -- when the records learnt of it
  happened_at timestamptz not null,
  created_at timestamptz not null,
  check ((credential_type is null) = (credential_state is null))
);
create index signal_told on signal (ods_code, position);
create index signal_about on signal (ods_code, about, position desc);
create trigger only_added_to before update or delete or truncate on signal
  for each statement execute function only_added_to();

-- Where a trust wants its signals pushed. One position: order is kept, and nothing is left out.
create table signal_receiver (
  id text primary key,
  ods_code text not null,
  url text not null,
  audience text not null,
  registered_at timestamptz not null,
  registered_by text not null,
  ended_at timestamptz,
  ended_by text,
  -- of the last signal that it has taken
  acknowledged bigint not null,
  -- nobody else pushes before then
  next_attempt_at timestamptz not null,
  failures int not null default 0,
  failing_since timestamptz,
  last_failure text,
  -- since when it is not tried any more
  parked_at timestamptz,
  check ((ended_at is null) = (ended_by is null))
);
create index signal_receiver_trust on signal_receiver (ods_code, registered_at);
create index signal_receiver_due on signal_receiver (next_attempt_at)
  where ended_at is null and parked_at is null;

-- Offers that events make due. Made once: the row's id is the offer's idempotency key.
create table due_offer (
  id text primary key,
  staff_id text not null,
  -- in whose name
  ods_code text not null,
  type text not null,
  -- what is stated, sealed; null when the record says it
  sealed_attestation text,
  due_at timestamptz not null,
  next_attempt_at timestamptz not null,
  -- when it was made, or given up
  done_at timestamptz,
  outcome text
);
create index due_offer_open on due_offer (next_attempt_at) where done_at is null;

alter table issuer_key drop constraint issuer_key_use_check;
alter table issuer_key add constraint issuer_key_use_check
  check (use in ('anchor', 'credential', 'status-list', 'registry', 'request', 'receipt', 'signal'));
