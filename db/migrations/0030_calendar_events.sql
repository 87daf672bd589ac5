create table calendar_events (
  callback_id uuid not null references callbacks (id),
  calendar_id uuid not null references calendars (id) on delete cascade,
  sequence integer,
  failures integer not null default 0,
  trouble text,
  due_at timestamptz(3) not null,
  locked_until timestamptz(3),
  constraint calendar_events_pkey primary key (callback_id, calendar_id)
);
--> statement-breakpoint
create index calendar_events_calendar on calendar_events (calendar_id);
