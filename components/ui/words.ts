import type { CallbackChannel } from '@/lib/domain/callback';
import type { Mood, Outcome, Path, Reason, Stage } from '@/lib/domain/handoff';
import type { Discipline } from '@/lib/domain/order-of-service';
import type { AgentStatus } from '@/lib/domain/presence';
import type { RoutingMode } from '@/lib/domain/routing-settings';
import type { SignalName } from '@/lib/domain/signal';
import type { SlaMetric, SlaTargets } from '@/lib/domain/sla-policy';
import type { MovedUp } from '@/lib/protocol';

/** The desk's words for the product's codes: one place, the same everywhere. */
export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  requested_by_customer: 'Asked for a person',
  low_confidence: 'Low confidence',
  out_of_scope: 'Out of scope',
  sensitive_topic: 'Sensitive topic',
  frustration: 'Frustrated',
  loop: 'Asked again and again',
  rule: 'Rule',
  session_limit: 'Long talk',
  opportunity: 'Opportunity',
  agent_takeover: 'Taken over',
  error: 'Bot failed',
};

/** How a team's work finds its agent, and what that says of whoever was picked. */
export const ROUTING_MODE_WORDS: Readonly<
  Record<RoutingMode, { name: string; reason: string; what: string }>
> = {
  manual: {
    name: 'Claim by hand',
    reason: 'Claimed by hand',
    what: 'Agents take the next from the queue themselves.',
  },
  round_robin: {
    name: 'Round robin',
    reason: 'Your turn',
    what: 'In turn: whoever was rung longest ago is next.',
  },
  first_available: {
    name: 'First free',
    reason: 'Free longest',
    what: 'Whoever has been free the longest is next.',
  },
  load_balanced: {
    name: 'Even load',
    reason: 'Least busy',
    what: 'Whoever has the smallest share of their capacity in use is next.',
  },
  skill_based: {
    name: 'By skill',
    reason: 'Best match',
    what: 'Whoever has the skills asked for, and the fewest others, is next.',
  },
};

/** en: English. A tag that the browser does not know is shown as it is. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
}

/** en: €1,250. Whole units of the currency. */
export function roundMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 0 }).format(
    amount,
  );
}

export const MOOD_WORDS: Readonly<Record<Mood, string>> = {
  calm: 'Calm',
  uneasy: 'Uneasy',
  frustrated: 'Frustrated',
};

export const PATH_WORDS: Readonly<Record<Path, string>> = {
  live: 'Live chat',
  form: 'Form',
  follow_up: 'E-mail follow-up',
  callback: 'Callback',
  takeover: 'Takeover',
};

export const CHANNEL_WORDS: Readonly<Record<CallbackChannel, string>> = {
  voice: 'by phone',
  video: 'by video',
  chat: 'by chat',
};

export const DISCIPLINE_WORDS: Readonly<Record<Discipline, string>> = {
  rescue: 'in time where possible',
  strict: 'strict priority',
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  resolved: 'Resolved',
  declined: 'Stayed with the bot',
  cancelled: 'Left the queue',
  returned: 'Back to the bot',
};

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  queued: 'Handed over',
  claimed: 'Claimed from the queue',
  open: 'Still open',
  unanswered: 'Not answered yet',
  breached: 'Breached a target',
  misrouted: 'Misrouted',
  estimated: 'Told a wait and claimed',
  in_range: 'Claimed within the wait told',
  sooner: 'Claimed sooner than told',
  later: 'Claimed later than told',
};

export const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  human_request: 'Asked for a person',
  frustration: 'Frustration',
  legal: 'Legal',
  medical: 'Medical',
  financial: 'Financial',
  security: 'Security',
  compliance: 'Compliance',
  regulated_transaction: 'Regulated transaction',
  sensitive_change: 'Change with proof of identity',
  refund_over_limit: 'Refund over the limit',
  cancellation: 'Cancellation',
  refund: 'Refund',
  billing_dispute: 'Disputed charge',
  complaint: 'Complaint',
  policy_exception: 'Exception to a rule',
  enterprise: 'Enterprise need',
  multi_question: 'Questions at once',
  topic_switches: 'Topics',
  loop: 'Same question',
  out_of_scope: 'Out of scope',
  low_confidence: 'Confidence',
  long_session: 'Minutes so far',
  polarity: 'Tone of the words',
  engagement: 'Engagement',
  pages: 'Pages seen',
  time: 'Seconds on the site',
} satisfies Record<SignalName, string>;

export const PRIORITY_WORDS = { 1: 'Urgent', 2: 'High', 3: 'Normal', 4: 'Low' } as const;

/** What a rule or a sensitive topic was about, in the words of a queue row. */
export const TRIGGER_WORDS: Readonly<Record<string, string>> = {
  refund_over_limit: 'Refund over the limit',
  refund: 'Refund',
  billing_dispute: 'Disputed charge',
  policy_exception: 'Exception to a rule',
  enterprise: 'Enterprise need',
  multi_question: 'Several questions',
  topic_switches: 'Several topics',
  compliance: 'Compliance',
  regulated_transaction: 'Regulated transaction',
  sensitive_change: 'Change with proof of identity',
  cancellation: 'Cancellation',
  complaint: 'Complaint',
  legal: 'Legal',
  medical: 'Medical',
  financial: 'Financial advice',
  security: 'Account security',
};

export const SLA_METRIC_WORDS: Record<SlaMetric, string> = {
  first_response: 'first response',
  next_response: 'next response',
  resolution: 'resolution',
};

export const SLA_TARGET_WORDS: Record<keyof SlaTargets, string> = {
  firstResponseMs: SLA_METRIC_WORDS.first_response,
  nextResponseMs: SLA_METRIC_WORDS.next_response,
  resolutionMs: SLA_METRIC_WORDS.resolution,
};

/** Why somebody is served before their turn. */
export const MOVED_UP_WORDS: Record<MovedUp, string> = {
  urgent: 'urgent',
  rescue: 'can still be answered in time',
  aged: 'has waited the longest beyond the target',
  in_order: 'first of those who can be in time',
  breached: 'is the longest overdue',
};

export const STATUS_WORDS: Readonly<Record<AgentStatus, string>> = {
  available: 'Available',
  busy: 'Busy',
  away: 'Away',
  offline: 'Offline',
};

/** How many conversations somebody has of how many they may have. */
export function loadText({ load, capacity }: { load: number; capacity: number }): string {
  return `${load} of ${capacity}`;
}
