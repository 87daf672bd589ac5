import type { CallbackChannel } from '@/lib/domain/callback';
import type {
  Handoff,
  MessageAuthor,
  MessageKind,
  OfferedCallback,
  UnavailablePath,
} from '@/lib/domain/conversation';
import type {
  HandoffContext,
  Mood,
  Outcome,
  Path,
  Priority,
  PriorityPart,
  Reason,
} from '@/lib/domain/handoff';
import type { Source } from '@/lib/domain/judgement';
import type { NextInLine } from '@/lib/domain/order-of-service';
import type { AgentStatus } from '@/lib/domain/presence';
import type { SkillLevel } from '@/lib/domain/routable-agent';
import type { PassedOver } from '@/lib/domain/routing';
import type { ScorePart } from '@/lib/domain/routing-rank';
import type { RoutingMode } from '@/lib/domain/routing-settings';
import type { ShownWait } from '@/lib/domain/shown-wait';
import type { SlaClockView } from '@/lib/domain/sla-view';

/** A message as it travels. `body` is plain text. Times are epoch milliseconds everywhere on the wire. */
export interface MessageView {
  id: string;
  clientId: string;
  author: MessageAuthor;
  authorId: string | null;
  authorName: string | null;
  kind: MessageKind;
  body: string;
  sources: Source[];
  at: number;
  /** The page around the chat when a customer wrote it, as origin and path; for the desk alone. */
  page?: string;
}

export interface CustomerView {
  id: string | null;
  name: string;
  email: string | null;
  verified: boolean;
  tier: string | null;
  customerSince: number | null;
  lifetimeValue: number | null;
  currency: string;
  churnRisk: 'low' | 'medium' | 'high' | null;
  orders: number | null;
  preferredContact: string | null;
  locale: string | null;
  timeZone: string | null;
  attributes: Record<string, string>;
  earlier: { handoffs: number; lastOutcome: Outcome | null };
}

/** One row of a queue: who waits, why, since when. */
export interface QueueRow {
  conversationId: string;
  handoffId: string | null;
  name: string;
  state: 'bot' | 'pending' | 'active' | 'resolved';
  priority: Priority;
  score: number;
  reason: Reason | null;
  /** The signal that fired, for reasons that are a rule or a topic. */
  trigger: string | null;
  confidence: number | null;
  mood: Mood;
  topic: string | null;
  /** What the customer has bought so far; null where it is not known. */
  lifetimeValue: { amount: number; currency: string } | null;
  labels: string[];
  teamId: string | null;
  agentId: string | null;
  agentName: string | null;
  preview: string;
  previewBy: MessageAuthor | null;
  unread: number;
  waitingSince: number | null;
  startedAt: number;
  lastMessageAt: number;
  sla: SlaClockView[];
  /** It waits for a call, or has one. */
  isCallback: boolean;
  /** Why it is served before its turn; null where it is in its turn. */
  movedUp: MovedUp | null;
}

export type MovedUp = NextInLine['why'];

/** By the team: who waits, what is open, and of that whose clock is at risk or breached. */
export const TEAM_LISTS = ['pending', 'team', 'atRisk', 'breached'] as const;
export type TeamList = (typeof TEAM_LISTS)[number];

/** mine: one per agent. live: the bot's talks. */
export type LiveViewKey = `${TeamList}:${string}` | `mine:${string}` | 'live';

export interface ViewSnapshot {
  key: LiveViewKey;
  version: number;
  /** In the order shown; at most VIEW_WINDOW rows. */
  rows: QueueRow[];
  /** All rows of the view, the ones beyond the window included. */
  total: number;
}

/** From `from` to `version`; a client at another version asks for a snapshot. `order` lists every row id in order. */
export interface ViewDiff {
  key: LiveViewKey;
  from: number;
  version: number;
  upserts: QueueRow[];
  order: string[];
  total: number;
}

export interface HandoffView extends Handoff {
  /** What the score is made of. */
  scoreParts: PriorityPart[];
  context: HandoffContext | null;
}

export interface TeamView {
  id: string;
  name: string;
}

export interface AgentView {
  id: string;
  name: string;
  role: 'agent' | 'supervisor' | 'admin';
  teamIds: string[];
}

/** How it stands with oneself: what one says, and how much one has of how much one may have. */
export interface OwnPresence {
  status: AgentStatus;
  /** Without further input in any tab one counts as away from then on; null: never. */
  awayAt: number | null;
  load: number;
  capacity: number;
  ring: RingView | null;
}

