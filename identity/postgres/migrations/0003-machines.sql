-- What has been taken back before its time: the gateway is told of it every second or two. A row is of use for as long as
-- an access token that was out already can live.
create table revocation (
  kind text not null check (kind in ('token', 'session', 'client', 'subject', 'membership')),
  value text not null,
  not_before timestamptz not null,
  expires_at timestamptz not null,
  primary key (kind, value)
);
create index revocation_expiry on revocation (expires_at);

-- HR systems: keys by value or by address, one algorithm, the purposes they may name, and
-- how many tokens they may ask for when it is another number than everybody's.
alter table client alter column jwks drop not null;
alter table client
  add column jwks_uri text,
  add column algorithm text not null default 'ES256' check (algorithm in ('ES256', 'PS256', 'RS512')),
  add column purposes text[],
  add column dpop_bound boolean not null default false,
  add column tokens_per_minute integer check (tokens_per_minute > 0),
  add column stopped_at timestamptz,
  add column stopped_by text,
  add constraint client_keys check ((jwks is null) <> (jwks_uri is null));
create index client_organisation on client (ods_code);

-- Applications with a key of their own are confidential clients.
alter table app
  add column jwks jsonb,
  add column jwks_uri text,
  add column algorithm text check (algorithm in ('ES256', 'PS256', 'RS512')),
  add constraint app_keys check (jwks is null or jwks_uri is null),
  add constraint app_algorithm check ((algorithm is null) = (jwks is null and jwks_uri is null));

-- Why a client's requests were refused, for whoever writes it. Neither tokens nor keys; the last ones only.
create table client_fault (
  id bigint generated always as identity primary key,
  client_id text not null,
  at timestamptz not null,
  error text not null,
  fault text not null,
  detail text not null
);
create index client_fault_client on client_fault (client_id, id);
create index client_fault_age on client_fault (at);

-- How far identity has read another part's events.
create table feed_position (
  feed text primary key,
  position text not null,
  moved_at timestamptz not null
);
