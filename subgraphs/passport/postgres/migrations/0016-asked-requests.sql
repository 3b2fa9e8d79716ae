-- The HR desk's list of what it asked for, and what it knows a request by before it is answered.

alter table presentation_request
  -- the organisation's own, such as the number of a vacancy
  add column reference text check (length(reference) between 1 and 60),
  add column starts_on date;
drop index presentation_request_verifier;
create index presentation_request_verifier on presentation_request (ods_code, position desc);
