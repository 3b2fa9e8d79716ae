-- Everything oidc-provider keeps. `id` is the SHA-256 of the code, token or cookie, so a copy of the table opens nothing.
create table oidc_model (
  model text not null,
  id text not null,
  payload jsonb not null,
  grant_id text,
  uid text,
  expires_at timestamptz,
  consumed_at timestamptz,
  primary key (model, id)
);
create index oidc_model_grant on oidc_model (grant_id) where grant_id is not null;
create unique index oidc_model_uid on oidc_model (model, uid) where uid is not null;
create index oidc_model_expiry on oidc_model (expires_at);

-- HR systems that sign in with a key of their own.
create table client (
  client_id text primary key,
  name text not null,
  ods_code text not null,
  jwks jsonb not null,
  scopes text[] not null,
  status text not null check (status in ('ACTIVE', 'STOPPED')),
  created_at timestamptz not null,
  created_by text not null
);

-- Applications that people sign in to. They hold no secret: authorization code and PKCE.
create table app (
  client_id text primary key,
  name text not null,
  redirect_uris text[] not null,
  created_at timestamptz not null,
  created_by text not null
);

-- Who may act as more than themselves. `mail` is in lower case.
create table role_grant (
  mail text not null check (mail = lower(mail)),
  role text not null check (role in ('STAFF', 'HR_OFFICER', 'ADMINISTRATOR')),
  ods_code text not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  granted_by text not null,
  primary key (mail, role, ods_code)
);

-- People who have signed in: what a later request needs to know of them.
create table account (
  staff_id text primary key,
  mail text not null,
  name text not null,
  signed_in_at timestamptz not null
);

-- The role in which a person gave an application access.
create table acting_as (
  grant_id text primary key,
  staff_id text not null,
  role text not null,
  ods_code text,
  name text not null,
  expires_at timestamptz not null
);
create index acting_as_expiry on acting_as (expires_at);

-- Offers of credentials. The codes are not here: they are worked out from the offer's id and a secret.
create table credential_offer (
  offer_id text primary key,
  reference text not null unique,
  grant_id text not null unique,
  staff_id text not null,
  configuration_ids text[] not null,
  issuer_ods text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null
);
