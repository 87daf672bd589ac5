alter table handoffs add column trigger text;
--> statement-breakpoint
update handoffs set trigger = (select s->>'name' from jsonb_array_elements(context->'signals') s
  where (s->>'fired')::bool and s->>'name' <> 'low_confidence' limit 1) where jsonb_typeof(context->'signals') = 'array';
