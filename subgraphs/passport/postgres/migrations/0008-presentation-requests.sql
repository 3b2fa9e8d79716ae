-- Requests ask by DCQL, through wallets that answer by themselves, and are kept with what came of each credential.

-- Verifiers sign their requests, and receipts of what they checked.
alter table issuer_key drop constraint issuer_key_use_check;
alter table issuer_key add constraint issuer_key_use_check
  check (use in ('anchor', 'credential', 'status-list', 'registry', 'request', 'receipt'));

-- Requests of the earlier kind could be answered for ten minutes; who saw what is in the access log.
drop table presentation_request;

create table presentation_request (
  id text primary key,
  ods_code text not null,
  actor text not null,
  actor_name text not null,
  actor_request_id text not null,
  purpose text not null,
  template text,
  -- DCQL
  query jsonb not null,
  -- the person it is meant for, when the verifier named one
  staff_id text,
  same_device boolean not null,
  -- the verifier's name, with its prefix
  client_id text not null,
  encrypted boolean not null,
  -- of pages that may use it through the Digital Credentials API
  origins jsonb not null,
  nonce text not null unique,
  wallet_state text not null unique,
  -- the private key that this one answer is encrypted to; null once there can be no answer
  sealed_key text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- when a browser took it up; the wallet's answer counts once that browser is back
  started_at timestamptz,
  session_hash text,
  -- when a wallet fetched it, which one wallet does once
  fetched_at timestamptz,
  -- when it was answered, or refused, which happens once
  answered_at timestamptz,
  refused_because text,
  response_code_hash text unique,
  -- when the verifier may see the result
  released_at timestamptz,
  -- the checks and the verdict; never the values of claims
  result jsonb,
  -- the person who answered it
  holder_id text,
  check (released_at is null or result is not null),
  check (refused_because is null or result is null)
);
create index presentation_request_verifier on presentation_request (ods_code, created_at desc, id);
create index presentation_request_addressed on presentation_request (staff_id, created_at desc, id)
  where staff_id is not null;
create index presentation_request_holder on presentation_request (holder_id, created_at desc, id)
  where holder_id is not null;
create index presentation_request_key on presentation_request (expires_at)
  where sealed_key is not null;

-- What holders disclosed: kept only as long as the purpose allows.
create table presentation_claims (
  presentation_id text not null references presentation_request (id),
  query_id text not null,
  sealed text not null,
  erase_after timestamptz not null,
  primary key (presentation_id, query_id)
);
create index presentation_claims_due on presentation_claims (erase_after);
