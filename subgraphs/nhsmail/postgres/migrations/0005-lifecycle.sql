-- Joiners, movers and leavers: what the staff records told, what somebody has to look at, and who was told of it.

-- How far feeds and changes of accounts have been followed, and when everything was last looked at.
create table lifecycle_position (
  name text primary key check (name in ('MOVEMENTS', 'ACCOUNTS', 'WHOLE')),
  position text not null
);

-- Records that a round has to look at before it next looks at everything. Written in the transaction of the change, and
-- never twice the same row: nobody waits for a round.
create table lifecycle_due (
  id bigint primary key generated always as identity,
  side text not null check (side in ('PERSON', 'ACCOUNT')),
  record_id text not null
);

create function link_is_lifecycle_due() returns trigger language plpgsql as $$
begin
  insert into nhsmail.lifecycle_due (side, record_id)
  select x.side, x.record_id from changed
  cross join lateral (values ('PERSON', staff_id), ('ACCOUNT', account_id)) x (side, record_id);
  return null;
end
$$;
create trigger added_link_is_lifecycle_due after insert on link
  referencing new table as changed for each statement execute function link_is_lifecycle_due();
create trigger ended_link_is_lifecycle_due after update on link
  referencing new table as changed for each statement execute function link_is_lifecycle_due();

-- The end of all of a person's employments at an organisation. Only the records' own word makes one.
create table departure (
  staff_id text not null,
  ods_code text not null,
  known_at timestamptz not null,
  -- The person works there again.
  returned boolean not null,
  deceased boolean not null,
  primary key (staff_id, ods_code)
);

-- Since when something is so that neither source dates: an account without a date of its own, a mark without one.
create table noted_since (
  what text not null check (what in ('LEAVER', 'ACCOUNT_UNLINKED', 'PERSON_UNLINKED')),
  -- The account, or the person and the organisation.
  subject text not null,
  since timestamptz not null,
  primary key (what, subject)
);

create table directory_finding (
  id bigint primary key generated always as identity,
  -- What tells one finding from another.
  key text not null,
  kind text not null,
  ods_code text not null,
  account_id text,
  staff_id text,
  since timestamptz not null,
  works_at text[] not null,
  deceased boolean not null,
  owners_left text[] not null,
  owners_left_over text[] not null,
  delete_due_at timestamptz,
  opened_at timestamptz not null,
  ended_at timestamptz,
  check (account_id is not null or staff_id is not null)
);
create unique index directory_finding_is_open_once on directory_finding (key) where ended_at is null;
create index directory_finding_of_organisation on directory_finding (ods_code, kind, id)
  where ended_at is null;
create index directory_finding_of_account on directory_finding (account_id) where ended_at is null;
create index directory_finding_of_person on directory_finding (staff_id) where ended_at is null;

-- Each warning of a deletion once; another mark is another deletion.
create table deletion_warning (
  account_id text not null,
  marked_at timestamptz not null,
  day integer not null check (day in (7, 21, 28)),
  warned_at timestamptz not null,
  primary key (account_id, marked_at, day)
);

-- What organisations are told, in the order of telling: whoever writes holds a lock. Ids and codes, no names.
create table directory_event (
  id bigint primary key generated always as identity,
  type text not null check (type in ('FINDING_OPENED', 'FINDING_ENDED', 'DELETION_NEAR')),
  -- Who is told.
  ods_code text not null,
  kind text,
  account_id text,
  staff_id text,
  deceased boolean not null default false,
  -- Days since the leaver's mark, and when the account is deleted.
  day integer,
  delete_due_at timestamptz,
  at timestamptz not null,
  check ((type = 'DELETION_NEAR') = (kind is null)),
  check ((type = 'DELETION_NEAR') = (day is not null))
);
create index directory_event_of_organisation on directory_event (ods_code, id);
