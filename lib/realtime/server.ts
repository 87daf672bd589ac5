import http, { type IncomingMessage } from 'node:http';
import { type Namespace, Server } from 'socket.io';
import type { LoggedActor } from '@/lib/domain/actor';
import { type ConversationEvent, changesOwner, type EventOf, movesClocks } from '@/lib/domain/conversation';
import { allows } from '@/lib/domain/permissions';
import {
  type AgentToServer,
  type LiveViewKey,
  MAX_FRAME_BYTES,
  type ServerToAgent,
  type ServerToVisitor,
  SOCKET_PATH,
  type TransferNotice,
  type VisitorToServer,
} from '@/lib/protocol';
import type { Context, Publication } from '@/lib/services/context';
import { loggedEvents, staffBatch, visitorEvent } from '@/lib/services/conversation/wire';
import { quote } from '@/lib/services/queue/quote';
import { AgentBoard } from './agent-board';
import { AgentPresence } from './agent-presence';
import { evict } from './evict';
import { PositionBoard } from './position-board';
import { visitorAllowances } from './rate-limits';
import { rooms } from './rooms';
import { serveAgents } from './serve-agents';
import { serveVisitors } from './serve-visitors';
import { touchedViews, ViewHub } from './view-hub';
import { VisitorPresence } from './visitor-presence';

/** How often those who wait are told their wait anew, when nothing else moves their line. */
const QUOTE_MS = 10_000;
const queueKey = (teamId: string): LiveViewKey => `pending:${teamId}`;

export interface Realtime {
  io: Server;
  /** Tells everyone who may know what was committed. */
  publish(publication: Publication): void;
  /** Shows a visitor what the bot is about to say. */
  showDraft: Context['showDraft'];
  /** Watches every team's queue, so that those who wait learn their place. Called again when a team is made. */
  keepQueues(): Promise<void>;
  /** Sockets are asked to come back elsewhere; then all connections close. */
  drain(): Promise<void>;
  /** Ends the sockets of a session that was revoked. */
  endSession(sessionId: string): void;
  /** Whether a desk of this agent is connected here. */
  hears(agentId: string): boolean;
  /** Something about the agent changed that their own tabs show. */
  agentChanged(agentId: string): void;
  customersChanged(): void;
  /** Queues may stand in another order by other settings, and agents be away from another instant. */
  settingsChanged(): void;
  views: ViewHub;
}

