-- What organisations agreed on sharing staff, and the placements that credentials were issued for.

create table sharing_agreement (
  position bigint generated always as identity unique,
  id text primary key,
  reference text not null,
  proposer_ods text not null,
  partner_ods text not null,
  starts_on date not null,
  ends_on date not null,
  state text not null check (state in ('PROPOSED', 'ACCEPTED', 'ENDED')),
  proposed_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,
  ended_by_ods text,
  check (proposer_ods <> partner_ods),
  check (ends_on >= starts_on),
  check (state <> 'ACCEPTED' or accepted_at is not null),
  check ((state = 'ENDED') = (ended_at is not null) and (ended_at is null) = (ended_by_ods is null))
);
-- Two organisations mean one agreement by a reference, whichever of them proposed it.
create unique index sharing_agreement_reference on sharing_agreement
  (least(proposer_ods, partner_ods), greatest(proposer_ods, partner_ods), reference)
  where state <> 'ENDED';
create index sharing_agreement_proposer on sharing_agreement (proposer_ods, position);
create index sharing_agreement_partner on sharing_agreement (partner_ods, position);

-- One row for each offer that a placement credential was issued from, whatever its keys and formats.
create table placement (
  offer_id text primary key references offer (id),
  staff_id text not null,
  host_ods text not null,
  -- null without licence to attend
  agreement_id text references sharing_agreement (id),
  -- the end of its last day in the United Kingdom
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('LAST_DAY', 'AGREEMENT_ENDED', 'REVOKED')),
  -- Rises in the order in which endings became visible, so that a reader can go by the last one it saw.
  ending bigint unique,
  check ((ended_at is null) = (ended_because is null) and (ended_at is null) = (ending is null))
);
create index placement_going_on on placement (ends_at) where ended_at is null;
create index placement_of on placement (staff_id, host_ods);
create sequence placement_ending as bigint;
