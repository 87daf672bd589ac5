import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import { agentOfHandshake } from '@/lib/auth/handshake';
import type { AgentActor } from '@/lib/domain/actor';
import {
  type LiveViewKey,
  PROTOCOL_VERSION,
  type ServerToVisitor,
  type VisitorToServer,
} from '@/lib/protocol';
import { noteActivity } from '@/lib/services/agent/note-activity';
import { readColleagues } from '@/lib/services/agent/read';
import { setStatus } from '@/lib/services/agent/set-status';
import { cancelAsAgent } from '@/lib/services/callback/cancel';
import { markCallback } from '@/lib/services/callback/mark';
import { readCallback } from '@/lib/services/callback/read';
import { readOwnSlots, scheduleCallback } from '@/lib/services/callback/schedule';
import type { Context } from '@/lib/services/context';
import { readAsAgent } from '@/lib/services/conversation/mark-read';
import { join, leave } from '@/lib/services/conversation/participate';
import { eventsBefore, eventsSince, openConversation, readable } from '@/lib/services/conversation/read';
import { takeover } from '@/lib/services/conversation/takeover';
import { typingTarget } from '@/lib/services/conversation/typing-target';
import { readDesk } from '@/lib/services/desk/read';
import { revealForm } from '@/lib/services/form/reveal';
import { listForms, sendForm } from '@/lib/services/form/send';
import { claim } from '@/lib/services/handoff/claim';
import { claimNext } from '@/lib/services/handoff/claim-next';
import { handBack } from '@/lib/services/handoff/hand-back';
import { prioritise } from '@/lib/services/handoff/prioritise';
import { reassign } from '@/lib/services/handoff/reassign';
import { release } from '@/lib/services/handoff/release';
import { resolve } from '@/lib/services/handoff/resolve';
import { transfer } from '@/lib/services/handoff/transfer';
import { withdrawTransfer } from '@/lib/services/handoff/withdraw-transfer';
import { addNote } from '@/lib/services/message/add-note';
import { id, nothing } from '@/lib/services/message/inputs';
import { sendAsAgent } from '@/lib/services/message/send-as-agent';
import { acceptRing, declineRing } from '@/lib/services/routing/answer-ring';
import { readRoutingDecisions } from '@/lib/services/routing/read-decisions';
import { authoriseView, readResolvedPage, viewInput } from '@/lib/services/view/read';
import type { AgentPresence } from './agent-presence';
import { socketConnections } from './metrics';
import { agentAllowance } from './rate-limits';
import { outdated, refuseHandshake, unauthenticated } from './refuse-handshake';
import { rooms } from './rooms';
import { serve } from './serve';
import type { ViewHub } from './view-hub';

const handshake = z.strictObject({ protocol: z.literal(PROTOCOL_VERSION) });
const conversationInput = z.strictObject({ conversationId: id });

/** The desk's side. Who it is comes from the cookie's session, looked up at the handshake. */
export function serveAgents(
  ctx: Context,
  agents: Namespace,
  visitors: Namespace<VisitorToServer, ServerToVisitor>,
  views: ViewHub,
  presence: AgentPresence,
): void {
  agents.use((socket, next) => {
    admit(ctx, socket, presence).then(
      () => next(),
      (error: unknown) => next(refuseHandshake(ctx, error)),
    );
  });
  agents.on('connection', (socket) => {
    const actor: AgentActor = socket.data.actor;
    const watched = new Set<LiveViewKey>();
    socketConnections.inc({ side: 'agent' });
    presence.came(actor.id);
    socket.once('disconnect', () => {
      socketConnections.dec({ side: 'agent' });
      presence.went(actor.id);
      for (const key of watched) views.close(key);
    });
    serve(ctx, socket, handlers(ctx, socket, actor, visitors, views, watched), agentAllowance(actor.id));
  });
}

async function admit(ctx: Context, socket: Socket, presence: AgentPresence): Promise<void> {
  const parsed = handshake.safeParse(socket.handshake.auth);
  if (!parsed.success) throw outdated();
  const signedIn = await agentOfHandshake(ctx, socket.handshake.headers.cookie);
  if (signedIn === null) throw unauthenticated();
  socket.data.actor = signedIn.actor;
  const { actor } = signedIn;
  await presence.arrive(actor.id);
  const breaches = actor.role === 'admin' ? ['all'] : actor.role === 'supervisor' ? actor.teamIds : [];
  await socket.join([
    rooms.agent(actor.id),
    rooms.session(signedIn.sessionId),
    ...breaches.map(rooms.breaches),
  ]);
}

