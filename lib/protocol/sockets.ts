import type { Callback, CallbackChannel } from '@/lib/domain/callback';
import type { RingEnd } from '@/lib/domain/conversation';
import type { Visit } from '@/lib/domain/engagement';
import type { Refusal } from '@/lib/domain/errors';
import type { Priority } from '@/lib/domain/handoff';
import type { AgentStatus } from '@/lib/domain/presence';
import type { ShownWait } from '@/lib/domain/shown-wait';
import type { SlaMetric } from '@/lib/domain/sla-policy';
import type { ConversationHead, StaffBatch, StaffEvent, VisitorEvent } from './events';
import type {
  AgentView,
  CallbackProposal,
  ColleaguePresence,
  CustomerView,
  DecisionView,
  FormView,
  HandoffView,
  LiveViewKey,
  OwnPresence,
  QueueRow,
  RevealedAnswers,
  TeamView,
  ViewDiff,
  ViewSnapshot,
  VisitorHandoff,
} from './views';

export type Ack<T> = (answer: Answer<T>) => void;
export type Answer<T> = { ok: true; data: T } | { ok: false; error: Refusal };
type Request<I, O> = (input: I, ack: Ack<O>) => void;

/** Where a message landed. Answered again, unchanged, when the same client id comes twice. */
export interface Sent {
  messageId: string;
  seq: number;
  visibleSeq: number;
  at: number;
}

export interface ConversationSnapshot {
  conversation: ConversationHead;
  handoff: HandoffView | null;
  customer: CustomerView;
  /** The newest events, oldest first; `conversation.seq` is the last one's. */
  events: StaffEvent[];
  /** Whether older events exist. */
  more: boolean;
  serverNow: number;
}

export interface VisitorSnapshot {
  conversationId: string;
  seq: number;
  state: 'bot' | 'pending' | 'active' | 'resolved';
  handoff: VisitorHandoff | null;
  events: VisitorEvent[];
  more: boolean;
  staffReadSeq: number;
}

export interface WidgetConfig {
  id: string;
  shopName: string;
  botName: string;
  currency: string;
  locale: string;
  theme: { brand: string };
  suggestions: string[];
  texts: Record<string, string>;
  /** Whether its bot arranges calls. */
  calls: boolean;
}

export interface VisitorSession {
  token: string;
  visitorId: string;
  /** Known name of the visitor, when the site told us who they are. */
  name: string | null;
  /** Where an answer could go, as far as it is known. */
  email: string | null;
  widget: WidgetConfig;
  conversation: VisitorSnapshot | null;
  position: QueuePosition | null;
  serverNow: number;
}

/** 1 is next. `exact` is false beyond the window that is watched live. */
export interface QueuePosition {
  position: number;
  exact: boolean;
  /** Four of five such waits end within it; null where nothing can be said. */
  wait: ShownWait | null;
}

/** A page of resolved conversations, newest first; `next` asks for the page after it. */
export interface ResolvedPage {
  rows: QueueRow[];
  next: { at: number; id: string } | null;
}

export interface Desk {
  me: AgentView & { email: string };
  presence: OwnPresence;
  agents: AgentView[];
  teams: TeamView[];
  workspaceName: string;
  botName: string;
  serverNow: number;
}

