import { readAgents, writeStatus } from '@/db/queries/agents';
import { findConversation, type LoadedConversation } from '@/db/queries/conversations';
import { readRoutingAgents } from '@/db/queries/routing';
import { type DueTimer, deleteTimer, moveTimer } from '@/db/queries/timers';
import type { Handoff } from '@/lib/domain/conversation';
import { askedAgain, type HandoffRouting, openChain, widened } from '@/lib/domain/handoff-routing';
import { type NextStep, nextStep } from '@/lib/domain/next-step';
import { pickAgent, type RoutingDecision } from '@/lib/domain/routing';
import type { RoutingSettings } from '@/lib/domain/routing-settings';
import { TRANSITIONS } from '@/lib/domain/transitions';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { tellAgentChanged } from '../notices';
import { slaTimer } from '../sla/sla-timer';
import { endRing } from './end-ring';
import { wakeTeams } from './pushing-teams';
import { ROUTER } from './ring';
import { handoffNeeds, routableAgents, routingPolicy } from './team-snapshot';
import { stepKey, stepTimer } from './timers';

/** Nobody could ever take it: admins hear of it, and it is looked at again, for somebody may be made able to. */
const NOBODY_AGAIN_MS = 60_000;

type Waiting = LoadedConversation & { handoff: NonNullable<LoadedConversation['handoff']> };

/** Takes the next step of a waiting handoff if it is due, and sets the timer to the one after it. */
export async function stepRouting(
  ctx: Context,
  { conversationId }: Pick<DueTimer, 'conversationId'>,
): Promise<void> {
  await decideAgain(async () => {
    const loaded = await findConversation(ctx.db, conversationId);
    const seq = loaded?.head.seq ?? Number.MAX_SAFE_INTEGER;
    const key = stepKey(conversationId);
    if (loaded?.head.state === 'active' && loaded.head.ring)
      return endAsked(ctx, loaded.head, loaded.head.ring);
    if (loaded?.head.state !== 'pending' || !loaded.handoff?.routing) {
      await deleteTimer(ctx.db, key, Math.min(seq, 2 ** 31 - 1));
      return true;
    }
    const waiting: Waiting = { head: loaded.head, handoff: loaded.handoff };
    const { routing } = loaded.handoff;
    const settings = routingSettings(ctx, routing);
    const decisions = await decide(ctx, waiting, routing);
    const routed = {
      id: waiting.handoff.id,
      waitingSince: routing.since,
      widened: routing.reached.length - 1,
      ring: waiting.head.ring,
      declinedAt: routing.declinedAt,
      decisions,
    };
    const step = nextStep(routed, settings, ctx.now());
    if (step.kind === 'ring') {
      await wakeTeams(
        ctx,
        routing.reached.filter((teamId) => ctx.settings.routing(teamId).mode !== 'manual'),
      );
      const later = nextStep({ ...routed, decisions: decisions.map(withoutPick) }, settings, ctx.now());
      await keepTimer(ctx, key, later, seq);
      return true;
    }
    if (!('at' in step) || step.at > ctx.now()) {
      await keepTimer(ctx, key, step, seq);
      return true;
    }
    return take(ctx, waiting, routing, step);
  });
}

/** The colleague who was asked to take it over did not answer: it stays where it is. Asking makes nobody Away. */
async function endAsked(
  ctx: Context,
  { id, seq }: LoadedConversation['head'],
  { agentId, until }: NonNullable<LoadedConversation['head']['ring']>,
): Promise<true> {
  if (until > ctx.now()) {
    await moveTimer(ctx.db, stepKey(id), until, seq);
    return true;
  }
  const name = (await ctx.directory.findAgent(agentId))?.name ?? '';
  await endRing(ctx, ROUTER, id, { id: agentId, name }, 'no_answer');
  return true;
}

