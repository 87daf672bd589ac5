create table embeddings (
  model text not null,
  digest text not null,
  vector bytea not null,
  constraint embeddings_model_digest_pk primary key (model, digest)
);
