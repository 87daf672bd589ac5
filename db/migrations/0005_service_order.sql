alter table handoffs add column response_due_at timestamp (3) with time zone;
--> statement-breakpoint
alter table handoffs add column response_target_ms bigint;
--> statement-breakpoint
alter table handoffs add column breached_at timestamp (3) with time zone;
--> statement-breakpoint
create index handoffs_queued_at on handoffs (queued_at) where queued_at is not null;
--> statement-breakpoint
create index handoffs_ended_at on handoffs (ended_at) where ended_at is not null;
