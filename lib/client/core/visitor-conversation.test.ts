import { describe, expect, test } from 'vitest';
import type {
  MessageView,
  VisitorEvent,
  VisitorHandoff,
  VisitorHandoffChange,
  VisitorSnapshot,
} from '@/lib/protocol';
import {
  applyVisitorEvent,
  applyVisitorEvents,
  unreadMessages,
  visitorReadUpTo,
} from './visitor-conversation';

const snapshot: VisitorSnapshot = {
  conversationId: 'conversation',
  seq: 4,
  state: 'bot',
  handoff: null,
  events: [],
  more: false,
  staffReadSeq: 2,
};

const message: MessageView = {
  id: 'message',
  clientId: 'client',
  author: 'bot',
  authorId: null,
  authorName: 'Fern',
  kind: 'text',
  body: 'Yes.',
  sources: [],
  at: 10,
};

const handoff = (state: VisitorHandoff['state']): VisitorHandoff => ({
  id: 'handoff',
  state,
  reason: 'requested_by_customer',
  paths: ['live'],
  forms: [],
  teamName: 'Returns',
  opensAt: null,
  ahead: null,
  wait: null,
  alternatives: [],
  followUp: false,
  callback: null,
  askedCall: false,
  unavailable: [],
  instead: [],
  queuedAt: null,
  agentName: null,
  claimedAt: null,
});

describe('applyVisitorEvent', () => {
  const changes: [VisitorHandoffChange, VisitorHandoff['state'], VisitorSnapshot['state']][] = [
    ['offered', 'offered', 'bot'],
    ['declined', 'ended', 'bot'],
    ['detailsAsked', 'collecting', 'bot'],
    ['queued', 'pending', 'pending'],
    ['widened', 'pending', 'pending'],
    ['cancelled', 'ended', 'bot'],
    ['claimed', 'claimed', 'active'],
    ['takenOver', 'claimed', 'active'],
    ['released', 'pending', 'pending'],
    ['dropped', 'pending', 'pending'],
    ['transferred', 'claimed', 'active'],
    ['transferred', 'pending', 'pending'],
    ['returned', 'ended', 'bot'],
    ['resolved', 'ended', 'resolved'],
  ];

  test.each(changes)('handoff %s, then %s: the conversation is %s', (change, handoffState, state) => {
    const event: VisitorEvent = {
      seq: 5,
      at: 1,
      kind: 'handoff',
      change,
      handoff: handoff(handoffState),
      byName: null,
    };
    expect(applyVisitorEvent({ ...snapshot, state: 'active', handoff: handoff('claimed') }, event)).toEqual({
      ...snapshot,
      seq: 5,
      state,
      handoff: handoffState === 'ended' ? null : handoff(handoffState),
      events: [event],
    });
  });

  test('a message is one more event', () => {
    const event: VisitorEvent = { seq: 5, at: 1, kind: 'message', message };
    expect(applyVisitorEvent(snapshot, event)).toEqual({ ...snapshot, seq: 5, events: [event] });
  });

  test.each(['started', 'reopened'] as const)('%s puts the bot in charge', (kind) => {
    const event: VisitorEvent = { seq: 5, at: 1, kind };
    expect(applyVisitorEvent({ ...snapshot, state: 'resolved' }, event)).toEqual({
      ...snapshot,
      seq: 5,
      state: 'bot',
      events: [event],
    });
  });

  test('staff reading moves their mark, and never back', () => {
    const read = (seq: number, upTo: number): VisitorEvent => ({
      seq,
      at: 1,
      kind: 'read',
      side: 'staff',
      upTo,
    });
    const once = applyVisitorEvent(snapshot, read(5, 4));
    expect(once.staffReadSeq).toBe(4);
    expect(applyVisitorEvent(once, read(6, 3)).staffReadSeq).toBe(4);
  });

  test('the visitor reading leaves the staff mark alone', () => {
    const event: VisitorEvent = { seq: 5, at: 1, kind: 'read', side: 'visitor', upTo: 4 };
    const after = applyVisitorEvent(snapshot, event);
    expect(after.staffReadSeq).toBe(2);
    expect(visitorReadUpTo(after)).toBe(4);
  });

  test('an event that is already in changes nothing', () => {
    const event: VisitorEvent = { seq: 4, at: 1, kind: 'message', message };
    expect(applyVisitorEvent(snapshot, event)).toBe(snapshot);
  });
});

describe('applyVisitorEvents', () => {
  const event = (seq: number): VisitorEvent => ({ seq, at: seq, kind: 'message', message });

  test('stops at a gap and says so', () => {
    const after = applyVisitorEvents(snapshot, [event(4), event(5), event(7)]);
    expect(after.gap).toBe(true);
    expect(after.snapshot.seq).toBe(5);
  });

  test('overlapping batches leave each event once', () => {
    const first = applyVisitorEvents(snapshot, [event(5), event(6)]).snapshot;
    const second = applyVisitorEvents(first, [event(5), event(6), event(7)]);
    expect(second.gap).toBe(false);
    expect(second.snapshot.events.map((each) => each.seq)).toEqual([5, 6, 7]);
  });
});

test('unread counts what others wrote after the mark', () => {
  const mine: MessageView = { ...message, author: 'visitor' };
  const events: VisitorEvent[] = [
    { seq: 1, at: 1, kind: 'message', message },
    { seq: 2, at: 1, kind: 'message', message: mine },
    { seq: 3, at: 1, kind: 'message', message },
    { seq: 4, at: 1, kind: 'message', message },
  ];
  expect(unreadMessages({ ...snapshot, events }, 1)).toBe(2);
  expect(unreadMessages({ ...snapshot, events }, 4)).toBe(0);
});
