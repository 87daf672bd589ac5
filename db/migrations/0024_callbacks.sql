create extension if not exists btree_gist;
--> statement-breakpoint
create table callbacks (
  id uuid primary key,
  conversation_id uuid not null references conversations (id),
  handoff_id uuid not null references handoffs (id),
  team_id uuid not null references teams (id),
  agent_id uuid references users (id),
  channel text not null,
  state text not null,
  start_at timestamptz(3),
  end_at timestamptz(3),
  held_until timestamptz(3),
  late_at timestamptz(3) not null,
  phone text,
  email text,
  time_zone text not null,
  team_time_zone text not null,
  sequence integer default 0 not null,
  reminded_at timestamptz(3),
  created_at timestamptz(3) not null,
  constraint callbacks_slot_is_whole check ((start_at is null) = (end_at is null) and (start_at is null) = (held_until is null) and (start_at is null or (start_at < end_at and end_at <= held_until))),
  constraint callbacks_apart exclude using gist (agent_id with =, tstzrange(start_at, held_until) with &&) where (state in ('booked', 'due') and start_at is not null)
);
--> statement-breakpoint
create unique index callbacks_one_open on callbacks (conversation_id) where state in ('booked', 'due');
--> statement-breakpoint
create index callbacks_conversation on callbacks (conversation_id, created_at);
--> statement-breakpoint
create index callbacks_handoff on callbacks (handoff_id);
--> statement-breakpoint
create index callbacks_open on callbacks (team_id, start_at) where state in ('booked', 'due');
--> statement-breakpoint
create index callbacks_agent_open on callbacks (agent_id, start_at) where state in ('booked', 'due');
--> statement-breakpoint
drop index handoffs_one_open;
--> statement-breakpoint
create unique index handoffs_one_open on handoffs (conversation_id) where state in ('offered', 'collecting', 'filling', 'scheduled', 'pending', 'claimed');
--> statement-breakpoint
alter table outbox add column calendar text;
