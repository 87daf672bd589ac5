import { findConversation } from '@/db/queries/conversations';
import { findCustomer } from '@/db/queries/customers';
import { insertVisitor } from '@/db/queries/visitors';
import type { AgentActor, VisitorActor } from '@/lib/domain/actor';
import { answerTurn } from '@/lib/services/bot/answer';
import type { Context } from '@/lib/services/context';
import { readAsAgent, readAsVisitor } from '@/lib/services/conversation/mark-read';
import { takeover } from '@/lib/services/conversation/takeover';
import { accept } from '@/lib/services/handoff/accept';
import { cancel } from '@/lib/services/handoff/cancel';
import { claim } from '@/lib/services/handoff/claim';
import { decline } from '@/lib/services/handoff/decline';
import { handBack } from '@/lib/services/handoff/hand-back';
import { resolve } from '@/lib/services/handoff/resolve';
import { transfer } from '@/lib/services/handoff/transfer';
import { addNote } from '@/lib/services/message/add-note';
import { sendAsAgent } from '@/lib/services/message/send-as-agent';
import { sendAsVisitor } from '@/lib/services/message/send-as-visitor';
import { uuidv7 } from '@/lib/services/new-id';
import { readOrder } from '@/lib/services/queue/order';
import { quote } from '@/lib/services/queue/quote';
import { acceptRing } from '@/lib/services/routing/answer-ring';
import { evaluateSla } from '@/lib/services/sla/evaluate';
import { conversationOf } from '@/lib/services/visitor/conversation-of';
import { visitorSnapshot } from '@/lib/services/visitor/open-session';
import type { SeedScript } from './larkfell/script';
import { AGENTS, PRODUCTS } from './larkfell/script';
import type { Random } from './random';

const SECOND = 1000;
const MINUTE = 60_000;

/** How far a play goes: to its end, or left standing in a state that the desk shows live. */
export type PlayEnd = 'end' | 'live' | 'offered' | 'pending' | 'claimed';

export interface Play {
  script: SeedScript;
  startsAt: number;
  customerId: string | null;
  random: Random;
  end: PlayEnd;
  /** Waits this long for a claim; null lets the script's own random decide. */
  waitMs?: number;
}

/** One conversation from its first word on, through the verbs that people use, on a clock of its own. */
export async function play(
  base: Context,
  { script, startsAt, customerId, random, end, waitMs }: Play,
): Promise<string> {
  const clock = { at: startsAt };
  const ctx: Context = { ...base, now: () => clock.at, newId: () => uuidv7(clock.at) };
  const later = (low: number, high: number) => {
    clock.at += Math.round(random.between(low, high));
  };
  const widget = ctx.directory.widgetByKey('larkfell');
  if (!widget) throw new Error('The demo widget is missing');
  const visitorId = ctx.newId();
  await insertVisitor(ctx.db, { id: visitorId, widgetId: widget.id, customerId, at: clock.at });
  let visitor: VisitorActor = { kind: 'visitor', id: visitorId, widgetId: widget.id, conversationId: null };
  const say = async (body: string, key: string) => {
    await sendAsVisitor(ctx, visitor, { clientId: `seed-${key}-visitor`, body });
  };
  const fill = filler(script, random);

  for (const [index, line] of script.turns.entries()) {
    await say(fill(line), `turn${index}`);
    visitor = await knowing(ctx, visitor);
    clock.at += Math.round(random.between(350, 900));
    await answerTurn(ctx, idOf(visitor));
    later(12 * SECOND, 50 * SECOND);
  }
  const conversationId = idOf(visitor);
  const offered = (await visitorSnapshot(ctx, conversationId)).handoff;
  if (offered?.state !== 'offered') {
    if (end === 'claimed') await step(ctx, conversationId, random);
    return conversationId;
  }
  if (end === 'offered') return conversationId;
  if (end === 'end' && random.chance(0.07)) {
    await decline(ctx, visitor, { handoffId: offered.id });
    return conversationId;
  }
  await accept(ctx, visitor, { handoffId: offered.id, details: 'later' });
  const queued = await findConversation(ctx.db, conversationId);
  const teamId = queued?.head.teamId ?? null;
  // As a server does whenever a line moves. Who else is in it now is at another time, in a play of their own.
  if (teamId !== null) {
    const line = await readOrder(ctx, [teamId]);
    await quote(
      ctx,
      teamId,
      line.filter(({ handoff }) => handoff.id === offered.id),
    );
  }
  if (end === 'pending') return conversationId;
  const wait = waitMs ?? waitOf(random);
  if (end === 'end' && random.chance(0.05)) {
    clock.at += Math.round(wait);
    await evaluateSla(ctx, conversationId);
    await cancel(ctx, visitor, { handoffId: offered.id });
    await evaluateSla(ctx, conversationId);
    return conversationId;
  }
  clock.at += Math.round(wait);
  await evaluateSla(ctx, conversationId);
  const agent = agentFor(ctx, teamId, random);
  const { ownerEpoch } = await claim(ctx, agent, { conversationId, handoffId: offered.id });
  later(10 * SECOND, 40 * SECOND);
  const talked = await talk({
    ctx,
    agent,
    visitor,
    conversationId,
    ownerEpoch,
    script,
    fill,
    later,
    say,
    end,
  });
  if (end !== 'end') return conversationId;
  later(20 * SECOND, 3 * MINUTE);
  await finish(ctx, agent, conversationId, talked, random);
  await evaluateSla(ctx, conversationId);
  return conversationId;
}

