create table wait_forecasts (
  handoff_id uuid primary key references handoffs (id),
  team_id uuid not null references teams (id),
  priority integer not null,
  kind text not null,
  at timestamp (3) with time zone not null,
  raw_ms double precision not null,
  raw_low_ms double precision not null,
  raw_high_ms double precision not null,
  mean_ms double precision not null,
  shown_low_ms integer not null,
  shown_high_ms integer not null,
  outcome text,
  outcome_at timestamp (3) with time zone
);
--> statement-breakpoint
create index wait_forecasts_outcome_at on wait_forecasts (team_id, outcome_at) where outcome_at is not null;
--> statement-breakpoint
create index handoffs_team_queued_at on handoffs (team_id, queued_at) where queued_at is not null;
--> statement-breakpoint
create index handoffs_team_ended_at on handoffs (team_id, ended_at) where ended_at is not null;
--> statement-breakpoint
drop index handoffs_queued_at;
--> statement-breakpoint
drop index handoffs_ended_at;