async function take(
  ctx: Context,
  { head, handoff }: Waiting,
  routing: HandoffRouting,
  step: Extract<NextStep, { at: number }>,
): Promise<true | null> {
  if (step.kind === 'end_ring') {
    const agent = await ctx.directory.findAgent(step.agentId);
    const name = agent?.name ?? '';
    // Away before the ring ends, or the next one would be theirs as well.
    const wasHere = await leaveDesk(ctx, step.agentId);
    const ended = await endRing(ctx, ROUTER, head.id, { id: step.agentId, name }, 'no_answer');
    if (!ended && wasHere) await writeStatus(ctx.db, step.agentId, 'available');
    await tellAgentChanged(ctx, step.agentId);
    return true;
  }
  const guard = {
    states: TRANSITIONS.widen.conversation,
    version: head.version,
    handoffId: handoff.id,
    ringAgentId: null,
  };
  const timers = [stepTimer(head.id, ctx.now())];
  if (step.kind === 'widen') {
    const fromTeamId = head.teamId ?? step.teamId;
    const committed = await commitChange(
      ctx,
      ROUTER,
      {
        conversationId: head.id,
        guard,
        head: { teamId: step.teamId },
        patchHandoff: {
          id: handoff.id,
          set: { teamId: step.teamId, routing: widened(routing, step.teamId) },
        },
        messages: [],
        events: [
          { kind: 'handoff.widened', payload: { handoffId: handoff.id, fromTeamId, teamId: step.teamId } },
        ],
        upsertTimers: [...timers, slaTimer(head.id, ctx.now())],
      },
      { teamId: head.teamId },
    );
    return committed && true;
  }
  const committed = await commitChange(ctx, ROUTER, {
    conversationId: head.id,
    guard,
    head: {},
    patchHandoff: { id: handoff.id, set: { routing: askedAgain(routing) } },
    messages: [],
    events: [{ kind: 'handoff.askedAgain', payload: { handoffId: handoff.id } }],
    upsertTimers: timers,
  });
  return committed && true;
}

/** Whoever lets it ring out is not there: nothing more is pushed to them until they say that they are back. */
async function leaveDesk(ctx: Context, agentId: string): Promise<boolean> {
  const [agent] = await readAgents(ctx.db, [agentId]);
  if (agent?.status !== 'available') return false;
  await writeStatus(ctx.db, agentId, 'away');
  return true;
}

async function keepTimer(ctx: Context, key: string, step: NextStep, seq: number): Promise<void> {
  if ('at' in step) return moveTimer(ctx.db, key, step.at, seq);
  if (step.kind === 'wait') return deleteTimer(ctx.db, key, seq);
  ctx.log.warn({ key }, 'nobody could ever take a waiting handoff: no agent has what it asks for');
  return moveTimer(ctx.db, key, ctx.now() + NOBODY_AGAIN_MS, seq);
}

/** How the handoff is routed: by the team it came to first, whose chain it follows. */
export function routingSettings(ctx: Context, routing: Pick<HandoffRouting, 'reached'>): RoutingSettings {
  const own = routing.reached[0] ?? '';
  const settings = ctx.settings.routing(own);
  return {
    ...settings,
    chain: openChain(settings.chain, own, (teamId) => ctx.directory.team(teamId) !== undefined),
  };
}

/** What each team it has reached answers now. */
async function decide(ctx: Context, { head, handoff }: Waiting, routing: HandoffRouting) {
  const agents = routableAgents(ctx, await readRoutingAgents(ctx.db));
  const asked = { priority: handoff.priority, mood: head.mood, widgetId: head.widgetId, routing };
  return decisionsFor(ctx, asked, agents);
}

/** What teams answered already, by what they were asked. */
export type AskedBefore = Map<string, RoutingDecision>;

/** What each team that a handoff has reached answers for these agents; the same asked again costs nothing. */
export function decisionsFor(
  ctx: Context,
  asked: { priority: Handoff['priority']; routing: HandoffRouting } & Pick<
    LoadedConversation['head'],
    'mood' | 'widgetId'
  >,
  agents: ReturnType<typeof routableAgents>,
  before: AskedBefore = new Map(),
): RoutingDecision[] {
  const now = ctx.now();
  return asked.routing.reached.map((teamId) => {
    const needs = handoffNeeds(ctx, asked, teamId);
    const key = JSON.stringify(needs);
    const known = before.get(key);
    if (known) return known;
    const decision = pickAgent(needs, { version: now, agents }, routingPolicy(ctx, teamId), now);
    before.set(key, decision);
    return decision;
  });
}

/** As if those who could take it now had just been given something else. */
function withoutPick(decision: RoutingDecision): RoutingDecision {
  return {
    ...decision,
    pick: null,
    eligible: 0,
    passedOver: { ...decision.passedOver, busy: decision.passedOver.busy + decision.eligible },
  };
}
