alter table handoffs add column first_claimed_at timestamp (3) with time zone;
--> statement-breakpoint
update handoffs set first_claimed_at = claimed_at where claimed_at is not null;
--> statement-breakpoint
drop index wait_forecasts_outcome_at;
--> statement-breakpoint
alter table wait_forecasts drop column outcome, drop column outcome_at;
--> statement-breakpoint
create index wait_forecasts_team_at on wait_forecasts (team_id, at);