function handlers(
  ctx: Context,
  socket: Socket,
  actor: AgentActor,
  visitors: Namespace<VisitorToServer, ServerToVisitor>,
  views: ViewHub,
  watched: Set<LiveViewKey>,
) {
  type Of<V extends (ctx: Context, actor: AgentActor, input: never) => unknown> = Parameters<V>[2];
  return {
    'desk:open': (input: unknown) => {
      nothing.parse(input);
      return readDesk(ctx, actor);
    },
    'agent:setStatus': (input: unknown) => setStatus(ctx, actor, input as Of<typeof setStatus>),
    'agent:active': (input: unknown) => {
      nothing.parse(input);
      return noteActivity(ctx, actor);
    },
    'agent:colleagues': (input: unknown) => {
      nothing.parse(input);
      return readColleagues(ctx, actor);
    },
    'view:open': async (input: unknown) => {
      const { key } = viewInput.parse(input);
      authoriseView(actor, key);
      await socket.join(rooms.view(key));
      if (watched.has(key)) views.close(key);
      watched.add(key);
      return views.open(key);
    },
    'view:close': async (input: unknown) => {
      const { key } = viewInput.parse(input);
      await socket.leave(rooms.view(key));
      if (watched.delete(key)) views.close(key);
    },
    'view:resolved': (input: unknown) => readResolvedPage(ctx, actor, input as Of<typeof readResolvedPage>),
    'conversation:open': async (input: unknown) => {
      const { conversationId } = conversationInput.parse(input);
      await readable(ctx, actor, conversationId);
      await socket.join(rooms.staff(conversationId));
      try {
        return await openConversation(ctx, actor, { conversationId });
      } catch (error) {
        await socket.leave(rooms.staff(conversationId));
        throw error;
      }
    },
    'conversation:close': async (input: unknown) => {
      await socket.leave(rooms.staff(conversationInput.parse(input).conversationId));
    },
    'conversation:since': (input: unknown) => eventsSince(ctx, actor, input as Of<typeof eventsSince>),
    'conversation:before': (input: unknown) => eventsBefore(ctx, actor, input as Of<typeof eventsBefore>),
    'conversation:read': (input: unknown) => readAsAgent(ctx, actor, input as Of<typeof readAsAgent>),
    'conversation:takeover': (input: unknown) => takeover(ctx, actor, input as Of<typeof takeover>),
    'conversation:join': (input: unknown) => join(ctx, actor, input as Of<typeof join>),
    'conversation:leave': (input: unknown) => leave(ctx, actor, input as Of<typeof leave>),
    'message:send': (input: unknown) => sendAsAgent(ctx, actor, input as Of<typeof sendAsAgent>),
    'note:add': (input: unknown) => addNote(ctx, actor, input as Of<typeof addNote>),
    'form:list': (input: unknown) => {
      nothing.parse(input);
      return listForms(ctx, actor);
    },
    'form:send': (input: unknown) => sendForm(ctx, actor, input as Of<typeof sendForm>),
    'form:reveal': (input: unknown) => revealForm(ctx, actor, input as Of<typeof revealForm>),
    'handoff:claim': (input: unknown) => claim(ctx, actor, input as Of<typeof claim>),
    'handoff:claimNext': (input: unknown) => {
      nothing.parse(input);
      return claimNext(ctx, actor);
    },
    'ring:accept': (input: unknown) => acceptRing(ctx, actor, input as Of<typeof acceptRing>),
    'ring:decline': (input: unknown) => declineRing(ctx, actor, input as Of<typeof declineRing>),
    'routing:decisions': (input: unknown) =>
      readRoutingDecisions(ctx, actor, input as Of<typeof readRoutingDecisions>),
    'handoff:release': (input: unknown) => release(ctx, actor, input as Of<typeof release>),
    'handoff:transfer': (input: unknown) => transfer(ctx, actor, input as Of<typeof transfer>),
    'handoff:withdrawTransfer': (input: unknown) =>
      withdrawTransfer(ctx, actor, input as Of<typeof withdrawTransfer>),
    'handoff:reassign': (input: unknown) => reassign(ctx, actor, input as Of<typeof reassign>),
    'handoff:handBack': (input: unknown) => handBack(ctx, actor, input as Of<typeof handBack>),
    'handoff:resolve': (input: unknown) => resolve(ctx, actor, input as Of<typeof resolve>),
    'callback:read': (input: unknown) => readCallback(ctx, actor, input as Of<typeof readCallback>),
    'callback:slots': (input: unknown) => readOwnSlots(ctx, actor, input as Of<typeof readOwnSlots>),
    'callback:schedule': (input: unknown) =>
      scheduleCallback(ctx, actor, input as Of<typeof scheduleCallback>),
    'callback:mark': (input: unknown) => markCallback(ctx, actor, input as Of<typeof markCallback>),
    'callback:cancel': (input: unknown) => cancelAsAgent(ctx, actor, input as Of<typeof cancelAsAgent>),
    'handoff:prioritise': (input: unknown) => prioritise(ctx, actor, input as Of<typeof prioritise>),
    'typing:set': async (input: unknown) => {
      const { conversationId } = conversationInput.parse(input);
      const target = await typingTarget(ctx, actor, conversationId);
      const seen = { conversationId, by: 'agent' as const, name: actor.name };
      socket.to(rooms.staff(conversationId)).volatile.emit('typing:seen', seen);
      if (target)
        visitors.to(rooms.visitor(target)).volatile.emit('typing:seen', { by: 'agent', name: actor.name });
    },
  };
}
