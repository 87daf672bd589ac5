import { AgentIsFull, type Change, type Committed, commit, LinkIsSpent, slotMoves } from '@/db/commit';
import { type Actor, loggedActor } from '@/lib/domain/actor';
import { wakeCalendars } from './calendar/timer';
import type { Context, Publication } from './context';
import { AppError } from './errors';
import { outboxTimer } from './mail/outbox-timer';
import { tellAgentChanged } from './notices';
import { withRouting } from './routing/with-routing';

/** Commits a change and tells everyone who may know. Null when the guard did not hold, and nobody is told. */
export async function commitChange(
  ctx: Context,
  actor: Actor,
  decided: Change,
  left: Publication['left'] = {},
  customer?: Publication['customer'],
): Promise<Committed | null> {
  const at = ctx.now();
  ctx.failpoint('before-commit');
  const change = withOutbox(allLeave(withRouting(ctx, decided, slotMoves(decided).free)), at);
  const { overflowSlots, waitingFreesSlot } = ctx.settings.queue();
  const rules = { overflow: overflowSlots > 0, waitingFreesSlot };
  const committed = await commit(ctx.db, ctx.keys.audit, change, actor, at, rules).catch((error: unknown) => {
    if (error instanceof AgentIsFull) throw fullOf(ctx, actor, error.agentId);
    if (error instanceof LinkIsSpent) throw new AppError('conflict', 'This link was used, or has run out.');
    throw error;
  });
  ctx.failpoint('after-commit');
  if (committed === null) return null;
  const claimed = change.events.some(({ kind }) => kind === 'handoff.claimed');
  if (claimed && committed.handoff?.teamId && committed.handoff.priority !== 1)
    ctx.flow.pulled(committed.handoff.teamId);
  ctx.awaiting.hear(committed.head, change.messages);
  ctx.publish({ committed, change, actor: loggedActor(actor), at, left, ...(customer ? { customer } : {}) });
  ctx.failpoint('published');
  if (committed.armed) ctx.wakeTimers();
  await tellRung(ctx, change);
  if (change.insertCallback || change.patchCallback) await followInCalendars(ctx);
  return committed;
}

/** Nobody writes beside an agent where there is none any more. */
function allLeave(change: Change): Change {
  const { state } = change.head;
  const ends = state !== undefined && state !== 'active' && change.guard.states?.includes('active');
  return ends ? { ...change, head: { ...change.head, participants: 'none' } } : change;
}

/** What is to be sent wakes whoever sends. */
function withOutbox(change: Change, at: number): Change {
  if (!change.outbox?.length) return change;
  return { ...change, upsertTimers: [...(change.upsertTimers ?? []), outboxTimer(at)] };
}

/** Best effort: what differs between calls and calendars is looked for every minute anyway. */
async function followInCalendars(ctx: Context): Promise<void> {
  await wakeCalendars(ctx).catch((error: unknown) =>
    ctx.log.warn({ err: error }, 'calendars were not told of a call and follow within a minute'),
  );
}

/** At whom a ring began or ended: their tabs may be with another process. A ring nobody was told of rings out by itself. */
async function tellRung(ctx: Context, { head, guard }: Change): Promise<void> {
  for (const agentId of [head.ring?.agentId, guard.ringAgentId]) {
    if (!agentId) continue;
    await tellAgentChanged(ctx, agentId).catch((error: unknown) =>
      ctx.log.warn({ err: error, agentId }, 'an agent could not be told of a ring'),
    );
  }
}

function fullOf(ctx: Context, actor: Actor, agentId: string): AppError {
  if (actor.kind === 'agent' && actor.id === agentId) {
    return new AppError('limit', 'You have all the conversations you can take. End or transfer one first.');
  }
  const name = ctx.directory.agent(agentId)?.name ?? 'This colleague';
  return new AppError('limit', `${name} has all the conversations they can take. Choose somebody else.`);
}
