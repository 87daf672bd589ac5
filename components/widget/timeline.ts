import type { OutboxItem } from '@/lib/client/core/outbox';
import type { Draft } from '@/lib/client/core/visitor-store';
import type {
  MessageView,
  VisitorCallback,
  VisitorCallbackChange,
  VisitorEvent,
  VisitorForm,
  VisitorHandoff,
  VisitorSnapshot,
} from '@/lib/protocol';
import { sameDay } from './format';
import type { TextName } from './texts';

const GROUP_MS = 5 * 60_000;

type HandoffEvent = Extract<VisitorEvent, { kind: 'handoff' }>;
type MessageEvent = Extract<VisitorEvent, { kind: 'message' }>;
type FormEvent = Extract<VisitorEvent, { kind: 'formSent' | 'formSubmitted' }>;

export interface MessageGroup {
  kind: 'group';
  key: string;
  author: MessageView['author'];
  name: string | null;
  messages: MessageView[];
  at: number;
  /** Shown under the newest own group while people are involved, and under what was added in the line. */
  receipt: 'sent' | 'read' | 'added' | null;
}

export type Row =
  | { kind: 'day'; key: string; at: number }
  | MessageGroup
  | { kind: 'offer' | 'details' | 'queue'; key: string; handoff: VisitorHandoff }
  | { kind: 'form'; key: string; form: VisitorForm }
  | { kind: 'call'; key: string; change: VisitorCallbackChange; callback: VisitorCallback }
  | { kind: 'takeover'; key: string; handoff: VisitorHandoff; at: number }
  | {
      kind: 'line';
      key: string;
      text: TextName;
      by: string | null;
      handoff: VisitorHandoff | null;
      done: boolean;
    };

/**
 * The conversation as it is shown: messages in groups, of each handoff the one card that still matters, and at the end what
 * the bot is about to say.
 */
export function timeline(snapshot: VisitorSnapshot, drafts: readonly Draft[] = []): Row[] {
  const rows: Row[] = [];
  const cards = cardSeqs(snapshot);
  const calls = snapshot.events.findLast((event) => event.kind === 'callback')?.seq;
  let group: MessageGroup | null = null;
  let lastAt: number | null = null;
  let collecting: Row | null = null;
  let waiting = false;

  for (const event of [...snapshot.events, ...drafts.filter(({ text }) => text).map(draftEvent)]) {
    if (event.kind === 'read' || event.kind === 'started') continue;
    if (lastAt === null || !sameDay(lastAt, event.at)) {
      rows.push({ kind: 'day', key: `day-${event.seq}`, at: event.at });
      group = null;
    }
    lastAt = event.at;
    if (event.kind === 'message') {
      group = addMessage(
        rows,
        group,
        event.message,
        event.at,
        waiting ? 'added' : receiptOf(snapshot, event),
      );
      continue;
    }
    if (event.kind === 'formSent' || event.kind === 'formSubmitted') {
      const row = formRow(snapshot, event);
      if (row) rows.push(row);
      group = null;
      continue;
    }
    if (event.kind === 'joined' || event.kind === 'left') {
      rows.push(line(event.seq, event.kind === 'joined' ? 'lineJoined' : 'lineLeft', event.name));
      group = null;
      continue;
    }
    if (event.kind === 'callback') {
      rows.push(...callRows(event, event.seq === calls));
      group = null;
      continue;
    }
    waiting = event.kind === 'handoff' && event.handoff.state === 'pending';
    const row = event.kind === 'reopened' ? line(event.seq, 'lineReopened') : handoffRow(event, cards);
    if (row === null) continue;
    const told = event.kind === 'handoff' && row.kind !== 'line' ? passedOn(event) : null;
    if (told) rows.push(told);
    if (row.kind === 'details') collecting = row;
    else rows.push(row);
    group = null;
  }
  if (collecting) rows.push(collecting);
  return onlyNewestReceipt(rows);
}

/** A message without an id. Its client id is that of the message that comes, which so takes its place. */
function draftEvent({ clientId, text, at }: Draft): MessageEvent {
  const message = {
    id: '',
    clientId,
    author: 'bot',
    authorId: null,
    authorName: null,
    kind: 'text',
  } as const;
  return { seq: 0, at, kind: 'message', message: { ...message, body: text, sources: [], at } };
}

/** Only the newest link to a form works, and stands where it was sent until it is used. */
function formRow(snapshot: VisitorSnapshot, event: FormEvent): Row | null {
  if (event.kind === 'formSubmitted') return { ...line(event.seq, 'lineForm', event.name), done: true };
  const { form } = event;
  const isSpent = snapshot.events.some(
    (each) =>
      (each.kind === 'formSubmitted' && each.formId === form.id) ||
      (each.kind === 'formSent' && each.form.templateId === form.templateId && each.seq > event.seq),
  );
  return isSpent ? null : { kind: 'form', key: `form-${event.seq}`, form };
}