/** Socket.IO over the one HTTP server. `upgrade` and requests are dispatched to `io.engine` by server.ts. */
export function openRealtime(
  ctx: Context,
  allowedOrigin: (request: IncomingMessage) => boolean,
  visitorMessages = 20,
): Realtime {
  const io = new Server({
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    destroyUpgrade: false,
    connectTimeout: 15_000,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    allowRequest: (request, decide) => decide(null, allowedOrigin(request)),
  });
  // The engine is made on a server that never listens: the real one's upgrades are handed to it by serve-http.
  io.attach(new http.Server());
  const agents: Namespace<AgentToServer, ServerToAgent> = io.of('/agent');
  const visitors: Namespace<VisitorToServer, ServerToVisitor> = io.of('/visitor');
  const positions = new PositionBoard((visitorId, position) =>
    visitors.to(rooms.visitor(visitorId)).emit('queue:position', position),
  );
  const views = new ViewHub(
    ctx,
    (diff) => agents.to(rooms.view(diff.key)).emit('view:changed', diff),
    async (teamId, order) => positions.reorder(teamId, await quote(ctx, teamId, order)),
  );
  // Agents come and go and clocks go on while a line stands still.
  const quotes = setInterval(() => views.touch(positions.awaited().map(queueKey)), QUOTE_MS).unref();
  const presence = new AgentPresence(ctx);
  const board = new AgentBoard(ctx, presence, (agentId, own) =>
    agents.to(rooms.agent(agentId)).emit('agent:changed', own),
  );
  serveAgents(ctx, agents, visitors, views, presence);
  const visitorPresence = new VisitorPresence(ctx);
  serveVisitors(ctx, visitors, agents, positions, visitorPresence, visitorAllowances(visitorMessages));

  const queues = () => ctx.directory.teams().map(({ id }) => queueKey(id));

  /** Whoever had it and whoever has it now, but not whoever did it. */
  function tellReassigned(
    by: LoggedActor,
    conversationId: string,
    { from, to }: EventOf<'handoff.reassigned'>['payload'],
  ): void {
    if (by.kind !== 'agent') return;
    const tell = (agentId: string, yours: boolean) => {
      if (agentId === by.id) return;
      const notice = { conversationId, byName: by.name, toName: to.name, yours };
      agents.to(rooms.agent(agentId)).emit('handoff:reassigned', notice);
    };
    if (from) tell(from.id, false);
    if (to.kind === 'agent') tell(to.id, true);
  }

  /** Whoever asked a colleague to take it over learns how that came out. */
  function tellTransferAnswered(
    by: LoggedActor,
    head: Publication['committed']['head'],
    event: ConversationEvent,
  ): void {
    const tell = (agentId: string | null, byName: string, answer: TransferNotice['answer']) => {
      if (agentId === null) return;
      agents
        .to(rooms.agent(agentId))
        .emit('handoff:transferAnswered', { conversationId: head.id, byName, answer });
    };
    if (event.kind === 'handoff.ringEnded' && head.state === 'active' && event.payload.why !== 'withdrawn') {
      tell(head.agentId, event.payload.agentName, event.payload.why);
    }
    if (event.kind === 'handoff.transferred' && by.kind === 'agent' && by.id === event.payload.to.id) {
      tell(event.payload.fromAgentId, by.name, 'accepted');
    }
  }

  function tellCallbackNear(conversationId: string, event: ConversationEvent): void {
    if (event.kind !== 'callback.reminded' && event.kind !== 'callback.due') return;
    const { agent, slot, channel } = event.payload;
    if (agent === null || slot === null) return;
    const step = event.kind === 'callback.due' ? 'due' : 'soon';
    agents
      .to(rooms.agent(agent.id))
      .emit('callback:near', { conversationId, step, channel, startAt: slot.startAt });
  }

  /** Whoever of the team may read the talk. */
  function tellRuleHeld(head: Publication['committed']['head'], event: ConversationEvent): void {
    if (event.kind !== 'team.notified') return;
    const { teamId, ruleId } = event.payload;
    const rule = ctx.settings.rules().rules.find(({ id }) => id === ruleId)?.name;
    const team = ctx.directory
      .agents()
      .filter((agent) => agent.teamIds.includes(teamId) && allows(agent, 'conversation.read', head));
    if (rule === undefined || team.length === 0) return;
    agents
      .to(team.map(({ id }) => rooms.agent(id)))
      .emit('rule:notified', { conversationId: head.id, rule, state: head.state });
  }

  return {
    io,
    views,
    publish(publication) {
      const { head } = publication.committed;
      const logged = loggedEvents(publication);
      agents.to(rooms.staff(head.id)).emit('conversation:events', staffBatch(publication, logged));
      const seen = logged.map((event) => visitorEvent(ctx, event)).filter((event) => event !== null);
      if (seen.length > 0)
        visitors.to(rooms.visitor(head.visitorId)).emit('conversation:events', { events: seen });
      if (publication.change.events.some((event) => changesOwner(event.kind))) {
        evict(agents, head);
        board.touch([head.agentId, publication.left.agentId]);
      } else if (publication.committed.slotMoved) {
        board.touch([head.agentId]);
      }
      for (const event of publication.change.events) {
        tellTransferAnswered(publication.actor, head, event);
        if (event.kind === 'handoff.reassigned') tellReassigned(publication.actor, head.id, event.payload);
        tellCallbackNear(head.id, event);
        tellRuleHeld(head, event);
        // A call that is late is seen on the desk; nobody is alarmed.
        if (publication.committed.handoff?.path === 'callback') continue;
        if (event.kind !== 'sla.marked' || event.payload.mark !== 'breach') continue;
        const { metric, priority, at } = event.payload;
        const told = agents.to(rooms.breaches('all'));
        (head.teamId === null ? told : told.to(rooms.breaches(head.teamId))).emit('sla:breached', {
          conversationId: head.id,
          metric,
          priority,
          at,
        });
      }
      views.touch(touchedViews(head, publication.left), {
        conversationId: head.id,
        movesQueue:
          head.state === 'pending' || publication.change.events.some(({ kind }) => changesOwner(kind)),
        movesClocks: publication.change.events.some(({ kind }) => movesClocks(kind)),
      });
    },
    showDraft: (visitorId, draft) => visitors.to(rooms.visitor(visitorId)).emit('bot:drafted', draft),
    keepQueues: () => views.keep(queues()),
    settingsChanged() {
      views.touch(queues());
      board.touch(presence.heard());
    },
    endSession(sessionId) {
      agents.in(rooms.session(sessionId)).disconnectSockets(true);
    },
    hears: (agentId) => presence.hears(agentId),
    agentChanged(agentId) {
      board.touch([agentId]);
      views.touch((ctx.directory.agent(agentId)?.teamIds ?? []).map(queueKey));
    },
    customersChanged: () => views.forget(),
    async drain() {
      clearInterval(quotes);
      views.stop();
      board.stop();
      visitorPresence.stop();
      await presence.stop();
      agents.emit('server:moving', { retryMs: 1000 });
      visitors.emit('server:moving', { retryMs: 1000 });
      await io.close();
    },
  };
}
