alter table articles add column archived_at timestamp (3) with time zone;
--> statement-breakpoint
alter table articles add column changed_by text;
--> statement-breakpoint
create table article_versions (
  article_id text not null references articles (id),
  version integer not null,
  title text not null,
  body text not null,
  category text not null,
  examples text[] not null,
  archived_at timestamp (3) with time zone,
  changed_by text,
  updated_at timestamp (3) with time zone not null,
  constraint article_versions_article_id_version_pk primary key (article_id, version)
);