/** A handoff that rings at oneself. Times are epoch milliseconds. */
export interface RingView {
  conversationId: string;
  handoffId: string;
  name: string;
  priority: Priority;
  reason: Reason;
  mood: Mood;
  /** The team it is asked as. */
  teamName: string;
  summary: string | null;
  waitingSince: number;
  /** Deadline of the first response. */
  dueAt: number | null;
  startedAt: number;
  until: number;
  /** A colleague asks to have it taken over, with a note; null out of a queue. */
  transfer: { byName: string; note: string | null } | null;
  /** At whom it would ring next. */
  thenName: string | null;
  why: WhyThisAgent | null;
}

/** What was asked and the agent has, and how they stood, when it was decided. */
export interface WhyThisAgent {
  mode: RoutingMode;
  language: string | null;
  skills: { name: string; level: SkillLevel }[];
  idleMs: number | null;
  load: number;
  capacity: number;
}

/** A stored decision, for those who lead the team. */
export interface DecisionView {
  id: string;
  agentId: string;
  at: number;
  teamName: string;
  mode: RoutingMode;
  eligible: number;
  needs: { skills: { name: string; level: SkillLevel }[]; language: string | null };
  candidates: {
    id: string;
    name: string;
    overflow: boolean;
    score: ScorePart[];
    load: number;
    capacity: number;
    skills: Record<string, SkillLevel>;
  }[];
  passedOver: Record<PassedOver, number>;
  policyVersion: number;
  snapshotVersion: number;
}

/** How it stands with a colleague, as of the asking; `status` is what they say, else what is observed of them. */
export interface ColleaguePresence extends Omit<OwnPresence, 'awayAt' | 'ring'> {
  id: string;
}

/** What the visitor is told of the handoff: nothing of signals, scores or notes. */
export interface VisitorHandoff {
  id: string;
  state: 'offered' | 'collecting' | 'pending' | 'claimed' | 'ended';
  reason: Reason;
  paths: Path[];
  teamName: string | null;
  /** The forms that were offered. */
  forms: OfferedForm[];
  /** When the team is back, if it was closed when this was told. */
  opensAt: number | null;
  /** How many waited for the team when it was offered. */
  ahead: number | null;
  /** What somebody who was offered it would be told of their wait; null where nothing can be said. */
  wait: ShownWait | null;
  /** Articles that were close to what was asked, while it is offered. */
  alternatives: { id: string; title: string }[];
  /** It waits for an answer by e-mail, and the bot goes on helping. */
  followUp: boolean;
  /** What was said of calls when it was offered; null where none was. */
  callback: OfferedCallback | null;
  /** They asked to be called: the times stand first. */
  askedCall: boolean;
  /** What could not be served when it was offered, and until when. */
  unavailable: UnavailablePath[];
  /** What somebody who waits in line may have in its place. */
  instead: ('callback' | 'follow_up')[];
  queuedAt: number | null;
  agentName: string | null;
  claimedAt: number | null;
}

export interface OfferedForm {
  templateId: string;
  name: string;
  /** About how long it takes. */
  minutes: number;
}

/** A form that the visitor was sent: theirs alone to open, until it is submitted or has run out. */
export interface VisitorForm extends OfferedForm {
  id: string;
  /** Below the origin of the widget's own frame. */
  url: string;
  expiresAt: number;
}

/** A form that an agent may send. */
export interface FormView {
  id: string;
  name: string;
  fields: number;
}

/** What a customer wrote that is kept sealed. */
export interface RevealedAnswers {
  answers: { id: string; label: string; value: string; isFile: boolean }[];
}

/** Times at which a customer could be called. */
export interface CallbackProposal {
  channel: CallbackChannel;
  /** All kinds of call that the team makes. */
  channels: { channel: CallbackChannel; minutes: number }[];
  slots: { startAt: number; endAt: number }[];
  /** Null where the team is there around the clock. */
  teamTimeZone: string | null;
  /** Without a time: a call within so long; null where that is not offered. */
  withinMs: number | null;
  remindMs: number;
}

/** A call as its customer is told of it. */
export interface VisitorCallback {
  id: string;
  channel: CallbackChannel;
  slot: { startAt: number; endAt: number } | null;
  /** By when we promised to call, where no time was chosen. */
  lateAt: number;
  timeZone: string;
  teamTimeZone: string;
  teamName: string | null;
  agentName: string | null;
  /** Where it is moved and cancelled. */
  url: string;
}
