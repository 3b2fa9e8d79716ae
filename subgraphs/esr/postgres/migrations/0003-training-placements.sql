-- Placements of doctors and dentists in training, as the training record gives them to the lead employer.
create table training_placement (
  -- the training record's own reference
  reference text primary key,
  staff_id text not null references staff (id),
  lead_ods_code text not null references organisation (ods_code),
  host_ods_code text not null,
  national_post_number text not null,
  specialty text not null,
  grade text not null,
  site text not null,
  start_date date not null,
  end_date date not null,
  -- the training record has taken it back: a row of the feed said so
  withdrawn boolean not null,
  updated_at timestamptz not null,
  -- of everything above but the time
  content text not null
);
create index training_placement_staff on training_placement (staff_id);

alter table import drop constraint import_kind_check;
alter table import add constraint import_kind_check
  check (kind in ('GO2', 'REGISTRATIONS', 'TRAINING', 'PLACEMENTS'));
