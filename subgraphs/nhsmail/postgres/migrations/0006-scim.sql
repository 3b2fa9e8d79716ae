-- Accounts that organisations push (RFC 7644). Each is in the table of accounts too, under the same id.
create table scim_user (
  id text collate "C" primary key,
  ods_code text not null,
  -- Counts changes; the entity tag.
  version integer not null check (version > 0),
  -- What the organisation says.
  resource jsonb not null,
  -- The same, with the id and the times, and text in lower case where case does not count: what filters look at.
  folded jsonb not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  -- Deleted for the organisation, and kept.
  deleted_at timestamptz
);

create unique index scim_user_has_its_name on scim_user (ods_code, (folded ->> 'userName'))
  where deleted_at is null;
create index scim_user_of_organisation on scim_user (ods_code, id) where deleted_at is null;
create index scim_user_by_external_id on scim_user (ods_code, (folded ->> 'externalId'))
  where deleted_at is null;

-- An address is of one user, whichever organisation pushed it.
create table scim_address (
  address text primary key,
  user_id text collate "C" not null references scim_user
);
create index scim_address_of_user on scim_address (user_id);
