alter table handoffs add column sla_flag text;
--> statement-breakpoint
alter table handoffs add column sla_flag_due_at timestamp (3) with time zone;
--> statement-breakpoint
-- What lib/domain/sla-flag.ts makes of the ledgers so far: the last entry of each clock says how it stands.
with entries as (
  select h.id, e.entry, e.place, e.entry->>'metric' as metric, e.entry->>'kind' as kind
  from handoffs h cross join jsonb_array_elements(h.sla) with ordinality e (entry, place)
  where h.state in ('pending', 'claimed')),
clocks as (
  select id, metric, (array_agg(kind order by place desc))[1] as last,
    (array_agg(entry->>'dueAt' order by place desc) filter (where kind = 'breach'))[1] as breached,
    (array_agg(entry->>'dueAt' order by place desc) filter (where kind = 'at_risk'))[1] as warned
  from entries group by id, metric),
flags as (
  select id, case last when 'breach' then 'overdue' when 'met' then 'late' else 'at_risk' end as flag,
    to_timestamp(coalesce(breached, warned)::float8 / 1000) as due_at
  from clocks where last in ('breach', 'at_risk') or (last = 'met' and breached is not null)),
gravest as (
  select distinct on (id) id, flag, due_at from flags
  order by id, array_position(array['overdue', 'late', 'at_risk'], flag), due_at)
update handoffs set sla_flag = gravest.flag, sla_flag_due_at = gravest.due_at from gravest where gravest.id = handoffs.id;
--> statement-breakpoint
create index handoffs_breached on handoffs (team_id, sla_flag desc, sla_flag_due_at, id)
  where state in ('pending', 'claimed') and sla_flag in ('overdue', 'late');
--> statement-breakpoint
create index handoffs_at_risk on handoffs (team_id, sla_flag_due_at, id)
  where state in ('pending', 'claimed') and sla_flag = 'at_risk';
