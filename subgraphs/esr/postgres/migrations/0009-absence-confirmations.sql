-- Who confirmed that people left, under which key, and what came of it: a repeated call gets the same answer.

create table absence_confirmation (
  actor text not null,
  idempotency_key text not null,
  run_id text not null references import_run (id),
  -- How many were seen to wait.
  people integer not null,
  -- Employments.
  ended integer not null,
  confirmed_at timestamptz not null,
  primary key (actor, idempotency_key)
);

alter table absence_confirmation enable row level security;
