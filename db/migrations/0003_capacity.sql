alter table users add column capacity integer not null default 4;
--> statement-breakpoint
alter table users add column load integer not null default 0;
--> statement-breakpoint
alter table users add column status text not null default 'available';
--> statement-breakpoint
alter table users add column connected_until timestamp (3) with time zone;
--> statement-breakpoint
update users set load = held.open, capacity = greatest(users.capacity, held.open)
from (select agent_id, count(*)::int as open from conversations where state = 'active' group by agent_id) held
where held.agent_id = users.id;
--> statement-breakpoint
alter table users add constraint users_load_counts check (load >= 0);
