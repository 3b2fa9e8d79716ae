-- Operations are taken back, and clients can be asked to ask nothing else.
create sequence document_withdrawal;
alter table trusted_document
  add column withdrawn_at timestamptz,
  add column withdrawn_by text,
  -- numbers all withdrawals, so that what is remembered elsewhere is known to be old
  add column withdrawal bigint,
  add check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawal is null));
create index trusted_document_withdrawal on trusted_document (withdrawal) where withdrawal is not null;

create table document_policy (
  client_id text primary key,
  policy text not null check (policy in ('allow', 'require')),
  set_at timestamptz not null,
  set_by text not null
);
