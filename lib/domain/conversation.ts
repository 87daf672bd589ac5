import type { AskedTime } from './asked-time';
import type { BotTool } from './bot-tools';
import type { CallbackTerms } from './callback';
import type { HandoffState, Mood, Outcome, Path, Priority, PriorityPart, Reason } from './handoff';
import type { ShownWait } from './shown-wait';
import type { SlaMetric } from './sla-policy';
import type { SlaClockView } from './sla-view';

export const CONVERSATION_STATES = ['bot', 'pending', 'active', 'resolved'] as const;

/** Who holds the conversation: the bot, a team's queue, an agent, or nobody since it was resolved. */
export type ConversationState = (typeof CONVERSATION_STATES)[number];

export const MESSAGE_AUTHORS = ['visitor', 'bot', 'agent'] as const;
export type MessageAuthor = (typeof MESSAGE_AUTHORS)[number];

/** `note` stays inside. */
export const MESSAGE_KINDS = ['text', 'note'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const MAX_MESSAGE_LENGTH = 4000;

/**
 * The log: what happened to a conversation, in order. Payloads carry ids, hashes and codes, never words: bodies live in
 * `messages`, the agent's card in `handoffs`, so that a person can be erased and the chain still holds.
 */
export type ConversationEvent =
  | { kind: 'conversation.started'; payload: { widgetId: string; visitorId: string } }
  | { kind: 'conversation.reopened'; payload: Record<string, never> }
  | { kind: 'conversation.identified'; payload: { customerId: string; verified: true } }
  | {
      kind: 'message.sent';
      payload: {
        messageId: string;
        author: MessageAuthor;
        kind: Exclude<MessageKind, 'note'>;
        bodyHash: string;
      };
    }
  | { kind: 'note.added'; payload: { messageId: string; bodyHash: string } }
  | {
      kind: 'turn.judged';
      payload: {
        messageId: string;
        articleId: string | null;
        confidence: number | null;
        mood: Mood;
        topic: string | null;
        signals: LoggedSignal[];
        offer: Reason | null;
        /** Ids of the desk's rules that held. */
        rules?: string[];
        /** The tool that it asked for. */
        tool?: BotTool;
        /** The look-up that it called for, and how that ended. */
        lookup?: { id: string; end: string };
        /** How the model that words answers was used. */
        model?: string;
      };
    }
  | {
      kind: 'handoff.offered';
      payload: {
        handoffId: string;
        reason: Reason;
        confidence: number | null;
        paths: Path[];
        by: 'customer' | 'bot';
        /** Articles that were close to what was asked. */
        alternatives?: string[];
        /** The team that it would be, as it stood then. */
        team?: OfferedTeam;
        /** What could not be served then, and until when. */
        unavailable?: UnavailablePath[];
        /** The templates of the forms that were offered. */
        forms?: string[];
        /** The customer asked to be called, and when, as far as they said. */
        asked?: AskedTime;
        /** The rule by which a customer was approached with the chat closed, and what it measured. */
        rules?: string[];
        signals?: LoggedSignal[];
      };
    }
  | {
      kind: 'customer.mailed';
      payload: { mailId: string; upToSeq: number; count: number };
    }
  | { kind: 'conversation.labelled'; payload: { added: string[]; removed: string[] } }
  /** A rule of the desk told whoever of the team was there. */
  | { kind: 'team.notified'; payload: { teamId: string; ruleId: string } }
  | { kind: 'handoff.declined'; payload: { handoffId: string } }
  | { kind: 'handoff.formChosen'; payload: { handoffId: string; linkId: string } }
  | { kind: 'form.sent'; payload: SentFormLink }
  | {
      kind: 'form.submitted';
      payload: { linkId: string; templateId: string; name: string; answered: number; sealed: number };
    }
  /** Somebody of the desk looked at what is kept sealed. */
  | { kind: 'form.revealed'; payload: { linkId: string; name: string; fields: string[] } }
  | { kind: 'handoff.detailsAsked'; payload: { handoffId: string } }
  | {
      kind: 'handoff.queued';
      payload: {
        handoffId: string;
        path: Path;
        teamId: string;
        priority: Priority;
        score: number;
        parts: PriorityPart[];
      };
    }
  | {
      kind: 'handoff.rang';
      payload: {
        handoffId: string;
        agentId: string;
        agentName: string;
        /** Whose agent it is. */
        teamId: string;
        until: number;
        /** Of the stored decision, with the hash of its text. */
        decisionId: string;
        decisionHash: string;
      };
    }
  | {
      kind: 'handoff.ringEnded';
      payload: { handoffId: string; agentId: string; agentName: string; why: RingEnd };
    }
  | { kind: 'handoff.widened'; payload: { handoffId: string; fromTeamId: string; teamId: string } }
  | { kind: 'handoff.askedAgain'; payload: { handoffId: string } }
  /** Who stood in line would rather be called, or answered by e-mail. */
  | { kind: 'handoff.pathChanged'; payload: { handoffId: string; path: Path; teamId: string } }
  | { kind: 'handoff.cancelled'; payload: { handoffId: string } }
  | { kind: 'callback.booked'; payload: CallbackTerms }
  | { kind: 'handoff.scheduled'; payload: { handoffId: string; callbackId: string } }
  | { kind: 'callback.moved'; payload: CallbackTerms }
  | { kind: 'callback.cancelled'; payload: CallbackTerms }
  | { kind: 'callback.reminded'; payload: CallbackTerms & { mailId: string | null } }
  | { kind: 'callback.due'; payload: CallbackTerms }
  | { kind: 'callback.kept'; payload: CallbackTerms }
  /** `by`: the customer did not answer, or nobody called. */
  | { kind: 'callback.missed'; payload: CallbackTerms & { by: 'customer' | 'us' } }
  | {
      kind: 'handoff.claimed';
      payload: { handoffId: string; agentId: string; agentName: string; overCapacity?: true };
    }
  | {
      kind: 'conversation.takenOver';
      payload: { handoffId: string; agentId: string; agentName: string; teamId: string | null };
    }
  | { kind: 'conversation.joined'; payload: { agentId: string; agentName: string } }
  | { kind: 'conversation.left'; payload: { agentId: string; agentName: string } }
  | { kind: 'handoff.released'; payload: { handoffId: string; agentId: string; teamId: string } }
  | {
      kind: 'handoff.dropped';
      payload: { handoffId: string; agentId: string; agentName: string; teamId: string };
    }
  | {
      kind: 'handoff.transferAsked';
      payload: {
        handoffId: string;
        fromAgentId: string;
        agentId: string;
        agentName: string;
        until: number;
        /** The note that goes along. */
        noteId: string | null;
        misrouted?: true;
        overCapacity?: true;
      };
    }
  | {
      kind: 'handoff.transferred';
      payload: {
        handoffId: string;
        fromAgentId: string;
        /** Whoever accepts it is the actor; absent where the owner was. */
        fromAgentName?: string;
        to: { kind: 'agent' | 'team'; id: string; name: string };
        misrouted?: true;
      };
    }
  | {
      kind: 'handoff.reassigned';
      payload: {
        handoffId: string;
        /** Who had it; null when it waited in a queue. */
        from: { id: string; name: string } | null;
        to: { kind: 'agent' | 'team'; id: string; name: string };
        overCapacity?: true;
      };
    }
  | { kind: 'handoff.returned'; payload: { handoffId: string; agentId: string } }
  | { kind: 'handoff.resolved'; payload: { handoffId: string; agentId: string } }
  | { kind: 'handoff.prioritised'; payload: { handoffId: string; priority: Priority; from: Priority } }
  | { kind: 'sla.updated'; payload: { handoffId: string } }
  | {
      kind: 'sla.marked';
      payload: {
        handoffId: string;
        metric: SlaMetric;
        mark: 'at_risk' | 'breach' | 'met';
        /** When it was so; the event may be later, never earlier. */
        at: number;
        startedAt: number;
        dueAt: number | null;
        targetMs: number | null;
        priority: Priority;
        inTime: boolean;
      };
    }
  | { kind: 'conversation.read'; payload: { side: 'visitor' | 'staff'; upTo: number } };

export type EventKind = ConversationEvent['kind'];
export type EventOf<K extends EventKind> = Extract<ConversationEvent, { kind: K }>;

/** A link to a form. What it opens is the customer's alone. */
export type SentFormLink = {
  linkId: string;
  templateId: string;
  templateVersion: number;
  name: string;
  minutes: number;
  expiresAt: number;
};

export interface OfferedTeam {
  teamId: string;
  /** When it is back; null while it is open, and where no opening is in sight. */
  opensAt: number | null;
  /** How many would have been served before. */
  ahead: number;
  /** What a newcomer would have been told; absent in events of before. */
  wait?: ShownWait | null;
  /** The next time at which we could call, or within how long we would; absent where no call is offered. */
  callback?: OfferedCallback;
}

/** `closed`: the team is not there by its hours. `full`: no time is free. `at` is null where nobody can say. */
export type UnavailablePath = { path: 'live' | 'callback'; why: 'closed' | 'full'; at: number | null };

export type OfferedCallback = { kind: 'slots'; nextAt: number } | { kind: 'queue'; withinMs: number };

/** How a ring ended without its agent taking the handoff; only a transfer that was asked for is withdrawn. */
export type RingEnd = 'declined' | 'no_answer' | 'unavailable' | 'withdrawn';

/** A signal as the log keeps it: where it was seen, not what was said. */
export interface LoggedSignal {
  name: string;
  value: number | null;
  threshold: number | null;
  fired: boolean;
  evidence: { messageId: string; start: number; end: number }[];
}

/** What only staff may see. Every other kind advances the visitor's own counter. */
const STAFF_ONLY: ReadonlySet<EventKind> = new Set([
  'conversation.identified',
  'callback.reminded',
  'conversation.labelled',
  'team.notified',
  'customer.mailed',
  'note.added',
  'turn.judged',
  'form.revealed',
  'handoff.rang',
  'handoff.ringEnded',
  'handoff.askedAgain',
  'handoff.transferAsked',
  'handoff.prioritised',
  'sla.updated',
  'sla.marked',
] satisfies EventKind[]);

export function isVisibleToVisitor(kind: EventKind): boolean {
  return !STAFF_ONLY.has(kind);
}

/** Each of these hands the conversation to another owner and raises the epoch by one. */
const CHANGES_OWNER: ReadonlySet<EventKind> = new Set([
  'conversation.reopened',
  'handoff.queued',
  'handoff.cancelled',
  'handoff.scheduled',
  'handoff.claimed',
  'conversation.takenOver',
  'handoff.released',
  'handoff.dropped',
  'handoff.transferred',
  'handoff.reassigned',
  'handoff.returned',
  'handoff.resolved',
] satisfies EventKind[]);

export function changesOwner(kind: EventKind): boolean {
  return CHANGES_OWNER.has(kind);
}

/** Whether a clock of the handoff may stand otherwise after it. */
export function movesClocks(kind: EventKind): boolean {
  return kind === 'sla.marked' || kind === 'sla.updated' || changesOwner(kind);
}

export const EVENT_KINDS = [
  'conversation.started',
  'conversation.reopened',
  'conversation.identified',
  'message.sent',
  'note.added',
  'customer.mailed',
  'turn.judged',
  'conversation.labelled',
  'team.notified',
  'handoff.offered',
  'handoff.declined',
  'handoff.formChosen',
  'form.sent',
  'form.submitted',
  'form.revealed',
  'handoff.detailsAsked',
  'handoff.queued',
  'handoff.rang',
  'handoff.ringEnded',
  'handoff.widened',
  'handoff.askedAgain',
  'handoff.pathChanged',
  'handoff.cancelled',
  'callback.booked',
  'handoff.scheduled',
  'callback.moved',
  'callback.cancelled',
  'callback.reminded',
  'callback.due',
  'callback.kept',
  'callback.missed',
  'handoff.claimed',
  'conversation.takenOver',
  'conversation.joined',
  'conversation.left',
  'handoff.released',
  'handoff.dropped',
  'handoff.transferAsked',
  'handoff.transferred',
  'handoff.reassigned',
  'handoff.returned',
  'handoff.resolved',
  'handoff.prioritised',
  'sla.updated',
  'sla.marked',
  'conversation.read',
] as const satisfies readonly EventKind[];

/** The handoff as everyone on the desk knows it; the agent's card travels beside it. Times are epoch milliseconds. */
export interface Handoff {
  id: string;
  state: HandoffState;
  reason: Reason;
  confidence: number | null;
  path: Path | null;
  priority: Priority;
  score: number;
  teamId: string | null;
  agentId: string | null;
  offeredAt: number;
  queuedAt: number | null;
  claimedAt: number | null;
  firstReplyAt: number | null;
  endedAt: number | null;
  outcome: Outcome | null;
  /** Its clocks; what time alone has made of them since is for the reader to see. */
  sla: SlaClockView[];
}

/** The head of a conversation: what the log so far amounts to. */
export interface Conversation {
  id: string;
  widgetId: string;
  visitorId: string;
  customerId: string | null;
  state: ConversationState;
  ownerEpoch: number;
  version: number;
  seq: number;
  visibleSeq: number;
  teamId: string | null;
  agentId: string | null;
  /** Who writes to the customer beside the owner. */
  participants: string[];
  /** The colleague whom its agent asks to take it, and until when; it stays with the agent meanwhile. */
  transfer: { agentId: string; until: number } | null;
  topic: string | null;
  /** By rules and by agents, in the order in which they came. */
  labels: string[];
  mood: Mood;
  startedAt: number;
  resolvedAt: number | null;
  visitorReadSeq: number;
  staffReadSeq: number;
  handoff: Handoff | null;
}
