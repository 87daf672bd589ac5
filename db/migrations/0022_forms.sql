create table sealing_keys (
  id uuid primary key,
  sealed bytea not null,
  created_at timestamp (3) with time zone not null
);
--> statement-breakpoint
create table form_links (
  id uuid primary key,
  conversation_id uuid not null references conversations (id),
  template_id uuid not null,
  template_version integer not null,
  form jsonb not null,
  team_id uuid,
  prefilled jsonb not null,
  return_to text,
  sent_at timestamp (3) with time zone not null,
  expires_at timestamp (3) with time zone not null
);
--> statement-breakpoint
create index form_links_conversation on form_links (conversation_id, template_id);
--> statement-breakpoint
create table form_submissions (
  link_id uuid primary key references form_links (id),
  at timestamp (3) with time zone not null,
  answers jsonb not null,
  sealed bytea,
  key_id uuid references sealing_keys (id),
  constraint form_submissions_sealed_with check ((sealed is null) = (key_id is null))
);
--> statement-breakpoint
create index form_submissions_key on form_submissions (key_id) where key_id is not null;
--> statement-breakpoint
drop index handoffs_one_open;
--> statement-breakpoint
create unique index handoffs_one_open on handoffs (conversation_id) where state in ('offered', 'collecting', 'filling', 'pending', 'claimed');
