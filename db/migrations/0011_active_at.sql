alter table users add column active_at timestamp (3) with time zone;