/** Own messages that the conversation does not hold yet. */
export function notYetIn(snapshot: VisitorSnapshot | null, pending: readonly OutboxItem[]): OutboxItem[] {
  const known = new Set(
    snapshot?.events.flatMap((event) => (event.kind === 'message' ? [event.message.clientId] : [])),
  );
  return pending.filter((item) => !known.has(item.clientId));
}

function addMessage(
  rows: Row[],
  group: MessageGroup | null,
  message: MessageView,
  at: number,
  receipt: MessageGroup['receipt'],
): MessageGroup {
  const fits =
    group !== null &&
    group.author === message.author &&
    group.name === message.authorName &&
    at - group.at < GROUP_MS;
  if (fits) {
    group.messages.push(message);
    group.at = at;
    group.receipt = receipt;
    return group;
  }
  const fresh: MessageGroup = {
    kind: 'group',
    key: message.clientId,
    author: message.author,
    name: message.authorName,
    messages: [message],
    at,
    receipt,
  };
  rows.push(fresh);
  return fresh;
}

function receiptOf(snapshot: VisitorSnapshot, event: MessageEvent): MessageGroup['receipt'] {
  if (snapshot.state === 'bot') return null;
  return event.seq <= snapshot.staffReadSeq ? 'read' : 'sent';
}

function onlyNewestReceipt(rows: Row[]): Row[] {
  const groups = rows.filter((row) => row.kind === 'group');
  const newest = groups.findLast((group) => group.author === 'visitor');
  for (const group of groups) {
    if (group.author !== 'visitor' || (group !== newest && group.receipt !== 'added')) group.receipt = null;
  }
  return rows;
}

/** The events that have a card: the newest of the open handoff, and the newest introduction. All else is a line. */
function cardSeqs(snapshot: VisitorSnapshot): Set<number> {
  const handoffs = snapshot.events.filter((event): event is HandoffEvent => event.kind === 'handoff');
  const open = snapshot.handoff === null ? undefined : handoffs.at(-1);
  const introduction = handoffs.findLast((event) => event.handoff.state === 'claimed');
  return new Set([open, introduction].flatMap((event) => (event === undefined ? [] : [event.seq])));
}

/** A card shows where things stand; that somebody passed the customer on is said above it. */
function passedOn({ seq, change, byName, handoff }: HandoffEvent): Row | null {
  if (change === 'released') return line(seq, 'lineReleased', byName, handoff);
  if (change === 'dropped') return line(seq, 'lineDropped', byName, handoff);
  if (change === 'transferred') return line(seq, 'linePassed', byName, handoff);
  if (change === 'widened') return line(seq, 'lineWidened', null, handoff);
  return null;
}

/** While a call stands, the newest word of it has the card; what came of it is said in a line. */
function callRows(event: Extract<VisitorEvent, { kind: 'callback' }>, newest: boolean): Row[] {
  const { change, callback, seq } = event;
  if (change !== 'booked' && change !== 'moved') return [line(seq, `call_${change}`)];
  return newest ? [{ kind: 'call', key: `call-${seq}`, change, callback }] : [];
}

function handoffRow(event: HandoffEvent, cards: Set<number>): Row | null {
  const { handoff, change, byName } = event;
  const current = cards.has(event.seq);
  const key = `handoff-${event.seq}`;
  switch (change) {
    case 'offered':
      return current ? { kind: 'offer', key, handoff } : null;
    case 'detailsAsked':
      return current ? { kind: 'details', key, handoff } : null;
    case 'formChosen':
      return null;
    case 'declined':
      return line(event.seq, 'lineDeclined', null, handoff);
    case 'queued':
      return current ? { kind: 'queue', key, handoff } : line(event.seq, 'lineQueued', null, handoff);
    case 'pathChanged':
      return current ? { kind: 'queue', key, handoff } : null;
    case 'widened':
      return current ? { kind: 'queue', key, handoff } : line(event.seq, 'lineWidened', null, handoff);
    case 'cancelled':
      return line(event.seq, 'lineCancelled', null, handoff);
    case 'claimed':
    case 'takenOver':
      return current
        ? { kind: 'takeover', key, handoff, at: event.at }
        : line(event.seq, 'lineClaimed', byName, handoff);
    case 'released':
      return current ? { kind: 'queue', key, handoff } : line(event.seq, 'lineReleased', byName, handoff);
    case 'dropped':
      return current ? { kind: 'queue', key, handoff } : line(event.seq, 'lineDropped', byName, handoff);
    case 'transferred':
      if (current && handoff.state === 'pending') return { kind: 'queue', key, handoff };
      if (current) return { kind: 'takeover', key, handoff, at: event.at };
      return line(event.seq, 'linePassed', byName, handoff);
    case 'returned':
      return line(event.seq, 'lineReturned', byName, handoff);
    case 'scheduled':
      return null;
    case 'resolved':
      return { ...line(event.seq, 'lineResolved', byName, handoff), done: true };
  }
}

function line(
  seq: number,
  text: TextName,
  by: string | null = null,
  handoff: VisitorHandoff | null = null,
): Extract<Row, { kind: 'line' }> {
  return { kind: 'line', key: `line-${seq}`, text, by, handoff, done: false };
}
