create table form_files (
  link_id uuid not null references form_links (id),
  field_id text not null,
  type text not null,
  size integer not null,
  sealed bytea not null,
  key_id uuid not null references sealing_keys (id),
  primary key (link_id, field_id)
);
--> statement-breakpoint
create index form_files_key on form_files (key_id);