/** Agent to server: imperative, acknowledged after the commit. */
export interface AgentToServer {
  'desk:open': Request<Record<string, never>, Desk>;
  'agent:setStatus': Request<{ status: AgentStatus }, OwnPresence>;
  'agent:active': Request<Record<string, never>, OwnPresence>;
  'agent:colleagues': Request<Record<string, never>, { agents: ColleaguePresence[] }>;
  'view:open': Request<{ key: LiveViewKey }, ViewSnapshot>;
  'view:resolved': Request<{ before: { at: number; id: string } | null }, ResolvedPage>;
  'view:close': Request<{ key: LiveViewKey }, Record<string, never>>;
  'conversation:open': Request<{ conversationId: string }, ConversationSnapshot>;
  'conversation:close': Request<{ conversationId: string }, Record<string, never>>;
  'conversation:since': Request<{ conversationId: string; after: number }, StaffBatch & { more: boolean }>;
  'conversation:before': Request<
    { conversationId: string; before: number },
    { events: StaffEvent[]; more: boolean }
  >;
  'conversation:read': Request<{ conversationId: string; upTo: number }, Record<string, never>>;
  'conversation:takeover': Request<{ conversationId: string }, { ownerEpoch: number }>;
  'conversation:join': Request<{ conversationId: string }, Record<string, never>>;
  'conversation:leave': Request<{ conversationId: string }, Record<string, never>>;
  'message:send': Request<
    { conversationId: string; clientId: string; body: string; ownerEpoch: number },
    Sent
  >;
  'note:add': Request<{ conversationId: string; clientId: string; body: string }, Sent>;
  'form:list': Request<Record<string, never>, { forms: FormView[] }>;
  'form:send': Request<
    { conversationId: string; ownerEpoch: number; templateId: string },
    Record<string, never>
  >;
  'form:reveal': Request<{ conversationId: string; linkId: string }, RevealedAnswers>;
  'handoff:claim': Request<
    { conversationId: string; handoffId: string; override?: true },
    { ownerEpoch: number }
  >;
  'handoff:claimNext': Request<Record<string, never>, { conversationId: string; ownerEpoch: number }>;
  'ring:accept': Request<{ conversationId: string; handoffId: string }, { ownerEpoch: number }>;
  'ring:decline': Request<{ conversationId: string; handoffId: string }, Record<string, never>>;
  'routing:decisions': Request<{ conversationId: string }, { decisions: DecisionView[] }>;
  'handoff:release': Request<{ conversationId: string; ownerEpoch: number }, Record<string, never>>;
  'handoff:transfer': Request<
    {
      conversationId: string;
      ownerEpoch: number;
      to: { kind: 'agent'; id: string } | { kind: 'team'; id: string };
      note: string;
      misrouted?: true;
      override?: true;
    },
    Record<string, never>
  >;
  'handoff:withdrawTransfer': Request<{ conversationId: string; ownerEpoch: number }, Record<string, never>>;
  'handoff:reassign': Request<
    {
      conversationId: string;
      ownerEpoch: number;
      to: { kind: 'agent'; id: string } | { kind: 'team'; id: string };
      note: string;
      override?: true;
    },
    { ownerEpoch: number }
  >;
  'handoff:handBack': Request<{ conversationId: string; ownerEpoch: number }, Record<string, never>>;
  'handoff:resolve': Request<{ conversationId: string; ownerEpoch: number }, Record<string, never>>;
  'callback:read': Request<
    { conversationId: string },
    { callback: Callback | null; meetingUrl: string | null }
  >;
  'callback:slots': Request<
    { conversationId: string; channel: CallbackChannel | null; after: number | null },
    CallbackProposal & { timeZone: string; phone: string; email: string }
  >;
  'callback:schedule': Request<
    {
      conversationId: string;
      ownerEpoch: number;
      channel: CallbackChannel;
      startAt: number;
      phone: string | null;
      email: string | null;
    },
    Record<string, never>
  >;
  'callback:mark': Request<
    { conversationId: string; callbackId: string; kept: boolean },
    Record<string, never>
  >;
  'callback:cancel': Request<{ conversationId: string; callbackId: string }, Record<string, never>>;
  'handoff:prioritise': Request<
    { conversationId: string; handoffId: string; priority: Priority },
    Record<string, never>
  >;
  'typing:set': (input: { conversationId: string }) => void;
}

/** A clock that passed its deadline; `at` is when. */
export interface BreachNotice {
  conversationId: string;
  metric: SlaMetric;
  priority: Priority;
  at: number;
}

/** The colleague whom one asked to take a conversation over has answered, or did not. */
export interface TransferNotice {
  conversationId: string;
  byName: string;
  answer: 'accepted' | Exclude<RingEnd, 'withdrawn'>;
}

/** Somebody who supervises moved a conversation. `yours`: it is with whoever is told now; else it was. */
export interface ReassignNotice {
  conversationId: string;
  byName: string;
  toName: string;
  yours: boolean;
}

