alter table conversations add column participant_ids uuid[] not null default '{}';
