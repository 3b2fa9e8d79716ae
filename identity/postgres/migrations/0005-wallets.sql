-- Wallets of other makers. They hold no secret; where they are sent back to is compared to the letter.
create table wallet (
  client_id text primary key,
  name text not null,
  redirect_uris text[] not null,
  -- it comes with an attestation of its maker, or not at all
  attested boolean not null,
  created_at timestamptz not null,
  created_by text not null
);

alter table credential_offer
  add column deferred boolean not null default false,
  -- how often a wrong transaction code was given
  add column wrong_codes int not null default 0 check (wrong_codes between 0 and 5),
  -- since when nobody can collect it any more, because of too many wrong codes
  add column dead_at timestamptz,
  add check ((dead_at is null) = (wrong_codes < 5));
create index credential_offer_staff on credential_offer (staff_id, expires_at);

-- Which offer a person's approval of a wallet is for.
create table wallet_grant (
  grant_id text primary key,
  offer_id text not null references credential_offer (offer_id),
  expires_at timestamptz not null
);
create index wallet_grant_expiry on wallet_grant (expires_at);

-- Offers that ended before their time, and that the issuer of the offer has not been told about yet.
create table offer_notice (
  offer_id text primary key references credential_offer (offer_id),
  ended_at timestamptz not null
);
