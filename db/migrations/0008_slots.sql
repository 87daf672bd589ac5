alter table conversations add column holds_slot boolean default false not null;
--> statement-breakpoint
alter table conversations add column slot_seq integer default 0 not null;
--> statement-breakpoint
update conversations set holds_slot = true where state = 'active' and agent_id is not null;
