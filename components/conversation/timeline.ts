import { SLA_METRIC_WORDS } from '@/components/ui/words';
import type { OutboxItem } from '@/lib/client/core/outbox';
import type { CallbackTerms } from '@/lib/domain/callback';
import type { EventKind, EventOf, RingEnd } from '@/lib/domain/conversation';
import type { MessageView, StaffEvent } from '@/lib/protocol';

export type TimelineItem =
  | { type: 'day'; key: string; at: number }
  | { type: 'message'; key: string; message: MessageView; visibleSeq: number | null; first: boolean }
  | { type: 'pending'; key: string; item: OutboxItem; mode: 'reply' | 'note' }
  | { type: 'submission'; key: string; submission: EventOf<'form.submitted'>['payload'] }
  | { type: 'card'; key: string; handoffId: string; at: number }
  | { type: 'system'; key: string; events: StaffEvent[] };

/** Shown elsewhere: as signals, read receipts, the form that was sent, and on the clock, of which the thread tells breaches only. */
const UNSHOWN: ReadonlySet<EventKind> = new Set([
  'turn.judged',
  'conversation.read',
  'sla.updated',
  'handoff.formChosen',
]);

const GROUP_MS = 5 * 60_000;

/**
 * What the thread shows, in order: messages grouped by speaker, the point of transfer as a card, and runs of what
 * happened folded into one line. Judgements and read receipts are shown elsewhere.
 */
export function timelineOf(
  events: readonly StaffEvent[],
  waiting: readonly { item: OutboxItem; mode: 'reply' | 'note' }[],
): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = '';
  let previous: MessageView | null = null;
  for (const event of events) {
    if (UNSHOWN.has(event.kind) || (event.kind === 'sla.marked' && event.payload.mark !== 'breach')) continue;
    const today = new Date(event.at).toDateString();
    if (today !== day) {
      day = today;
      items.push({ type: 'day', key: `day-${event.seq}`, at: event.at });
      previous = null;
    }
    if (event.message) {
      const { message } = event;
      items.push({
        type: 'message',
        key: message.id,
        message,
        visibleSeq: event.visibleSeq,
        first: !continues(previous, message),
      });
      previous = message;
      continue;
    }
    previous = null;
    if (event.kind === 'handoff.queued' || event.kind === 'conversation.takenOver') {
      items.push({
        type: 'card',
        key: `card-${event.seq}`,
        handoffId: event.payload.handoffId,
        at: event.at,
      });
    }
    if (event.kind === 'form.submitted') {
      items.push({ type: 'submission', key: `form-${event.seq}`, submission: event.payload });
      continue;
    }
    const last = items.at(-1);
    if (last?.type === 'system') last.events.push(event);
    else items.push({ type: 'system', key: `system-${event.seq}`, events: [event] });
  }
  for (const { item, mode } of waiting) items.push({ type: 'pending', key: item.clientId, item, mode });
  return items;
}

function continues(previous: MessageView | null, message: MessageView): boolean {
  return (
    previous !== null &&
    previous.author === message.author &&
    previous.authorId === message.authorId &&
    previous.kind === message.kind &&
    message.at - previous.at < GROUP_MS
  );
}

/** `: Tue 24 Nov, 15:30`; what was promised without a time is told by when. */
function callText({ slot, lateAt }: CallbackTerms): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return slot === null ? `, by ${words.format(lateAt)}` : `: ${words.format(slot.startAt)}`;
}

function ringEndText(
  { agentId, agentName, why }: { agentId: string; agentName: string; why: RingEnd },
  meId: string,
): string {
  const who = agentId === meId ? 'You' : agentName;
  if (why === 'declined') return `${who} declined`;
  if (why === 'no_answer') return `${who} did not answer`;
  if (why === 'withdrawn') return `${who} ${agentId === meId ? 'are' : 'is'} no longer asked`;
  return agentId === meId ? 'You were no longer available' : `${agentName} was no longer available`;
}

