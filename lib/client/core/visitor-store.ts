import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallbackChannel } from '@/lib/domain/callback';
import type { Visit } from '@/lib/domain/engagement';
import type { Refusal } from '@/lib/domain/errors';
import {
  type Answer,
  type BotDraft,
  type CallbackProposal,
  type CallbackWish,
  PROTOCOL_VERSION,
  type QueuePosition,
  type Sent,
  type ServerToVisitor,
  TYPING_SHOWN_MS,
  TYPING_THROTTLE_MS,
  type VisitorEvent,
  type VisitorHandshake,
  type VisitorSession,
  type VisitorSnapshot,
  type VisitorToServer,
  type WidgetConfig,
} from '@/lib/protocol';
import { browserClock, type Clock } from './clock';
import { type Connection, type ConnectionState, connect } from './connect';
import { fullJitter } from './full-jitter';
import { createOutbox, type OutboxItem } from './outbox';
import type { Wire } from './socket-wire';
import type { KeyValue } from './storage';
import { applyVisitorEvents, hasClientId, visitorReadUpTo } from './visitor-conversation';

const TOKEN = 'token';
const SESSION_RETRY = { baseMs: 500, capMs: 15_000 };
const EVENT_GRACE_MS = 2000;

export interface Draft {
  clientId: string;
  text: string;
  /** By the server's clock. */
  at: number;
}

/** What the visitor asked of the handoff, while its answer is awaited. */
type VisitorRequest = 'request' | 'accept' | 'followUp' | 'book' | 'choose' | 'decline' | 'cancel' | 'form';

export interface VisitorState {
  connection: ConnectionState;
  session: { visitorId: string; name: string | null; email: string | null; widget: WidgetConfig } | null;
  conversation: VisitorSnapshot | null;
  /** Own messages that are not yet in the conversation, oldest first. */
  pending: readonly OutboxItem[];
  position: QueuePosition | null;
  typing: { by: 'agent'; name: string } | null;
  /** What the bot is about to say; with no text as yet it thinks. */
  drafts: readonly Draft[];
  readUpTo: number;
  busy: VisitorRequest | null;
  /** A person was asked for while there was no connection; the request goes out with the next one. */
  personWanted: boolean;
  refusal: { request: VisitorRequest; error: Refusal } | null;
  /** Add to the own clock to get the server's. */
  clockOffsetMs: number;
}

export interface Visitor {
  store: StoreApi<VisitorState>;
  send(body: string): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  requestPerson(): void;
  /** Takes up what a rule of the desk approached them with. */
  takeUpApproach(ruleId: string): void;
  accept(details: 'later' | 'first'): void;
  /** Leaves an address for the answer, and waits. */
  followUp(email: string): void;
  /** Rather fills in a form; `returnTo` is the page around the chat. */
  chooseForm(templateId: string, returnTo: string): void;
  /** Asks for the answer of an article that the offer names. */
  chooseArticle(articleId: string): void;
  /** Asks for times at which one could be called. */
  callbackSlots(channel: CallbackChannel | null, after: number | null): Promise<Answer<CallbackProposal>>;
  /** Chooses one of them, or to be called as soon as somebody can. */
  book(wish: Omit<CallbackWish, 'handoffId' | 'timeZone'>): void;
  decline(): void;
  leaveQueue(): void;
  markRead(): void;
  typing(): void;
  reconnect(): void;
  /** Takes the host site's word for who this is; makes a new handshake. */
  identify(jwt: string): void;
  /** Forgets the visitor on this device and starts as a new one. */
  logout(): void;
  close(): void;
}

interface VisitorOptions {
  widget: string;
  storage: KeyValue;
  /** Short-lived signed JWT from the host site. */
  identity?: string;
  /** From a mailed link: brings back to the conversation that it was made for. */
  link?: string;
  /** Origin of the page around the frame, when it is not ours. */
  site?: string;
  /** The page around the chat, and how they came by until now; nothing where there is none. */
  around?: () => { page: string; visit: Visit } | null;
  wire?: (auth: () => VisitorHandshake) => Wire;
  clock?: Clock;
  random?: () => number;
  newId?: () => string;
  network?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
}

