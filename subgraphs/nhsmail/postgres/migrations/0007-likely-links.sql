-- Links by likeness alone, for those who confirm them.
create index likely_link_of_organisation on link (ods_code, position)
  where superseded_at is null and state = 'LINKED' and assurance = 'LIKELY';
