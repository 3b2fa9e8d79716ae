-- Whose credentials of one organisation changed since a moment, by themselves or by running out.

create index credential_changed
  on credential (ods_code, greatest(created_at, issued_at, status_changed_at));
create index credential_runs_out on credential (ods_code, expires_at);
