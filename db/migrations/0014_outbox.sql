create table outbox (
  id uuid primary key,
  kind text not null,
  conversation_id uuid references conversations (id),
  recipient text not null,
  subject text not null,
  text text not null,
  html text not null,
  state text not null default 'waiting',
  created_at timestamp (3) with time zone not null,
  due_at timestamp (3) with time zone not null,
  attempts integer not null default 0,
  locked_until timestamp (3) with time zone,
  last_error text,
  sent_at timestamp (3) with time zone
);
--> statement-breakpoint
create index outbox_due on outbox (due_at) where state = 'waiting';
--> statement-breakpoint
create index outbox_state on outbox (state, created_at, id);