async function talk(talking: {
  ctx: Context;
  agent: AgentActor;
  visitor: VisitorActor;
  conversationId: string;
  ownerEpoch: number;
  script: SeedScript;
  fill: (line: string) => string;
  later: (low: number, high: number) => void;
  say: (body: string, key: string) => Promise<void>;
  end: PlayEnd;
}): Promise<number> {
  const { ctx, agent, visitor, conversationId, ownerEpoch, script, fill, later, say, end } = talking;
  const known = await findConversation(ctx.db, conversationId);
  const customer = known?.head.customerId ? await findCustomer(ctx.db, known.head.customerId) : null;
  const customerName = customer ? firstName(customer.name) : 'there';
  const lines = end === 'claimed' ? script.agentLines.slice(0, 1) : script.agentLines;
  for (const [index, line] of lines.entries()) {
    const body = fill(line)
      .replaceAll('{customer}', customerName)
      .replaceAll('{agent}', firstName(agent.name));
    await sendAsAgent(ctx, agent, { conversationId, clientId: `seed-line${index}-agent`, body, ownerEpoch });
    await evaluateSla(ctx, conversationId);
    later(8 * SECOND, 30 * SECOND);
    const seen = await findConversation(ctx.db, conversationId);
    await readAsVisitor(ctx, visitor, { upTo: seen?.head.visibleSeq ?? 1 });
    const reply = script.replies[index];
    if (!reply) continue;
    later(15 * SECOND, 70 * SECOND);
    await say(fill(reply).replaceAll('{agent}', firstName(agent.name)), `reply${index}`);
    later(4 * SECOND, 15 * SECOND);
    const told = await findConversation(ctx.db, conversationId);
    await readAsAgent(ctx, agent, { conversationId, upTo: told?.head.visibleSeq ?? 1 });
    later(15 * SECOND, 60 * SECOND);
  }
  return ownerEpoch;
}

/** Most are resolved; some go back to the bot, some to a colleague who resolves them. */
async function finish(
  ctx: Context,
  agent: AgentActor,
  conversationId: string,
  ownerEpoch: number,
  random: Random,
): Promise<void> {
  if (random.chance(0.04)) {
    await handBack(ctx, agent, { conversationId, ownerEpoch });
    return;
  }
  if (random.chance(0.06)) {
    const colleague = agentFor(ctx, null, random, agent.id);
    await transfer(ctx, agent, {
      conversationId,
      ownerEpoch,
      to: { kind: 'agent', id: colleague.id },
      note: 'All said and settled, only the confirmation is open.',
      ...(colleague.teamIds.some((teamId) => agent.teamIds.includes(teamId))
        ? {}
        : { misrouted: true as const }),
    });
    const handoffId = (await findConversation(ctx.db, conversationId))?.handoff?.id ?? '';
    await acceptRing(ctx, colleague, { conversationId, handoffId });
    await resolve(ctx, colleague, { conversationId, ownerEpoch: ownerEpoch + 1 });
    return;
  }
  if (random.chance(0.1)) {
    await addNote(ctx, agent, {
      conversationId,
      clientId: 'seed-note-closing',
      body: 'Settled. Nothing open on our side.',
    });
  }
  await resolve(ctx, agent, { conversationId, ownerEpoch });
}

/** An agent steps into a talk that the bot was handling well enough. */
async function step(ctx: Context, conversationId: string, random: Random): Promise<void> {
  const agent = agentFor(ctx, null, random);
  const { ownerEpoch } = await takeover(ctx, agent, { conversationId });
  await sendAsAgent(ctx, agent, {
    conversationId,
    clientId: 'seed-takeover-line',
    body: 'Hi, I read along and can help with this one myself.',
    ownerEpoch,
  });
}

/** Waits as a desk knows them: mostly within two minutes, now and then long. */
function waitOf(random: Random): number {
  const usual = -Math.log(1 - random.next()) * 1.6 * MINUTE;
  return Math.min(38 * MINUTE, 6 * SECOND + usual * (random.chance(0.08) ? 6 : 1));
}

function agentFor(ctx: Context, teamId: string | null, random: Random, exceptId = ''): AgentActor {
  const seeded = new Set(AGENTS.map((agent) => agent.email));
  const able = ctx.directory
    .agents()
    .filter((agent) => seeded.has(agent.email) && agent.id !== exceptId)
    .filter((agent) => teamId === null || agent.teamIds.includes(teamId));
  const { id, name, role, teamIds } = random.pick(able);
  return { kind: 'agent', id, name, role, teamIds };
}

function filler(script: SeedScript, random: Random): (line: string) => string {
  const order = String(1000 + Math.floor(random.between(0, 900)));
  const wanted = script.products ?? PRODUCTS.map((product) => product.name);
  const product = random.pick(PRODUCTS.filter((each) => wanted.includes(each.name)));
  return (line) =>
    line
      .replaceAll('{order}', order)
      .replaceAll('{product}', product.name)
      .replaceAll('{amount}', product.price);
}

async function knowing(ctx: Context, visitor: VisitorActor): Promise<VisitorActor> {
  if (visitor.conversationId !== null) return visitor;
  return { ...visitor, conversationId: await conversationOf(ctx, visitor) };
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

function idOf(visitor: VisitorActor): string {
  if (visitor.conversationId === null) throw new Error('The conversation was not made');
  return visitor.conversationId;
}
