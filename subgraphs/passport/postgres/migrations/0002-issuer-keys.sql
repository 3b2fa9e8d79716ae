-- Several keys for each trust and use: they are published, sign, retire, and can be found compromised.

alter table issuer_key drop constraint issuer_key_ods_code_use_key;
alter table issuer_key rename column sealed_private_key to handle;
alter table issuer_key
  -- who holds the private key; the handle means something to that keeper alone
  add column keeper text not null default 'sealed' check (keeper in ('sealed', 'pkcs11')),
  -- published since created_at, signs from here on
  add column activates_at timestamptz,
  add column retired_at timestamptz,
  add column compromised_at timestamptz,
  add column compromised_since timestamptz,
  -- when the last credential that a compromised key signed was revoked
  add column settled_at timestamptz,
  add constraint issuer_key_compromised
    check ((compromised_at is null) = (compromised_since is null));
update issuer_key set activates_at = created_at;
alter table issuer_key
  alter column activates_at set not null,
  alter column keeper drop default;
create unique index issuer_key_anchor on issuer_key (use) where use = 'anchor';
create index issuer_key_owner on issuer_key (ods_code, use);
create index issuer_key_unsettled on issuer_key (kid)
  where compromised_at is not null and settled_at is null;

-- Rises with every change of a key, so that a process sees with one small query whether what it knows is still true.
create table issuer_key_generation (
  one boolean primary key default true check (one),
  generation bigint not null
);
insert into issuer_key_generation (generation) values (1);

-- The key that signed it. Until now each trust had one.
alter table credential add column kid text references issuer_key (kid);
update credential set kid = issuer_key.kid
from issuer_key
where issuer_key.ods_code = credential.ods_code
  and issuer_key.use = 'credential'
  and signed_jwt is not null;
create index credential_kid on credential (kid, expires_at, position);
