-- A person who has left: no passkey signs in until the directory has vouched for the person again.
alter table account add column closed_at timestamptz;

-- Passkeys. `credential_id` is base64url, `public_key` a COSE key in base64url; neither is a secret.
create table passkey (
  credential_id text primary key,
  staff_id text not null references account (staff_id),
  name text not null,
  public_key text not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  backed_up boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_staff on passkey (staff_id);

-- An authenticator app: the secret it shares with us, encrypted, and the last time step whose code was used.
create table code_app (
  staff_id text primary key references account (staff_id),
  sealed_secret text not null,
  last_step bigint not null,
  created_at timestamptz not null
);

-- Asking for a person's authenticators to be replaced. Two people, and neither of them is the person.
create table recovery (
  recovery_id text primary key,
  staff_id text not null references account (staff_id),
  ods_code text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  check (requested_by <> staff_id),
  check (approved_by <> staff_id and approved_by <> requested_by),
  check ((approved_by is null) = (approved_at is null))
);
create index recovery_organisation on recovery (ods_code, requested_at);

-- Codes that let a person set up an authenticator. `code_hash` is the SHA-256 of 80 random bits.
create table setup_code (
  code_hash text primary key,
  mail text not null check (mail = lower(mail)),
  -- Given after a recovery: the authenticators of before are removed when it is used.
  recovery_id text unique references recovery (recovery_id),
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz
);
create index setup_code_mail on setup_code (mail);

-- Sessions of people. The session itself is a row of oidc_model; `session_id` is its `uid` and the `sid` of tokens.
-- A row outlives its session: a session that was ended stays ended, whatever still writes to it.
create table person_session (
  session_id text primary key,
  staff_id text not null,
  browser text not null,
  started_at timestamptz not null,
  ended_at timestamptz
);
create index person_session_staff on person_session (staff_id);
create index oidc_model_account on oidc_model ((payload ->> 'accountId')) where model in ('Session', 'Grant');

-- Where an application is told that a session has ended (OpenID Connect Back-Channel Logout 1.0).
alter table app add column backchannel_logout_uri text;
