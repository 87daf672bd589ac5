alter table messages add column visit jsonb;
