import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Refusal } from '@/lib/domain/errors';
import { allows } from '@/lib/domain/permissions';
import type { AgentStatus } from '@/lib/domain/presence';
import {
  type AgentToServer,
  type Answer,
  type BreachNotice,
  type CallbackNotice,
  type ConversationSnapshot,
  type Desk,
  type LiveViewKey,
  type OwnPresence,
  PROTOCOL_VERSION,
  type ReassignNotice,
  type RuleNotice,
  type ServerToAgent,
  type StaffBatch,
  type TransferNotice,
  TYPING_SHOWN_MS,
  type ViewDiff,
  type ViewSnapshot,
} from '@/lib/protocol';
import { browserClock } from '../core/clock';
import {
  type Connection,
  type ConnectionState,
  connect,
  type InputOf,
  type OutputOf,
  type RequestName,
} from '../core/connect';
import { createOutbox, type Outbox, type OutboxItem } from '../core/outbox';
import { socketIoWire } from '../core/socket-io-wire';
import { openStorage } from '../core/storage';
import { applyBatch, applyDiff } from './apply';

export type ComposerMode = 'reply' | 'note';

export interface DeskState {
  connection: ConnectionState;
  desk: Desk | null;
  /** How it stands with oneself, kept live. */
  presence: OwnPresence | null;
  views: Partial<Record<LiveViewKey, ViewSnapshot>>;
  conversations: Record<string, ConversationSnapshot>;
  /** A conversation that could not be opened, and why. */
  refused: Record<string, Refusal>;
  /** Messages written here and not yet in the log, by conversation and mode. */
  outbox: Record<string, readonly OutboxItem[]>;
  typing: Record<string, { by: 'visitor' | 'agent'; name: string | null }>;
  /** The last breach that this person was told of. */
  breach: BreachNotice | null;
  /** The last conversation that somebody who supervises took from this person, or gave them. */
  reassigned: ReassignNotice | null;
  transferAnswered: TransferNotice | null;
  /** A call of one's own is near, or it is time. */
  callNear: CallbackNotice | null;
  /** A rule of the desk holds for a talk, and one's team is told. */
  ruleHeld: RuleNotice | null;
  /** Server time minus ours, in milliseconds. */
  clockOffset: number;
}

export interface DeskClient {
  store: StoreApi<DeskState>;
  watchView(key: LiveViewKey): () => void;
  watchConversation(conversationId: string): () => void;
  loadEarlier(conversationId: string): Promise<void>;
  request<K extends RequestName<AgentToServer>>(
    event: K,
    input: InputOf<AgentToServer[K]>,
  ): Promise<Answer<OutputOf<AgentToServer[K]>>>;
  /** Answers what stood in the way; null when it is done. */
  setStatus(status: AgentStatus): Promise<Refusal | null>;
  /** One is at one's desk. */
  tellActive(): Promise<void>;
  send(conversationId: string, mode: ComposerMode, body: string): void;
  retry(conversationId: string, mode: ComposerMode, clientId: string): void;
  discard(conversationId: string, mode: ComposerMode, clientId: string): void;
  tellTyping(conversationId: string): void;
  retryNow(): void;
  close(): void;
}

type AgentConnection = Connection<AgentToServer, ServerToAgent>;

const outboxKey = (conversationId: string, mode: ComposerMode) => `${conversationId}:${mode}`;

