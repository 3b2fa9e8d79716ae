-- Operations that clients have registered: what the gateway runs for them by its hash.
create table trusted_document (
  client_id text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  text text not null check (length(text) between 1 and 100000),
  published_at timestamptz not null,
  published_by text not null,
  primary key (client_id, sha256)
);
