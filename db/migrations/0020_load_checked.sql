-- Postgres checks a constraint before it sees that the row was changed meanwhile and reckons anew: a slot freed in the moment
-- that its taking is committed was refused for a load below nothing that never was. A trigger looks at what is written.
alter table users drop constraint users_load_counts;
--> statement-breakpoint
create function refuse_load() returns trigger language plpgsql as $$
begin
  raise exception 'The load of user % would be %', new.id, new.load using errcode = 'check_violation', constraint = 'users_load_counts';
end $$;
--> statement-breakpoint
create trigger users_load_counts after insert or update of load on users for each row when (new.load < 0) execute function refuse_load();
