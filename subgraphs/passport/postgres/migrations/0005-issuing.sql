-- Issuing: batches in two formats, the switch that stops it, who may issue what, and who did what when.

alter table credential
  add column format text not null default 'DC_SD_JWT' check (format in ('DC_SD_JWT', 'VC_JWT')),
  -- SHA-256 of the signed token, base64url; stays when the contents are forgotten
  add column signed_hash text;
alter table credential alter column format drop default;
update credential set
  signed_hash = rtrim(
    translate(encode(sha256(convert_to(signed_jwt, 'UTF8')), 'base64'), '+/', '-_'), '=')
where signed_jwt is not null;

-- One request has up to twenty credentials, each for a key of its own.
drop index credential_idempotency;
create unique index credential_idempotency on credential (idempotency_key, holder_thumbprint)
  where state <> 'FAILED';
drop index credential_once;
create unique index credential_once on credential (offer_id, type, format, holder_thumbprint)
  where state <> 'FAILED';

-- While a row without an end is here, nothing is issued.
create table issuing_stop (
  id bigint generated always as identity primary key,
  -- '*' for everybody
  ods_code text not null,
  reason text not null,
  stopped_at timestamptz not null,
  stopped_by text not null,
  started_at timestamptz,
  started_by text,
  check ((started_at is null) = (started_by is null))
);
create unique index issuing_stop_in_force on issuing_stop (ods_code) where started_at is null;

-- Which organisation may issue which type. A row ends; it is never taken out.
create table accreditation (
  id bigint generated always as identity primary key,
  ods_code text not null,
  type text not null,
  -- SHA-256 of the anchor's certificate, base64url
  anchor text not null,
  valid_from timestamptz not null,
  -- the first moment at which it no longer holds
  valid_until timestamptz,
  granted_at timestamptz not null,
  granted_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_because text,
  check (valid_until > valid_from or withdrawn_at is not null)
);
create index accreditation_of on accreditation (ods_code, type);
-- What was issued before anybody was accredited stays believed. New credentials need a grant.
insert into accreditation (ods_code, type, anchor, valid_from, valid_until, granted_at, granted_by)
select credential.ods_code, credential.type,
  rtrim(translate(encode(sha256(decode(anchor.certificate, 'base64')), 'base64'), '+/', '-_'), '='),
  date_trunc('minute', min(credential.created_at)), now() + interval '1 second', now(), 'migration'
from credential cross join issuer_key anchor
where anchor.use = 'anchor'
group by credential.ods_code, credential.type, anchor.certificate;

alter table issuer_key drop constraint issuer_key_use_check;
alter table issuer_key add constraint issuer_key_use_check
  check (use in ('anchor', 'credential', 'status-list', 'registry'));

-- The signed register of issuers, one row for each version.
create table issuer_registry (
  version bigint primary key,
  -- SHA-256 of what it says, base64url
  content_hash text not null,
  token text not null,
  signed_at timestamptz not null,
  expires_at timestamptz not null
);

-- Who did what to what, when. Written in the transaction of the thing itself, and never changed.
create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  ods_code text,
  request_id text,
  details jsonb not null
);
create index audit_event_subject on audit_event (subject, id);

create trigger only_added_to before update or delete or truncate on audit_event
  for each statement execute function only_added_to();
