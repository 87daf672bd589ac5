-- Keyed hashes over a chain: HMAC-SHA256 of (previous hash || id ':' seq ':' content). The two padded key blocks are
-- parameters, so that the key never rests in the database.
create function audit_chain(chain bytea[], subject text, first_seq bigint, contents text[], inner_pad bytea, outer_pad bytea)
returns bytea[] language plpgsql immutable as $$
declare
  previous bytea := coalesce(chain[cardinality(chain)], ''::bytea);
  hashes bytea[] := '{}';
begin
  for i in 1 .. cardinality(contents) loop
    previous := sha256(outer_pad || sha256(inner_pad || previous || convert_to(subject || ':' || (first_seq + i) || ':' || contents[i], 'UTF8')));
    hashes := hashes || previous;
  end loop;
  return hashes;
end $$;
--> statement-breakpoint
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger events_append_only before update or delete on events for each row execute function refuse_change();
--> statement-breakpoint
create trigger events_no_truncate before truncate on events for each statement execute function refuse_change();
--> statement-breakpoint
create trigger stream_events_append_only before update or delete on stream_events for each row execute function refuse_change();
--> statement-breakpoint
create trigger stream_events_no_truncate before truncate on stream_events for each statement execute function refuse_change();
--> statement-breakpoint
create trigger checkpoints_append_only before update or delete on checkpoints for each row execute function refuse_change();
--> statement-breakpoint
-- A guard beyond the head row must fail the whole statement, not just write less. Volatile, so that it runs per head row
-- and never for a change whose guard did not hold.
create function assert_one(actual bigint, what text) returns boolean language plpgsql volatile as $$
begin
  if actual <> 1 then
    raise exception 'expected one %, found %', what, actual using errcode = 'assert_failure';
  end if;
  return true;
end $$;
--> statement-breakpoint
alter table conversations set (fillfactor = 70);
--> statement-breakpoint
insert into streams (name, seq, chain) values ('settings', 0, '{}');
