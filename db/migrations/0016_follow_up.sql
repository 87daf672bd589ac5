alter table visitors
  add column email text,
  add column connected_until timestamp (3) with time zone;
