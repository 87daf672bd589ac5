alter table conversations add column labels text[] not null default '{}';
--> statement-breakpoint
alter table messages add column page text;
