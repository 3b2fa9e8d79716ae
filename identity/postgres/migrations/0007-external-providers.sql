-- Roles that an OpenID provider of others has vouched for at somebody's last sign-in with it. They end with the session.
create table external_role (
  staff_id text not null,
  provider_id text not null,
  role text not null check (role in ('HR_OFFICER', 'ADMINISTRATOR')),
  ods_code text not null,
  expires_at timestamptz not null,
  primary key (staff_id, provider_id, role, ods_code)
);

-- Who is meant by a provider's own name for somebody.
create table external_link (
  provider_id text not null,
  subject text not null,
  staff_id text not null,
  mail text not null check (mail = lower(mail)),
  linked_by text not null,
  linked_at timestamptz not null,
  primary key (provider_id, subject)
);
