create table calendars (
  id uuid primary key,
  user_id uuid not null references users (id),
  kind text not null,
  name text not null,
  host text not null,
  time_zone text not null,
  sealed bytea not null,
  takes_calls boolean not null default false,
  busy jsonb not null,
  read_at timestamptz(3) not null,
  known_until timestamptz(3) not null,
  trouble text,
  troubled_since timestamptz(3),
  failures integer not null default 0,
  due_at timestamptz(3) not null,
  locked_until timestamptz(3),
  created_at timestamptz(3) not null,
  constraint calendars_trouble_is_whole check ((trouble is null) = (troubled_since is null))
);
--> statement-breakpoint
create index calendars_user on calendars (user_id);
--> statement-breakpoint
create unique index calendars_one_takes_calls on calendars (user_id) where takes_calls;
--> statement-breakpoint
create index calendars_due on calendars (due_at);
