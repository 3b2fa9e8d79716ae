-- Requests for credentials that could not be answered yet. `id` is the SHA-256 of the transaction id.
create table deferred_credential (
  id text primary key,
  grant_id text not null,
  offer_id text not null,
  configuration_id text not null,
  idempotency_key text not null,
  holder_keys jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  collected_at timestamptz,
  unique (grant_id, idempotency_key)
);
create index deferred_credential_expiry on deferred_credential (expires_at);

-- Answers with credentials, and what wallets said became of them. `id` is the SHA-256 of the notification id.
create table credential_notification (
  id text primary key,
  grant_id text not null,
  credential_ids text[] not null,
  expires_at timestamptz not null,
  event text check (event in ('credential_accepted', 'credential_failure', 'credential_deleted')),
  event_at timestamptz,
  told_at timestamptz
);
create index credential_notification_expiry on credential_notification (expires_at);
create index credential_notification_untold on credential_notification (event_at)
  where event is not null and told_at is null;

-- Offers to the GOV.UK Wallet, one for each kind of credential. `id` is the SHA-256 of the credential identifier.
create table govuk_offer (
  id text primary key,
  offer_id text not null references credential_offer,
  configuration_id text not null,
  -- whose wallet it is for, as GOV.UK One Login names it
  wallet_subject text not null,
  expires_at timestamptz not null,
  -- the one key that it was collected for
  holder_thumbprint text
);