/** A call of one's own is in a quarter of an hour, or it is time. */
export interface CallbackNotice {
  conversationId: string;
  step: 'soon' | 'due';
  channel: CallbackChannel;
  startAt: number;
}

/** A rule of the desk holds for a talk, and the team is told. */
export interface RuleNotice {
  conversationId: string;
  rule: string;
  state: ConversationHead['state'];
}

/** Server to agent: past tense, numbered. */
export interface ServerToAgent {
  'conversation:events': (batch: StaffBatch) => void;
  'view:changed': (diff: ViewDiff) => void;
  'typing:seen': (input: { conversationId: string; by: 'visitor' | 'agent'; name: string | null }) => void;
  /** To admins and to the supervisors of the team. */
  'sla:breached': (notice: BreachNotice) => void;
  /** To the agent who had it and to the one who has it now, unless they did it themself. */
  'handoff:reassigned': (notice: ReassignNotice) => void;
  'handoff:transferAnswered': (notice: TransferNotice) => void;
  /** To whoever is to call. */
  'callback:near': (notice: CallbackNotice) => void;
  /** To the agents of the team that it names. */
  'rule:notified': (notice: RuleNotice) => void;
  /** Of oneself, in every tab. */
  'agent:changed': (presence: OwnPresence) => void;
  'server:moving': (input: { retryMs: number }) => void;
}

/** Visitor to server. The token in the handshake names the visitor; no event names a conversation. */
export interface VisitorToServer {
  'session:open': Request<Record<string, never>, VisitorSession>;
  'conversation:since': Request<{ after: number }, { events: VisitorEvent[]; more: boolean }>;
  'conversation:read': Request<{ upTo: number }, Record<string, never>>;
  'message:send': Request<{ clientId: string; body: string; page?: string; visit?: Visit }, Sent>;
  'handoff:request': Request<Record<string, never>, Record<string, never>>;
  'approach:takeUp': Request<{ ruleId: string; page?: string; visit?: Visit }, Record<string, never>>;
  'handoff:accept': Request<{ handoffId: string; details: 'later' | 'first' }, Record<string, never>>;
  'handoff:followUp': Request<{ handoffId: string; email: string }, { email: string }>;
  'form:choose': Request<{ handoffId: string; templateId: string; returnTo: string }, Record<string, never>>;
  'handoff:choose': Request<{ handoffId: string; articleId: string }, Record<string, never>>;
  'callback:slots': Request<
    { handoffId: string; channel: CallbackChannel | null; timeZone: string; after: number | null },
    CallbackProposal
  >;
  'callback:book': Request<CallbackWish, { email: string | null }>;
  'handoff:decline': Request<{ handoffId: string }, Record<string, never>>;
  'handoff:cancel': Request<{ handoffId: string }, Record<string, never>>;
  'typing:set': (input: Record<string, never>) => void;
}

/** What the bot is about to say, as far as it may be shown. Its message has the same client id; null: there will be none. */
export interface BotDraft {
  clientId: string;
  text: string | null;
}

/** How a customer would be called, and when; without a time as soon as somebody can. */
export interface CallbackWish {
  handoffId: string;
  channel: CallbackChannel;
  startAt: number | null;
  phone: string | null;
  email: string | null;
  timeZone: string;
}

export interface ServerToVisitor {
  'conversation:events': (input: { events: VisitorEvent[] }) => void;
  'queue:position': (input: QueuePosition) => void;
  'typing:seen': (input: { by: 'agent'; name: string }) => void;
  'bot:drafted': (input: BotDraft) => void;
  'session:renewed': (input: { token: string }) => void;
  'server:moving': (input: { retryMs: number }) => void;
}

/** `auth` of the handshake on namespace /visitor. Without a token a new visitor is made for the widget. */
export interface VisitorHandshake {
  protocol: number;
  widget: string;
  token?: string;
  /** Short-lived signed JWT from the host site. */
  identity?: string;
  /** From a mailed link: whoever has it is the visitor it was made for, whatever else is said here. */
  link?: string;
  /** Origin of the page around the frame, when it is not ours. */
  site?: string;
}
