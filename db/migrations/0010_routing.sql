alter table conversations add column ring_agent_id uuid references users (id);
--> statement-breakpoint
alter table conversations add column ring_until timestamp (3) with time zone;
--> statement-breakpoint
alter table conversations add constraint conversations_ring_waits check ((ring_agent_id is null) = (ring_until is null) and (ring_agent_id is null or state = 'pending'));
--> statement-breakpoint
create unique index conversations_ring on conversations (ring_agent_id) where ring_agent_id is not null;
--> statement-breakpoint
alter table handoffs add column routing jsonb;
--> statement-breakpoint
create index handoffs_reached on handoffs using gin ((routing -> 'reached')) where state = 'pending';
--> statement-breakpoint
alter table users add column skills jsonb default '{}'::jsonb not null;
--> statement-breakpoint
alter table users add column languages text[] default '{}' not null;
--> statement-breakpoint
alter table users add column idle_since timestamp (3) with time zone;
--> statement-breakpoint
alter table users add column last_pushed_at timestamp (3) with time zone;
--> statement-breakpoint
create table routing_decisions (
  id uuid primary key,
  conversation_id uuid not null references conversations (id),
  handoff_id uuid not null references handoffs (id),
  agent_id uuid not null references users (id),
  at timestamp (3) with time zone not null,
  decision jsonb not null,
  input jsonb not null
);
--> statement-breakpoint
create index routing_decisions_handoff on routing_decisions (handoff_id, at);
--> statement-breakpoint
update handoffs set routing = jsonb_build_object('since', floor(extract(epoch from queued_at) * 1000), 'reached', jsonb_build_array(team_id::text), 'declinedBy', '[]'::jsonb, 'declinedAt', null)
  where state = 'pending' and team_id is not null and queued_at is not null;
