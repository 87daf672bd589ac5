import { expect, test } from 'vitest';
import type { VisitorState } from '@/lib/client/core/visitor-store';
import type { MessageView, VisitorEvent, VisitorHandoff } from '@/lib/protocol';
import { hostEvents } from './host-events';
import { launcherLook } from './launcher-look';

const message: MessageView = {
  id: 'message',
  clientId: 'client',
  author: 'agent',
  authorId: 'agent',
  authorName: 'Maya Lindqvist',
  kind: 'text',
  body: 'Nobody but the visitor reads this.',
  sources: [],
  at: 1,
};
const claimed: VisitorHandoff = {
  id: 'handoff',
  state: 'claimed',
  reason: 'rule',
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
  queuedAt: 1,
  agentName: 'Maya Lindqvist',
  claimedAt: 2,
};
const started: VisitorEvent = { seq: 1, at: 1, kind: 'started' };
const joined: VisitorEvent = {
  seq: 2,
  at: 2,
  kind: 'handoff',
  change: 'claimed',
  handoff: claimed,
  byName: null,
};
const said: VisitorEvent = { seq: 3, at: 3, kind: 'message', message };

const session: VisitorState['session'] = {
  visitorId: 'visitor',
  name: null,
  email: null,
  widget: {
    id: 'widget',
    shopName: 'Larkfell',
    botName: 'Fern',
    currency: 'EUR',
    locale: 'en',
    theme: { brand: '#1f5c4a' },
    suggestions: [],
    calls: true,
    texts: { launcherWith: 'Zu {name}' },
  },
};

function state(events: VisitorEvent[] | null): VisitorState {
  return {
    connection: { kind: 'online' },
    session,
    conversation: events && {
      conversationId: 'conversation',
      seq: events.length,
      state: events.length > 1 ? 'active' : 'bot',
      handoff: events.length > 1 ? claimed : null,
      events,
      more: false,
      staffReadSeq: 0,
    },
    pending: [],
    position: null,
    typing: null,
    drafts: [],
    readUpTo: 0,
    busy: null,
    personWanted: false,
    refusal: null,
    clockOffsetMs: 0,
  };
}

test('the host hears what happened, and no words of it', () => {
  const events = hostEvents(state([started]), state([started, joined, said]));
  expect(events).toEqual([
    { name: 'unread', detail: 1 },
    { name: 'handoff:connected', detail: 'Maya Lindqvist' },
    { name: 'message', detail: 'agent' },
  ]);
});

test('a conversation that was there before is no news', () => {
  expect(hostEvents({ ...state(null), session: null }, state([started, joined]))).toEqual([
    { name: 'ready', detail: null },
  ]);
});

test('the place in line is told when it changes', () => {
  const before = { ...state([started]), position: { position: 3, exact: true, wait: null } };
  expect(hostEvents(before, before)).toEqual([]);
  expect(hostEvents(before, { ...before, position: { position: 2, exact: true, wait: null } })).toEqual([
    { name: 'handoff:position', detail: 2 },
  ]);
});

test('the launcher shows the agent and what is unread, in the shop’s words', () => {
  expect(launcherLook(state([started, joined, said]))).toMatchObject({
    active: true,
    initials: 'ML',
    unread: 1,
    line: null,
    openLabel: 'Zu Maya, 1 unread',
    title: 'Larkfell chat',
  });
  expect(launcherLook(state(null))).toMatchObject({ active: false, initials: null, openLabel: 'Open chat' });
  expect(launcherLook({ ...state(null), session: null })).toBeNull();
});
