-- Staff passports: what was issued, to whose key, and how it stands.

create table issuer_key (
  kid text primary key,
  -- '*' for the anchor, which signs every trust's certificates
  ods_code text not null,
  use text not null check (use in ('anchor', 'credential', 'status-list')),
  certificate text not null,
  sealed_private_key text not null,
  created_at timestamptz not null,
  unique (ods_code, use)
);

-- Answers kept so that a repeated call is safe.
create table idempotency (
  actor text not null,
  key text not null,
  request_hash text not null,
  answer jsonb,
  created_at timestamptz not null,
  primary key (actor, key)
);
create index idempotency_created_at on idempotency (created_at);

create table offer (
  id text primary key,
  staff_id text not null,
  ods_code text not null,
  types jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  sealed_answer text
);
create index offer_staff on offer (staff_id, expires_at);

create table status_list (
  id text primary key,
  ods_code text not null,
  size int not null,
  open boolean not null default true,
  -- rises with every change of a status in the list
  changes bigint not null default 0,
  -- rises with every publication; an older token never replaces a newer one
  version bigint not null default 0,
  published_changes bigint not null default -1,
  token text,
  signed_at timestamptz,
  expires_at timestamptz
);
-- New credentials of a trust go into one list until it is full.
create unique index status_list_open on status_list (ods_code) where open;

-- Places that have been given out. Rows are never removed, so no place is given out twice.
create table status_slot (
  list_id text not null references status_list (id),
  status_index int not null,
  primary key (list_id, status_index)
);

create table credential (
  position bigint generated always as identity primary key,
  id text not null unique,
  offer_id text not null references offer (id),
  staff_id text not null,
  ods_code text not null,
  type text not null,
  state text not null check (state in ('ISSUING', 'ACTIVE', 'SUSPENDED', 'REVOKED', 'FAILED')),
  version int not null default 1,
  reason text,
  holder_thumbprint text not null,
  idempotency_key text not null,
  request_hash text not null,
  claims_hash text not null,
  list_id text not null,
  status_index int not null,
  -- exactly the bytes to be signed
  payload text not null,
  -- kept for as long as a call may be repeated
  sealed_disclosures text,
  signed_jwt text,
  created_at timestamptz not null,
  issued_at timestamptz,
  expires_at timestamptz not null,
  status_changed_at timestamptz,
  unique (list_id, status_index),
  foreign key (list_id, status_index) references status_slot (list_id, status_index)
);
create unique index credential_idempotency on credential (idempotency_key) where state <> 'FAILED';
create unique index credential_once on credential (offer_id, type, holder_thumbprint)
  where state <> 'FAILED';
create index credential_staff on credential (staff_id, position desc);
create index credential_issuing on credential (created_at) where state = 'ISSUING';
create index credential_not_valid on credential (list_id) where state in ('SUSPENDED', 'REVOKED');
create index credential_kept on credential (issued_at) where sealed_disclosures is not null;

create table status_history (
  credential_id text not null references credential (id),
  version int not null,
  state text not null,
  reason text,
  actor text not null,
  ods_code text not null,
  at timestamptz not null,
  primary key (credential_id, version)
);

create table outbox (
  id bigint generated always as identity primary key,
  type text not null,
  subject text not null,
  data jsonb not null,
  created_at timestamptz not null
);

create table presentation_request (
  id text primary key,
  ods_code text not null,
  type text not null,
  claims jsonb not null,
  nonce text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  -- the checks and the verdict; never the values of claims
  result jsonb
);

create table access_log (
  id bigint generated always as identity primary key,
  staff_id text not null,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  actor_ods_code text,
  purpose text not null,
  fields jsonb not null,
  request_id text not null
);
create index access_log_staff on access_log (staff_id, id desc);
