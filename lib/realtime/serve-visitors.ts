import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import type { VisitorActor } from '@/lib/domain/actor';
import { type AgentToServer, CATCH_UP_EVENTS, PROTOCOL_VERSION, type ServerToAgent } from '@/lib/protocol';
import { takeUpApproach } from '@/lib/services/approach/take-up';
import { bookCallback } from '@/lib/services/callback/book';
import { proposeSlots } from '@/lib/services/callback/propose';
import type { Context } from '@/lib/services/context';
import { readAsVisitor } from '@/lib/services/conversation/mark-read';
import { chooseForm } from '@/lib/services/form/choose';
import { accept } from '@/lib/services/handoff/accept';
import { cancel } from '@/lib/services/handoff/cancel';
import { chooseArticle } from '@/lib/services/handoff/choose-article';
import { decline } from '@/lib/services/handoff/decline';
import { followUp } from '@/lib/services/handoff/follow-up';
import { requestPerson } from '@/lib/services/handoff/request';
import { nothing, seq } from '@/lib/services/message/inputs';
import { sendAsVisitor } from '@/lib/services/message/send-as-visitor';
import { conversationOf } from '@/lib/services/visitor/conversation-of';
import { admitVisitor, openSession, visitorEventsSince } from '@/lib/services/visitor/open-session';
import { noteSite } from '@/lib/services/widget/note-site';
import { addressOf } from './address-of';
import { socketConnections } from './metrics';
import type { PositionBoard } from './position-board';
import { type Allowance, admitAddress } from './rate-limits';
import { outdated, refuseHandshake } from './refuse-handshake';
import { rooms } from './rooms';
import { serve } from './serve';
import type { VisitorPresence } from './visitor-presence';

const handshake = z.strictObject({
  protocol: z.number().int(),
  widget: z.string().min(1).max(80),
  token: z.string().max(500).optional(),
  identity: z.string().max(4000).optional(),
  link: z.string().max(500).optional(),
  site: z.string().max(300).optional(),
});
const sinceInput = z.strictObject({ after: seq });

/** The customer's side. Who it is comes from the signed token of the handshake; no event names a conversation. */
export function serveVisitors(
  ctx: Context,
  visitors: Namespace,
  agents: Namespace<AgentToServer, ServerToAgent>,
  positions: PositionBoard,
  presence: VisitorPresence,
  allowance: (visitorId: string) => Allowance,
): void {
  visitors.use((socket, next) => {
    admit(ctx, socket).then(
      () => next(),
      (error: unknown) => next(refuseHandshake(ctx, error)),
    );
  });
  visitors.on('connection', (socket) => {
    const actor: VisitorActor = socket.data.actor;
    socketConnections.inc({ side: 'visitor' });
    socket.once('disconnect', () => {
      socketConnections.dec({ side: 'visitor' });
      positions.unwatch(actor.id);
      presence.went(actor.id);
    });
    positions.watch(actor.id);
    presence.came(actor.id);
    serve(ctx, socket, handlers(ctx, socket, agents, positions, presence), allowance(actor.id));
  });
}

async function admit(ctx: Context, socket: Socket): Promise<void> {
  await admitAddress(addressOf(socket.handshake.address, socket.handshake.headers));
  const auth = handshake.parse(socket.handshake.auth);
  if (auth.protocol !== PROTOCOL_VERSION) throw outdated();
  const actor = await admitVisitor(ctx, auth);
  if (auth.site !== undefined) await noteSite(ctx, actor.widgetId, auth.site);
  socket.data.actor = actor;
  await socket.join(rooms.visitor(actor.id));
}

function handlers(
  ctx: Context,
  socket: Socket,
  agents: Namespace<AgentToServer, ServerToAgent>,
  positions: PositionBoard,
  presence: VisitorPresence,
) {
  const actor = (): VisitorActor => socket.data.actor;
  type Of<V extends (ctx: Context, actor: VisitorActor, input: never) => unknown> = Parameters<V>[2];
  return {
    'session:open': async (input: unknown) => {
      nothing.parse(input);
      const session = await openSession(ctx, actor());
      if (session.conversation) know(socket, session.conversation.conversationId);
      positions.told(actor().id, session.position);
      return session;
    },
    'conversation:since': (input: unknown) =>
      visitorEventsSince(ctx, actor(), sinceInput.parse(input).after, CATCH_UP_EVENTS),
    'conversation:read': (input: unknown) => readAsVisitor(ctx, actor(), input as Of<typeof readAsVisitor>),
    'message:send': (input: unknown) => sendAsVisitor(ctx, actor(), input as Of<typeof sendAsVisitor>),
    'handoff:request': (input: unknown) => {
      nothing.parse(input);
      return requestPerson(ctx, actor());
    },
    'approach:takeUp': (input: unknown) => takeUpApproach(ctx, actor(), input as Of<typeof takeUpApproach>),
    'handoff:accept': (input: unknown) => accept(ctx, actor(), input as Of<typeof accept>),
    'handoff:followUp': async (input: unknown) => {
      const left = await followUp(ctx, actor(), input as Of<typeof followUp>);
      await presence.keep([actor().id]);
      return left;
    },
    'form:choose': (input: unknown) => chooseForm(ctx, actor(), input as Of<typeof chooseForm>),
    'handoff:choose': (input: unknown) => chooseArticle(ctx, actor(), input as Of<typeof chooseArticle>),
    'callback:slots': (input: unknown) => proposeSlots(ctx, actor(), input as Of<typeof proposeSlots>),
    'callback:book': async (input: unknown) => {
      const booked = await bookCallback(ctx, actor(), input as Of<typeof bookCallback>);
      if (booked.email !== null) await presence.keep([actor().id]);
      return booked;
    },
    'handoff:decline': (input: unknown) => decline(ctx, actor(), input as Of<typeof decline>),
    'handoff:cancel': (input: unknown) => cancel(ctx, actor(), input as Of<typeof cancel>),
    'typing:set': async (input: unknown) => {
      nothing.parse(input);
      const conversationId = await conversationOf(ctx, actor());
      if (conversationId === null) return;
      know(socket, conversationId);
      agents
        .to(rooms.staff(conversationId))
        .volatile.emit('typing:seen', { conversationId, by: 'visitor', name: null });
    },
  };
}

/** A visitor has one conversation and keeps it: once known it need not be looked up again. */
function know(socket: Socket, conversationId: string): void {
  socket.data.actor = { ...socket.data.actor, conversationId };
}
