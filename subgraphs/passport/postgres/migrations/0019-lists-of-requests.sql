-- What the HR desk has done with, and requests that were made as one list.

alter table presentation_request
  -- when the organisation had done with it
  add column closed_at timestamptz,
  -- the list that it was made in
  add column list_id text;
create index presentation_request_list on presentation_request (list_id, position)
  where list_id is not null;