/** One event in words, with the people by name. */
export function eventText(
  event: StaffEvent,
  customer: string,
  meId: string,
  teamName: (id: string) => string,
): string {
  const by = event.actor.kind === 'agent' ? (event.actor.id === meId ? 'You' : event.actor.name) : customer;
  switch (event.kind) {
    case 'conversation.started':
      return `${customer} started the talk`;
    case 'conversation.reopened':
      return `${customer} came back`;
    case 'conversation.identified':
      return `Signed in as ${customer}`;
    case 'handoff.offered':
      return event.payload.by === 'customer' ? `${customer} asked for a person` : 'The bot offered a person';
    case 'customer.mailed': {
      const { count } = event.payload;
      return `${customer} is away: ${count === 1 ? 'the answer goes' : `${count} answers go`} out by e-mail`;
    }
    case 'conversation.labelled': {
      const { added, removed } = event.payload;
      const who = event.actor.kind === 'agent' ? by : 'A rule';
      if (added.length === 0) return `${who} took off ${removed.join(', ')}`;
      return `${who} labelled it ${added.join(', ')}`;
    }
    case 'team.notified':
      return `A rule told ${teamName(event.payload.teamId)}`;
    case 'handoff.declined':
      return `${customer} stayed with the bot`;
    case 'form.sent':
      return event.actor.kind === 'agent'
        ? `${by} sent the form “${event.payload.name}”`
        : `${customer} took the form “${event.payload.name}”`;
    case 'form.revealed':
      return `${by} opened what is sealed in “${event.payload.name}”`;
    case 'handoff.detailsAsked':
      return `${customer} shares details first`;
    case 'handoff.queued':
      return `In line for ${teamName(event.payload.teamId)}`;
    case 'handoff.rang':
      return `It rings at ${event.payload.agentId === meId ? 'you' : event.payload.agentName}`;
    case 'handoff.ringEnded':
      return ringEndText(event.payload, meId);
    case 'handoff.widened':
      return `Now in line for ${teamName(event.payload.teamId)}`;
    case 'handoff.askedAgain':
      return 'Everybody is asked again';
    case 'handoff.pathChanged':
      return `${customer} would rather ${event.payload.path === 'callback' ? 'be called' : 'have an e-mail'}`;
    case 'handoff.cancelled':
      return `${customer} left the queue`;
    case 'callback.booked':
      return `${by} ${event.actor.kind === 'agent' ? 'agreed' : 'asked for'} a call${callText(event.payload)}`;
    case 'handoff.scheduled':
      return 'Rests until the call';
    case 'callback.moved':
      return `${by} moved the call${callText(event.payload)}`;
    case 'callback.cancelled':
      return `${by} cancelled the call`;
    case 'callback.reminded':
      return event.payload.mailId === null
        ? 'You were reminded of the call'
        : 'Both were reminded of the call';
    case 'callback.due':
      return 'It is time for the call';
    case 'callback.kept':
      return `${by} made the call`;
    case 'callback.missed':
      return event.payload.by === 'us'
        ? 'The call was missed: nobody said that it was made'
        : `${by} called, and nobody answered`;
    case 'handoff.claimed':
      return `${by} claimed`;
    case 'conversation.takenOver':
      return `${by} took over`;
    case 'conversation.joined':
      return `${by} joined`;
    case 'conversation.left':
      return `${by} left`;
    case 'handoff.released':
      return `${by} released it to ${teamName(event.payload.teamId)}`;
    case 'handoff.dropped': {
      const gone = event.payload.agentId === meId ? 'You were' : `${event.payload.agentName} was`;
      return `${gone} no longer connected. Back in line for ${teamName(event.payload.teamId)}`;
    }
    case 'handoff.transferAsked':
      return `${by} asked ${event.payload.agentId === meId ? 'you' : event.payload.agentName} to take over`;
    case 'handoff.transferred': {
      const { to } = event.payload;
      if (event.actor.kind === 'agent' && event.actor.id === to.id) return `${by} took over`;
      return `${by} transferred it to ${to.name}`;
    }
    case 'handoff.reassigned': {
      const { from, to } = event.payload;
      const whom = (person: { id: string; name: string }) => (person.id === meId ? 'you' : person.name);
      const lost = from ? ` from ${whom(from)}` : '';
      if (event.actor.kind === 'agent' && to.id === event.actor.id) return `${by} took over${lost}`;
      return `${by} gave it${lost} to ${whom(to)}`;
    }
    case 'handoff.returned':
      return `${by} handed it back to the bot`;
    case 'handoff.resolved':
      return `${by} resolved`;
    case 'handoff.prioritised':
      return `${by} set P${event.payload.priority}, was P${event.payload.from}`;
    case 'sla.marked':
      return `Breached: ${SLA_METRIC_WORDS[event.payload.metric]}`;
    default:
      return event.kind;
  }
}
