import type { VisitorEvent, VisitorHandoff, VisitorSnapshot } from '@/lib/protocol';

/**
 * The snapshot after one more event. An event that is already in it changes nothing. The caller sees to it that none is
 * missing in between: a gap is asked for, never applied over.
 */
export function applyVisitorEvent(snapshot: VisitorSnapshot, event: VisitorEvent): VisitorSnapshot {
  if (event.seq <= snapshot.seq) return snapshot;
  const next: VisitorSnapshot = { ...snapshot, seq: event.seq, events: [...snapshot.events, event] };
  switch (event.kind) {
    case 'message':
    case 'formSent':
    case 'formSubmitted':
    case 'callback':
    case 'joined':
    case 'left':
      return next;
    case 'started':
    case 'reopened':
      return { ...next, state: 'bot', handoff: null };
    case 'read':
      return event.side === 'staff'
        ? { ...next, staffReadSeq: Math.max(snapshot.staffReadSeq, event.upTo) }
        : next;
    case 'handoff':
      return {
        ...next,
        state: ENDINGS.has(event.change) ? 'resolved' : ownerOf(event.handoff),
        handoff: event.handoff.state === 'ended' ? null : event.handoff,
      };
  }
}

/** As many of the events as follow without a gap; `gap` when some do not. */
export function applyVisitorEvents(
  snapshot: VisitorSnapshot,
  events: readonly VisitorEvent[],
): { snapshot: VisitorSnapshot; gap: boolean } {
  let current = snapshot;
  for (const event of events) {
    if (event.seq > current.seq + 1) return { snapshot: current, gap: true };
    current = applyVisitorEvent(current, event);
  }
  return { snapshot: current, gap: false };
}

/** Seq up to which the visitor has seen the conversation, as the log knows it. */
export function visitorReadUpTo(snapshot: VisitorSnapshot): number {
  let upTo = 0;
  for (const event of snapshot.events) {
    if (event.kind === 'read' && event.side === 'visitor') upTo = Math.max(upTo, event.upTo);
  }
  return upTo;
}

/** Messages of bot and agents that came after `readUpTo`. */
export function unreadMessages(snapshot: VisitorSnapshot, readUpTo: number): number {
  return snapshot.events.filter(
    (event) => event.kind === 'message' && event.message.author !== 'visitor' && event.seq > readUpTo,
  ).length;
}

/** The agent who has the conversation, or had it last. */
export function lastAgent(snapshot: VisitorSnapshot): string | null {
  for (const event of snapshot.events.toReversed()) {
    if (event.kind === 'handoff' && event.handoff.agentName !== null) return event.handoff.agentName;
  }
  return null;
}

export function hasClientId(snapshot: VisitorSnapshot, clientId: string): boolean {
  return snapshot.events.some((event) => event.kind === 'message' && event.message.clientId === clientId);
}

/** The chat is over with these: for good, or until we call. */
const ENDINGS: ReadonlySet<string> = new Set(['resolved', 'scheduled']);

function ownerOf(handoff: VisitorHandoff): VisitorSnapshot['state'] {
  switch (handoff.state) {
    case 'pending':
      return 'pending';
    case 'claimed':
      return 'active';
    case 'offered':
    case 'collecting':
    case 'ended':
      return 'bot';
  }
}