/** The visitor's side of one conversation: snapshot, what is on its way, and the connection they travel on. */
export function createVisitor(options: VisitorOptions): Visitor {
  const { storage } = options;
  const clock = options.clock ?? browserClock;
  const random = options.random ?? Math.random;
  let identity: string | null = options.identity ?? null;
  let link: string | null = options.link ?? null;
  /** Whether the snapshot here is of whom the connection speaks for. */
  let opened = false;
  let sessionFailures = 0;
  let lastTypingAt = 0;
  let refreshing = false;
  let refreshAgain = false;
  /** The rule by which they were approached, while what they took up has not gone out. */
  let approachedBy: string | null = null;
  let cancelTyping = () => {};
  let cancelRetry = () => {};

  const connection: Connection<VisitorToServer, ServerToVisitor> = connect({
    namespace: '/visitor',
    auth: handshake,
    onRefused(code) {
      if (code !== 'unauthenticated') return false;
      // The site's word grows old within minutes; the token outlives it, and goes only when it is refused by itself.
      if (link !== null) link = null;
      else if (identity !== null) identity = null;
      else if (storage.get(TOKEN) !== null) storage.remove(TOKEN);
      else return false;
      opened = false;
      return true;
    },
    clock,
    random,
    ...(options.wire ? { wire: options.wire(handshake) } : {}),
    ...(options.network ? { network: options.network } : {}),
  });

  const outbox = createOutbox({
    send: (input) => connection.request('message:send', { ...input, ...options.around?.() }),
    storage,
    clock,
    random,
    newId: options.newId ?? randomId,
    onChange: (pending) => store.setState({ pending }),
    onSent: expectEvent,
  });

  const store = createStore<VisitorState>(() => ({
    connection: connection.state(),
    session: null,
    conversation: null,
    pending: outbox.items(),
    position: null,
    typing: null,
    drafts: [],
    readUpTo: 0,
    busy: null,
    personWanted: false,
    refusal: null,
    clockOffsetMs: 0,
  }));

  connection.onState((state) => {
    // What was missed of them is not made up for: the message itself comes, or they are shown anew.
    store.setState({ connection: state, drafts: [] });
    cancelRetry();
    if (state.kind === 'online') void comeOnline();
    else outbox.pause();
  });
  connection.on('conversation:events', ({ events }) => receive(events));
  connection.on('queue:position', (position) => store.setState({ position }));
  connection.on('typing:seen', showTyping);
  connection.on('bot:drafted', showDraft);
  connection.on('session:renewed', ({ token }) => storage.set(TOKEN, token));

  function handshake(): VisitorHandshake {
    const token = storage.get(TOKEN);
    return {
      protocol: PROTOCOL_VERSION,
      widget: options.widget,
      ...(token === null ? {} : { token }),
      ...(identity === null ? {} : { identity }),
      ...(link === null ? {} : { link }),
      ...(options.site === undefined ? {} : { site: options.site }),
    };
  }

  /** What was missed is enough, unless the place in line may have moved or nothing is known yet. */
  async function comeOnline(): Promise<void> {
    const { conversation } = store.getState();
    if (!opened || conversation === null || conversation.state === 'pending') return synchronise();
    await catchUp();
    if (opened && connection.state().kind === 'online') ready();
  }

  function ready(): void {
    outbox.resume();
    if (store.getState().personWanted) requestPerson();
  }

  /** Brings the snapshot up to date after a connection was made, or whenever there is doubt. */
  async function synchronise(): Promise<void> {
    if (refreshing) {
      refreshAgain = true;
      return;
    }
    refreshing = true;
    refreshAgain = false;
    const asked = store.getState().conversation;
    const answer = await connection.request('session:open', {});
    refreshing = false;
    if (!answer.ok) return retrySynchronise();
    sessionFailures = 0;
    opened = true;
    open(answer.data, asked);
    ready();
    if (refreshAgain) return synchronise();
  }

  function retrySynchronise(): void {
    if (connection.state().kind !== 'online') return;
    cancelRetry();
    cancelRetry = clock.after(fullJitter(sessionFailures++, SESSION_RETRY, random), () => void synchronise());
  }

  function open(session: VisitorSession, asked: VisitorSnapshot | null): void {
    storage.set(TOKEN, session.token);
    link = null;
    const held = store.getState().conversation;
    const same = session.conversation?.conversationId === held?.conversationId;
    // What was told meanwhile may be newer than this answer, which was read before it.
    const isNewer = same && held !== asked && (held?.seq ?? 0) > (session.conversation?.seq ?? 0);
    const conversation = isNewer ? held : session.conversation;
    const known = conversation ? visitorReadUpTo(conversation) : 0;
    store.setState((state) => ({
      session: {
        visitorId: session.visitorId,
        name: session.name,
        email: session.email,
        widget: session.widget,
      },
      conversation,
      drafts: undone(state.drafts, conversation),
      position: session.position,
      readUpTo: same ? Math.max(state.readUpTo, known) : known,
      clockOffsetMs: session.serverNow - clock.now(),
    }));
    if (conversation === null) return;
    outbox.settle(
      (item) =>
        hasClientId(conversation, item.clientId) ||
        (item.sent !== null && item.sent.visibleSeq <= conversation.seq),
    );
  }

  function receive(events: readonly VisitorEvent[]): void {
    const before = store.getState().conversation;
    if (before === null) return void synchronise();
    const { snapshot, gap } = applyVisitorEvents(before, events);
    adopt(before, snapshot);
    if (gap) void catchUp();
  }

  function adopt(before: VisitorSnapshot, after: VisitorSnapshot): void {
    if (after === before) return;
    const fresh = after.events.filter((event) => event.seq > before.seq);
    const spoke = fresh.some((event) => event.kind === 'message' && event.message.author !== 'visitor');
    const read = visitorReadUpTo({ ...after, events: fresh });
    if (spoke) cancelTyping();
    store.setState((state) => ({
      conversation: after,
      drafts: undone(state.drafts, after),
      readUpTo: Math.max(state.readUpTo, read),
      ...(after.state === 'pending' ? {} : { position: null }),
      ...(spoke ? { typing: null } : {}),
    }));
    outbox.settle((item) => hasClientId(after, item.clientId));
  }

  async function catchUp(): Promise<void> {
    const before = store.getState().conversation;
    if (before === null || refreshing) return;
    refreshing = true;
    const answer = await connection.request('conversation:since', { after: before.seq });
    refreshing = false;
    const now = store.getState().conversation;
    if (!answer.ok || now === null || refreshAgain) return synchronise();
    const { snapshot, gap } = applyVisitorEvents(now, answer.data.events);
    adopt(now, snapshot);
    if (gap) return synchronise();
    if (answer.data.more) return catchUp();
  }

  /** An acknowledged message must come back as an event: at once, or the copy held here is behind or of another talk. */
  function expectEvent(item: OutboxItem, sent: Sent): void {
    const { conversation } = store.getState();
    if (conversation === null || sent.visibleSeq <= conversation.seq) return void expectNothing(item);
    clock.after(EVENT_GRACE_MS, () => {
      if (outbox.items().some((each) => each.clientId === item.clientId)) void catchUp();
    });
  }

  async function expectNothing(item: OutboxItem): Promise<void> {
    const { conversation } = store.getState();
    if (conversation === null || !hasClientId(conversation, item.clientId)) await synchronise();
  }

  function showDraft({ clientId, text }: BotDraft): void {
    store.setState(({ drafts, clockOffsetMs }) => {
      const isIt = (draft: Draft) => draft.clientId === clientId;
      if (text === null) return { drafts: drafts.filter((draft) => !isIt(draft)) };
      if (drafts.some(isIt))
        return { drafts: drafts.map((draft) => (isIt(draft) ? { ...draft, text } : draft)) };
      return { drafts: [...drafts, { clientId, text, at: clock.now() + clockOffsetMs }] };
    });
  }

  function showTyping(typing: NonNullable<VisitorState['typing']>): void {
    cancelTyping();
    store.setState({ typing });
    cancelTyping = clock.after(TYPING_SHOWN_MS, () => store.setState({ typing: null }));
  }

  async function leaveAddress(handoffId: string, email: string): Promise<Answer<object>> {
    const answer = await connection.request('handoff:followUp', { handoffId, email });
    if (answer.ok) {
      store.setState(({ session }) => ({ session: session && { ...session, email: answer.data.email } }));
    }
    return answer;
  }

  async function bookCall(wish: CallbackWish): Promise<Answer<object>> {
    const answer = await connection.request('callback:book', wish);
    if (answer.ok && answer.data.email !== null) {
      const { email } = answer.data;
      store.setState(({ session }) => ({ session: session && { ...session, email } }));
    }
    return answer;
  }

  async function ask(request: VisitorRequest, send: () => Promise<Answer<object>>): Promise<void> {
    if (store.getState().busy !== null) return;
    store.setState({ busy: request, refusal: null });
    const answer = await send();
    store.setState({ busy: null });
    if (store.getState().personWanted) requestPerson();
    const { conversation } = store.getState();
    // What it did was told before its answer; nothing to be seen of it means that this was told elsewhere.
    const isUnseen = conversation === null || (request === 'request' && conversation.handoff === null);
    if (answer.ok) return isUnseen ? synchronise() : undefined;
    // Somebody was faster, or the click was made on an old picture: the newest one says what there is to do.
    if (answer.error.code === 'conflict') return synchronise();
    store.setState({ refusal: { request, error: answer.error } });
  }

  /** `ruleId`: by which they were approached. */
  function requestPerson(ruleId = approachedBy): void {
    const { connection: now, session, busy } = store.getState();
    const ready = now.kind === 'online' && session !== null && busy === null;
    approachedBy = ready ? null : ruleId;
    store.setState({ personWanted: !ready, refusal: null });
    if (!ready) return;
    const around = options.around?.();
    void ask('request', () =>
      ruleId === null
        ? connection.request('handoff:request', {})
        : connection.request('approach:takeUp', { ruleId, ...around }),
    );
  }

  function askOf(request: VisitorRequest, send: (handoffId: string) => Promise<Answer<object>>): void {
    const handoff = store.getState().conversation?.handoff;
    if (handoff) void ask(request, () => send(handoff.id));
  }

  function forget(): void {
    cancelTyping();
    store.setState({
      session: null,
      conversation: null,
      position: null,
      typing: null,
      drafts: [],
      readUpTo: 0,
      personWanted: false,
      refusal: null,
    });
  }

  return {
    store,
    send(body) {
      const text = body.trim();
      if (text !== '') outbox.add(text);
    },
    retry: outbox.retry,
    discard: outbox.discard,
    requestPerson: () => requestPerson(),
    takeUpApproach: (ruleId) => requestPerson(ruleId),
    accept: (details) =>
      askOf('accept', (handoffId) => connection.request('handoff:accept', { handoffId, details })),
    followUp: (email) => askOf('followUp', (handoffId) => leaveAddress(handoffId, email)),
    chooseForm: (templateId, returnTo) =>
      askOf('form', (handoffId) => connection.request('form:choose', { handoffId, templateId, returnTo })),
    chooseArticle: (articleId) =>
      askOf('choose', (handoffId) => connection.request('handoff:choose', { handoffId, articleId })),
    callbackSlots: (channel, after) =>
      connection.request('callback:slots', {
        handoffId: store.getState().conversation?.handoff?.id ?? '',
        channel,
        timeZone: ownTimeZone(),
        after,
      }),
    book: (wish) => askOf('book', (handoffId) => bookCall({ ...wish, handoffId, timeZone: ownTimeZone() })),
    decline: () => askOf('decline', (handoffId) => connection.request('handoff:decline', { handoffId })),
    leaveQueue: () => askOf('cancel', (handoffId) => connection.request('handoff:cancel', { handoffId })),
    markRead() {
      const { conversation, readUpTo } = store.getState();
      const newest = conversation?.events.findLast(
        (event) => event.kind === 'message' && event.message.author !== 'visitor',
      );
      if (newest === undefined || newest.seq <= readUpTo) return;
      store.setState({ readUpTo: newest.seq });
      void connection.request('conversation:read', { upTo: newest.seq });
    },
    typing() {
      if (store.getState().conversation === null || clock.now() - lastTypingAt < TYPING_THROTTLE_MS) return;
      lastTypingAt = clock.now();
      connection.tell('typing:set', {});
    },
    reconnect: connection.retryNow,
    identify(jwt) {
      identity = jwt;
      opened = false;
      connection.restart();
    },
    logout() {
      identity = null;
      link = null;
      opened = false;
      storage.remove(TOKEN);
      outbox.clear();
      forget();
      connection.restart();
    },
    close() {
      cancelTyping();
      cancelRetry();
      outbox.pause();
      connection.close();
    },
  };
}

/** Whatever the bot was about to say is said, or an agent speaks now. */
function undone(drafts: readonly Draft[], conversation: VisitorSnapshot | null): readonly Draft[] {
  if (conversation?.state !== 'bot') return [];
  return drafts.filter(({ clientId }) => !hasClientId(conversation, clientId));
}

function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
}

/** Pages served over plain http have no `randomUUID`. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
