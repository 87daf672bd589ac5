import { unreadMessages } from '@/lib/client/core/visitor-conversation';
import type { VisitorState } from '@/lib/client/core/visitor-store';
import type { VisitorEvent } from '@/lib/protocol';

interface HostEvent {
  name: string;
  detail: unknown;
}

const HANDOFF_EVENTS = {
  offered: 'handoff:offered',
  collecting: 'handoff:offered',
  pending: 'handoff:queued',
  claimed: 'handoff:connected',
  ended: 'handoff:ended',
} as const;

/** What the host page may listen to, told from two states of the visitor: no words, no names but the agent's. */
export function hostEvents(before: VisitorState, after: VisitorState): HostEvent[] {
  const events: HostEvent[] = [];
  if (before.session === null && after.session !== null) events.push({ name: 'ready', detail: null });
  const unread = countUnread(after);
  if (unread !== countUnread(before)) events.push({ name: 'unread', detail: unread });
  if (
    before.conversation !== null &&
    before.conversation.conversationId === after.conversation?.conversationId
  ) {
    const from = before.conversation.seq;
    events.push(...after.conversation.events.filter((event) => event.seq > from).flatMap(hostEvent));
  }
  const place = after.position?.position;
  if (place !== undefined && place !== before.position?.position) {
    events.push({ name: 'handoff:position', detail: place });
  }
  return events;
}

function hostEvent(event: VisitorEvent): HostEvent[] {
  if (event.kind === 'message') return [{ name: 'message', detail: event.message.author }];
  if (event.kind !== 'handoff') return [];
  return [{ name: HANDOFF_EVENTS[event.handoff.state], detail: event.handoff.agentName }];
}

function countUnread(state: VisitorState): number {
  return state.conversation === null ? 0 : unreadMessages(state.conversation, state.readUpTo);
}
