create index timers_locked on timers (locked_until) where locked_until is not null;
