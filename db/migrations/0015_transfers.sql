alter table conversations drop constraint conversations_ring_waits;
--> statement-breakpoint
alter table conversations add constraint conversations_ring_waits check ((ring_agent_id is null) = (ring_until is null) and (ring_agent_id is null or state in ('pending', 'active')));
--> statement-breakpoint
alter table handoffs add column misrouted boolean default false not null;
--> statement-breakpoint
create function overflow_is_free(team uuid, agent uuid) returns boolean language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('overflow:' || team::text, 0));
  return not exists (
    select 1 from team_members m join users o on o.id = m.user_id
    where m.team_id = team and o.id <> agent and o.load > o.capacity
  );
end
$$;