/** The desk's one connection and what it knows: snapshots plus the events after them. */
export function openDesk(connection: AgentConnection = agentConnection()): DeskClient {
  const store = createStore<DeskState>(() => ({
    connection: connection.state(),
    desk: null,
    presence: null,
    views: {},
    conversations: {},
    refused: {},
    outbox: {},
    typing: {},
    breach: null,
    reassigned: null,
    transferAnswered: null,
    callNear: null,
    ruleHeld: null,
    clockOffset: 0,
  }));
  const watchedViews = new Map<LiveViewKey, number>();
  const watchedConversations = new Map<string, number>();
  const outboxes = new Map<string, Outbox>();
  const typingEnds = new Map<string, () => void>();
  const catchingUp = new Set<string>();
  /** How far each log was heard of, also before its snapshot was here. */
  const heardUpTo = new Map<string, number>();

  async function loadDesk(): Promise<void> {
    const answer = await connection.request('desk:open', {});
    if (!answer.ok) return;
    const { presence, serverNow } = answer.data;
    store.setState({ desk: answer.data, presence, clockOffset: serverNow - Date.now() });
  }

  async function loadView(key: LiveViewKey): Promise<void> {
    const answer = await connection.request('view:open', { key });
    if (answer.ok && watchedViews.has(key)) {
      store.setState(({ views }) => ({ views: { ...views, [key]: answer.data } }));
    }
  }

  async function loadConversation(conversationId: string): Promise<void> {
    const answer = await connection.request('conversation:open', { conversationId });
    if (!watchedConversations.has(conversationId)) return;
    if (answer.ok) {
      setConversation(answer.data);
      store.setState(({ refused }) => ({ refused: without(refused, conversationId) }));
      // What was told while the snapshot was on its way is not in it, and could not be applied to nothing.
      if ((heardUpTo.get(conversationId) ?? 0) > answer.data.conversation.seq) void catchUp(conversationId);
    } else if (answer.error.code !== 'unavailable') {
      store.setState(({ refused }) => ({ refused: { ...refused, [conversationId]: answer.error } }));
    }
  }

  function setConversation(snapshot: ConversationSnapshot): void {
    const { id } = snapshot.conversation;
    store.setState(({ conversations }) => ({ conversations: { ...conversations, [id]: snapshot } }));
    settle(id);
  }

  function onBatch(batch: StaffBatch): void {
    const last = batch.events.at(-1)?.seq ?? 0;
    heardUpTo.set(batch.conversationId, Math.max(last, heardUpTo.get(batch.conversationId) ?? 0));
    const held = store.getState().conversations[batch.conversationId];
    if (held === undefined) return;
    const next = applyBatch(held, batch);
    if (next === 'gap') void catchUp(batch.conversationId);
    else if (next !== held) setConversation(next);
    closeWhatIsNoLongerOurs(batch);
  }

  /** The last batch before the server lets us go says where it went. */
  function closeWhatIsNoLongerOurs({ conversationId, head }: StaffBatch): void {
    const me = store.getState().desk?.me;
    if (me === undefined || allows(me, 'conversation.read', head)) return;
    const error: Refusal = { code: 'not_found', message: 'It is with another team now.' };
    store.setState(({ refused }) => ({ refused: { ...refused, [conversationId]: error } }));
  }

  async function catchUp(conversationId: string): Promise<void> {
    if (catchingUp.has(conversationId)) return;
    catchingUp.add(conversationId);
    const held = store.getState().conversations[conversationId];
    const answer = held
      ? await connection.request('conversation:since', { conversationId, after: held.conversation.seq })
      : null;
    catchingUp.delete(conversationId);
    const now = store.getState().conversations[conversationId];
    if (!answer?.ok || !now) return;
    const next = applyBatch(now, answer.data);
    if (next === 'gap' || answer.data.more) await loadConversation(conversationId);
    else if (next !== now) setConversation(next);
  }

  function onDiff(diff: ViewDiff): void {
    // What stands in a view of ours is ours to open, also when it was not before.
    for (const { conversationId } of diff.upserts) {
      const wasRefused = store.getState().refused[conversationId] !== undefined;
      if (wasRefused && watchedConversations.has(conversationId)) void loadConversation(conversationId);
    }
    const held = store.getState().views[diff.key];
    if (held === undefined) return;
    const next = applyDiff(held, diff);
    if (next === 'gap') void loadView(diff.key);
    else if (next !== held) store.setState(({ views }) => ({ views: { ...views, [diff.key]: next } }));
  }

  function onTyping(seen: { conversationId: string; by: 'visitor' | 'agent'; name: string | null }): void {
    const { conversationId, by, name } = seen;
    typingEnds.get(conversationId)?.();
    store.setState(({ typing }) => ({ typing: { ...typing, [conversationId]: { by, name } } }));
    typingEnds.set(
      conversationId,
      browserClock.after(TYPING_SHOWN_MS, () =>
        store.setState(({ typing }) => ({ typing: without(typing, conversationId) })),
      ),
    );
  }

  function outboxOf(conversationId: string, mode: ComposerMode): Outbox {
    const key = outboxKey(conversationId, mode);
    const held = outboxes.get(key);
    if (held) return held;
    const made = createOutbox({
      send: ({ clientId, body }) => deliver(conversationId, mode, clientId, body),
      storage: openStorage(`baton:desk:${key}`),
      clock: browserClock,
      random: Math.random,
      newId: () => crypto.randomUUID(),
      onChange: (items) => store.setState(({ outbox }) => ({ outbox: { ...outbox, [key]: items } })),
      onSent: () => settle(conversationId),
    });
    outboxes.set(key, made);
    store.setState(({ outbox }) => ({ outbox: { ...outbox, [key]: made.items() } }));
    if (connection.state().kind === 'online') made.resume();
    return made;
  }

  async function deliver(conversationId: string, mode: ComposerMode, clientId: string, body: string) {
    const answer =
      mode === 'note'
        ? await connection.request('note:add', { conversationId, clientId, body })
        : await connection.request('message:send', {
            conversationId,
            clientId,
            body,
            ownerEpoch: store.getState().conversations[conversationId]?.conversation.ownerEpoch ?? 1,
          });
    // Whoever lost the conversation does not get it back by waiting.
    if (!answer.ok && answer.error.code === 'conflict') {
      return { ok: false as const, error: { ...answer.error, code: 'forbidden' as const } };
    }
    return answer;
  }

  function settle(conversationId: string): void {
    const snapshot = store.getState().conversations[conversationId];
    if (!snapshot) return;
    const arrived = new Set(snapshot.events.flatMap((event) => event.message?.clientId ?? []));
    for (const mode of ['reply', 'note'] as const) {
      outboxes.get(outboxKey(conversationId, mode))?.settle((item) => arrived.has(item.clientId));
    }
  }

  const stopListening = [
    connection.on('conversation:events', onBatch),
    connection.on('view:changed', onDiff),
    connection.on('typing:seen', onTyping),
    connection.on('sla:breached', (breach) => store.setState({ breach })),
    connection.on('handoff:reassigned', (reassigned) => store.setState({ reassigned })),
    connection.on('handoff:transferAnswered', (transferAnswered) => store.setState({ transferAnswered })),
    connection.on('callback:near', (callNear) => store.setState({ callNear })),
    connection.on('rule:notified', (ruleHeld) => store.setState({ ruleHeld })),
    connection.on('agent:changed', (presence) => store.setState({ presence })),
    connection.onState((state) => {
      store.setState({ connection: state });
      if (state.kind === 'online') {
        void loadDesk();
        for (const key of watchedViews.keys()) void loadView(key);
        for (const id of watchedConversations.keys()) void loadConversation(id);
        for (const box of outboxes.values()) box.resume();
      } else for (const box of outboxes.values()) box.pause();
    }),
  ];

  return {
    store,
    watchView(key) {
      watchedViews.set(key, (watchedViews.get(key) ?? 0) + 1);
      if (watchedViews.get(key) === 1 && connection.state().kind === 'online') void loadView(key);
      return () => {
        const left = (watchedViews.get(key) ?? 1) - 1;
        if (left > 0) watchedViews.set(key, left);
        else {
          watchedViews.delete(key);
          if (connection.state().kind === 'online') void connection.request('view:close', { key });
        }
      };
    },
    watchConversation(conversationId) {
      watchedConversations.set(conversationId, (watchedConversations.get(conversationId) ?? 0) + 1);
      outboxOf(conversationId, 'reply');
      outboxOf(conversationId, 'note');
      if (connection.state().kind === 'online') void loadConversation(conversationId);
      return () => {
        const left = (watchedConversations.get(conversationId) ?? 1) - 1;
        if (left > 0) watchedConversations.set(conversationId, left);
        else {
          watchedConversations.delete(conversationId);
          heardUpTo.delete(conversationId);
          store.setState(({ conversations }) => ({ conversations: without(conversations, conversationId) }));
          if (connection.state().kind === 'online') {
            void connection.request('conversation:close', { conversationId });
          }
        }
      };
    },
    async loadEarlier(conversationId) {
      const [first] = store.getState().conversations[conversationId]?.events ?? [];
      if (!first || first.seq === 1) return;
      const answer = await connection.request('conversation:before', { conversationId, before: first.seq });
      const held = store.getState().conversations[conversationId];
      if (!answer.ok || !held) return;
      const events = [...answer.data.events.filter((event) => event.seq < first.seq), ...held.events];
      setConversation({ ...held, events, more: answer.data.more });
    },
    async setStatus(status) {
      const answer = await connection.request('agent:setStatus', { status });
      if (!answer.ok) return answer.error;
      store.setState({ presence: answer.data });
      return null;
    },
    async tellActive() {
      const answer = await connection.request('agent:active', {});
      if (answer.ok) store.setState({ presence: answer.data });
    },
    request: (event, input) => connection.request(event, input),
    send: (conversationId, mode, body) => void outboxOf(conversationId, mode).add(body),
    retry: (conversationId, mode, clientId) => outboxOf(conversationId, mode).retry(clientId),
    discard: (conversationId, mode, clientId) => outboxOf(conversationId, mode).discard(clientId),
    tellTyping: (conversationId) => connection.tell('typing:set', { conversationId }),
    retryNow: () => connection.retryNow(),
    close() {
      for (const stop of stopListening) stop();
      for (const end of typingEnds.values()) end();
      for (const box of outboxes.values()) box.pause();
      connection.close();
    },
  };
}

const handshake = () => ({ protocol: PROTOCOL_VERSION });

function agentConnection(): AgentConnection {
  return connect<AgentToServer, ServerToAgent>({
    namespace: '/agent',
    auth: handshake,
    wire: socketIoWire({ namespace: '/agent', auth: handshake }),
  });
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  const { [key]: _, ...rest } = record;
  return rest;
}
