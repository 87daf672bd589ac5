import type { Mood, Priority, Reason } from '@/lib/domain/handoff';
import type { DecisionInput, HandoffRouting } from '@/lib/domain/handoff-routing';
import type { AgentStatus } from '@/lib/domain/presence';
import type { SkillLevel } from '@/lib/domain/routable-agent';
import type { RoutingDecision } from '@/lib/domain/routing';
import type { Database } from '../client';

/** A waiting handoff that rings at nobody, with what it takes to route it. */
export interface RoutableRow {
  id: string;
  conversationId: string;
  version: number;
  widgetId: string;
  mood: Mood;
  priority: Priority;
  queuedAt: number;
  dueAt: number | null;
  targetMs: number;
  score: number;
  routing: HandoffRouting;
}

/** Those that ask a team, its own and those that its chain brought: by priority and arrival. */
export async function readRoutable(db: Database, teamId: string, limit: number): Promise<RoutableRow[]> {
  const rows = await db.query<{
    id: string;
    conversation_id: string;
    version: number;
    widget_id: string;
    mood: Mood;
    priority: Priority;
    queued_at: Date;
    response_due_at: Date | null;
    response_target_ms: string | null;
    score: number;
    routing: HandoffRouting;
  }>(
    `select h.id, h.conversation_id, c.version, c.widget_id, c.mood, h.priority, h.queued_at, h.response_due_at,
       h.response_target_ms, h.score, h.routing
     from handoffs h join conversations c on c.id = h.conversation_id
     where h.state = 'pending' and (h.routing -> 'reached') @> to_jsonb($1::text) and c.ring_agent_id is null
     order by h.priority, h.queued_at, h.id limit $2::int`,
    [teamId, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    version: row.version,
    widgetId: row.widget_id,
    mood: row.mood,
    priority: row.priority,
    queuedAt: row.queued_at.getTime(),
    dueAt: row.response_due_at?.getTime() ?? null,
    targetMs: Number(row.response_target_ms ?? 0),
    score: row.score,
    routing: row.routing,
  }));
}

export interface RoutingAgentRow {
  id: string;
  name: string;
  status: AgentStatus;
  capacity: number;
  load: number;
  connectedUntil: number | null;
  activeAt: number | null;
  skills: Record<string, SkillLevel>;
  languages: string[];
  idleSince: number | null;
  lastPushedAt: number | null;
  /** A handoff rings at them. */
  ringing: boolean;
  teamIds: string[];
}

/** Everyone who may sign in, as routing sees them. */
export async function readRoutingAgents(db: Database): Promise<RoutingAgentRow[]> {
  const rows = await db.query<{
    id: string;
    name: string;
    status: AgentStatus;
    capacity: number;
    load: number;
    connected_until: Date | null;
    active_at: Date | null;
    skills: Record<string, SkillLevel>;
    languages: string[];
    idle_since: Date | null;
    last_pushed_at: Date | null;
    ringing: boolean;
    team_ids: string[];
  }>(
    `select u.id, u.name, u.status, u.capacity, u.load, u.connected_until, u.active_at, u.skills, u.languages, u.idle_since,
       u.last_pushed_at, exists (select 1 from conversations c where c.ring_agent_id = u.id) as ringing,
       array(select m.team_id from team_members m where m.user_id = u.id) as team_ids
     from users u where u.disabled_at is null order by u.id`,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    status: row.status,
    capacity: row.capacity,
    load: row.load,
    connectedUntil: row.connected_until?.getTime() ?? null,
    activeAt: row.active_at?.getTime() ?? null,
    skills: row.skills,
    languages: row.languages,
    idleSince: row.idle_since?.getTime() ?? null,
    lastPushedAt: row.last_pushed_at?.getTime() ?? null,
    ringing: row.ringing,
    teamIds: row.team_ids,
  }));
}

export interface RingRow {
  agentId: string;
  conversationId: string;
  handoffId: string;
  visitorId: string;
  customerName: string | null;
  until: number;
  priority: Priority;
  reason: Reason;
  mood: Mood;
  teamId: string | null;
  queuedAt: number;
  summary: string | null;
  dueAt: number | null;
  /** Why it rings out of a queue; null where their colleague asks them to take it over. */
  decided: { decision: RoutingDecision; input: DecisionInput } | null;
  asked: { at: number; fromAgentId: string; ownerEpoch: number; note: string | null } | null;
}

