alter table handoffs add column sla jsonb not null default '[]';
--> statement-breakpoint
alter table conversations add column awaiting_since timestamp (3) with time zone;
--> statement-breakpoint
alter table conversations add column answered_since timestamp (3) with time zone;
--> statement-breakpoint
alter table conversations add column answered_at timestamp (3) with time zone;
