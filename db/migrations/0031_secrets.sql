create table secrets (
  id uuid primary key,
  sealed bytea not null,
  key_id uuid not null references sealing_keys (id),
  created_at timestamptz not null
);
--> statement-breakpoint
create index secrets_key on secrets (key_id);
