-- The audit trail is sealed piece by piece: each seal is keyed, and covers the one before.

create table audit_seal (
  position bigint primary key,
  -- the last event that it covers, and how many
  through bigint not null unique,
  events int not null,
  -- HMAC-SHA-256, base64url
  hash text not null,
  sealed_at timestamptz not null
);
create trigger only_added_to before update or delete or truncate on audit_seal
  for each statement execute function only_added_to();

create index audit_event_organisation on audit_event (ods_code, id desc);