/** What rings at these agents now, at most one each. */
export async function readRings(db: Database, agentIds: readonly string[]): Promise<RingRow[]> {
  const rows = await db.query<{
    agent_id: string;
    conversation_id: string;
    handoff_id: string;
    visitor_id: string;
    customer_name: string | null;
    until: Date;
    priority: Priority;
    reason: Reason;
    mood: Mood;
    team_id: string | null;
    queued_at: Date;
    summary: string | null;
    due_at: Date | null;
    decision: RoutingDecision | null;
    input: DecisionInput | null;
    asked_at: Date | null;
    from_agent_id: string | null;
    owner_epoch: number;
    note: string | null;
  }>(
    `select c.ring_agent_id as agent_id, c.id as conversation_id, h.id as handoff_id, c.visitor_id,
       k.name as customer_name, c.ring_until as until, h.priority, h.reason, c.mood, h.team_id, h.queued_at,
       h.context->>'summary' as summary, h.response_due_at as due_at, d.decision, d.input,
       a.at as asked_at, c.agent_id as from_agent_id, c.owner_epoch, n.body as note
     from conversations c
       join handoffs h on h.id = c.handoff_id
       left join lateral (select decision, input from routing_decisions
         where c.state = 'pending' and handoff_id = h.id order by at desc, id desc limit 1) d on true
       left join lateral (select at, payload from events
         where c.state = 'active' and conversation_id = c.id and kind = 'handoff.transferAsked'
         order by seq desc limit 1) a on true
       left join messages n on n.id = (a.payload ->> 'noteId')::uuid
       left join customers k on k.id = c.customer_id
     where c.ring_agent_id = any($1::uuid[])`,
    [[...agentIds]],
  );
  return rows.map((row) => ({
    agentId: row.agent_id,
    conversationId: row.conversation_id,
    handoffId: row.handoff_id,
    visitorId: row.visitor_id,
    customerName: row.customer_name,
    until: row.until.getTime(),
    priority: row.priority,
    reason: row.reason,
    mood: row.mood,
    teamId: row.team_id,
    queuedAt: row.queued_at.getTime(),
    summary: row.summary,
    dueAt: row.due_at?.getTime() ?? null,
    decided: row.decision && row.input ? { decision: row.decision, input: row.input } : null,
    asked:
      row.asked_at && row.from_agent_id
        ? {
            at: row.asked_at.getTime(),
            fromAgentId: row.from_agent_id,
            ownerEpoch: row.owner_epoch,
            note: row.note,
          }
        : null,
  }));
}

/** The conversation that rings at an agent. */
export async function ringingAt(db: Database, agentId: string): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(
    'select id from conversations where ring_agent_id = $1::uuid',
    [agentId],
  );
  return row?.id ?? null;
}

export interface StoredDecision {
  id: string;
  agentId: string;
  at: number;
  decision: RoutingDecision;
  input: DecisionInput;
}

/** Every decision about a conversation's handoffs, the newest first. */
export async function readDecisions(
  db: Database,
  conversationId: string,
  limit: number,
): Promise<StoredDecision[]> {
  const rows = await db.query<{
    id: string;
    agent_id: string;
    at: Date;
    decision: RoutingDecision;
    input: DecisionInput;
  }>(
    `select id, agent_id, at, decision, input from routing_decisions
     where conversation_id = $1::uuid order by at desc, id desc limit $2::int`,
    [conversationId, limit],
  );
  return rows.map(({ agent_id, at, ...row }) => ({ ...row, agentId: agent_id, at: at.getTime() }));
}

/** Every waiting handoff, for the checker. */
export async function readWaitingRouted(db: Database): Promise<
  {
    id: string;
    conversationId: string;
    widgetId: string;
    mood: Mood;
    priority: Priority;
    routing: HandoffRouting | null;
    ring: { agentId: string; until: number } | null;
  }[]
> {
  const rows = await db.query<{
    id: string;
    conversation_id: string;
    widget_id: string;
    mood: Mood;
    priority: Priority;
    routing: HandoffRouting | null;
    ring_agent_id: string | null;
    ring_until: Date | null;
  }>(
    `select h.id, h.conversation_id, c.widget_id, c.mood, h.priority, h.routing, c.ring_agent_id, c.ring_until
     from handoffs h join conversations c on c.id = h.conversation_id where h.state = 'pending' order by h.id`,
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    widgetId: row.widget_id,
    mood: row.mood,
    priority: row.priority,
    routing: row.routing,
    ring:
      row.ring_agent_id && row.ring_until
        ? { agentId: row.ring_agent_id, until: row.ring_until.getTime() }
        : null,
  }));
}
