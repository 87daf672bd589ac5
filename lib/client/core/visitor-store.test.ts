import { describe, expect, test } from 'vitest';
import type {
  MessageView,
  VisitorEvent,
  VisitorHandshake,
  VisitorSession,
  VisitorSnapshot,
} from '@/lib/protocol';
import { fakeClock } from './fake-clock';
import { type FakeWire, fakeWire } from './fake-wire';
import { memoryStore } from './memory-store';
import { openStorage } from './storage';
import { createVisitor } from './visitor-store';

const message = (clientId: string, author: MessageView['author'] = 'visitor'): MessageView => ({
  id: `id-${clientId}`,
  clientId,
  author,
  authorId: null,
  authorName: null,
  kind: 'text',
  body: clientId,
  sources: [],
  at: 1,
});
const said = (seq: number, clientId: string, author?: MessageView['author']): VisitorEvent => ({
  seq,
  at: seq,
  kind: 'message',
  message: message(clientId, author),
});

function snapshot(events: VisitorEvent[], over: Partial<VisitorSnapshot> = {}): VisitorSnapshot {
  return {
    conversationId: 'conversation',
    seq: events.at(-1)?.seq ?? 0,
    state: 'bot',
    handoff: null,
    events,
    more: false,
    staffReadSeq: 0,
    ...over,
  };
}

function session(
  conversation: VisitorSnapshot | null,
  token = 'token-1',
): { ok: true; data: VisitorSession } {
  return {
    ok: true,
    data: {
      token,
      visitorId: 'visitor',
      name: 'Jonas Berg',
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
        texts: {},
      },
      conversation,
      position: null,
      serverNow: 1_005_000,
    },
  };
}

function world(local = memoryStore()) {
  const clock = fakeClock();
  const wire: FakeWire = fakeWire();
  let handshake: () => VisitorHandshake = () => ({ protocol: 0, widget: '' });
  let ids = 0;
  const storage = openStorage('test', () => local);
  const visitor = createVisitor({
    widget: 'larkfell',
    storage,
    wire(auth) {
      handshake = auth;
      return wire;
    },
    clock,
    random: () => 1,
    newId: () => `c${++ids}`,
    network: new EventTarget(),
  });
  const seqs = () => visitor.store.getState().conversation?.events.map((event) => event.seq);
  const pending = () => visitor.store.getState().pending.map((item) => `${item.body}:${item.status}`);
  return {
    clock,
    wire,
    visitor,
    storage,
    seqs,
    pending,
    auth: () => handshake(),
    get: visitor.store.getState,
  };
}

async function ready(conversation: VisitorSnapshot | null, local = memoryStore()) {
  const all = world(local);
  await all.wire.up();
  await all.wire.take('session:open').answer(session(conversation));
  return all;
}

const OFFERED = {
  id: 'handoff',
  state: 'offered' as const,
  reason: 'loop' as const,
  paths: ['live' as const],
  forms: [],
  teamName: null,
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
};

describe('visitor', () => {
  test('a session brings token, conversation and the server’s clock', async () => {
    const { get, auth } = await ready(snapshot([said(1, 'a')]));
    expect(get().conversation?.seq).toBe(1);
    expect(get().clockOffsetMs).toBe(5000);
    expect(auth()).toMatchObject({ widget: 'larkfell', token: 'token-1' });
  });

  test('what the bot is about to say grows, and gives way to what it says', async () => {
    const { get, wire } = await ready(snapshot([said(1, 'a'), said(2, 'b')]));
    const texts = () => get().drafts.map(({ text }) => text);
    const draft = (clientId: string, text: string | null) => wire.emit('bot:drafted', { clientId, text });
    await draft('turn-1', '');
    await draft('turn-2', 'Yes.');
    await draft('turn-1', 'No. Never.');
    expect(texts()).toEqual(['No. Never.', 'Yes.']);
    await wire.emit('conversation:events', { events: [said(3, 'turn-1', 'bot')] });
    expect(texts()).toEqual(['Yes.']);
    await draft('turn-2', null);
    expect(texts()).toEqual([]);
    await draft('turn-3', 'Half');
    await wire.down();
    expect(texts()).toEqual([]);
    await wire.up();
    await wire.take('conversation:since').answer({ ok: true, data: { events: [], more: false } });
    await draft('turn-3', 'Half. Whole.');
    const claimed = { ...OFFERED, state: 'claimed' as const, agentName: 'Maya' };
    const event = { seq: 4, at: 4, kind: 'handoff', change: 'takenOver', handoff: claimed, byName: 'Maya' };
    await wire.emit('conversation:events', { events: [event] });
    expect(texts()).toEqual([]);
  });

  test('a renewed token is used from then on', async () => {
    const { wire, auth } = await ready(null);
    await wire.emit('session:renewed', { token: 'token-2' });
    expect(auth().token).toBe('token-2');
  });

  test('a token that is refused is dropped, once', async () => {
    const local = memoryStore();
    await ready(null, local);
    const { wire, auth, get } = world(local);
    expect(auth().token).toBe('token-1');
    await wire.refuse('unauthenticated');
    expect(wire.opened).toBe(2);
    expect(auth().token).toBeUndefined();
    await wire.refuse('unauthenticated');
    expect(wire.opened).toBe(2);
    expect(get().connection).toEqual({ kind: 'refused', code: 'unauthenticated' });
  });

  test('events are applied as they come', async () => {
    const { wire, seqs } = await ready(snapshot([said(1, 'a')]));
    await wire.emit('conversation:events', { events: [said(2, 'b', 'bot'), said(3, 'c', 'bot')] });
    expect(seqs()).toEqual([1, 2, 3]);
  });

  test('a gap is asked for and closed', async () => {
    const { wire, seqs } = await ready(snapshot([said(1, 'a')]));
    await wire.emit('conversation:events', { events: [said(4, 'd', 'bot')] });
    expect(seqs()).toEqual([1]);
    const since = wire.take('conversation:since');
    expect(since.input).toEqual({ after: 1 });
    await since.answer({ ok: true, data: { events: [said(2, 'b'), said(3, 'c')], more: true } });
    await wire
      .take('conversation:since')
      .answer({ ok: true, data: { events: [said(4, 'd', 'bot')], more: false } });
    expect(seqs()).toEqual([1, 2, 3, 4]);
    expect(wire.asked).toHaveLength(0);
  });

  test('an answer that was read before what was told meanwhile takes nothing of it back', async () => {
    const { visitor, wire, seqs, get } = await ready(snapshot([said(1, 'a')]));
    visitor.requestPerson();
    await wire.take('handoff:request').answer({ ok: true, data: {} });
    await wire.emit('conversation:events', { events: [said(2, 'b', 'bot')] });
    await wire.take('session:open').answer(session(snapshot([said(1, 'a')])));
    expect(seqs()).toEqual([1, 2]);
    expect(get().conversation?.seq).toBe(2);
  });

  test('after a lost connection everything is brought up to date', async () => {
    const { wire, seqs, clock } = await ready(snapshot([said(1, 'a')]));
    await wire.down();
    clock.advance(500);
    await wire.up();
    await wire
      .take('conversation:since')
      .answer({ ok: true, data: { events: [said(2, 'b', 'agent')], more: false } });
    expect(seqs()).toEqual([1, 2]);
    expect(wire.asked).toHaveLength(0);
  });

  test('who waits in line asks for the place too', async () => {
    const { wire, clock } = await ready(snapshot([said(1, 'a')], { state: 'pending' }));
    await wire.down();
    clock.advance(500);
    await wire.up();
    expect(wire.asked.map((asked) => asked.event)).toEqual(['session:open']);
  });

  test('a site’s word that is refused is dropped before the token is', async () => {
    const { wire, visitor, auth } = await ready(null);
    visitor.identify('old');
    await wire.refuse('unauthenticated');
    expect(auth()).toMatchObject({ token: 'token-1' });
    expect(auth().identity).toBeUndefined();
    await wire.up();
    expect(wire.asked.map((asked) => asked.event)).toEqual(['session:open']);
  });

  test('the first message makes the conversation', async () => {
    const { wire, visitor, seqs, pending } = await ready(null);
    visitor.send('  Where is my order? ');
    const sending = wire.take('message:send');
    expect(sending.input).toEqual({ clientId: 'c1', body: 'Where is my order?' });
    await sending.answer({ ok: true, data: { messageId: 'm', seq: 2, visibleSeq: 2, at: 1 } });
    expect(pending()).toEqual(['Where is my order?:sent']);
    await wire
      .take('session:open')
      .answer(session(snapshot([{ seq: 1, at: 1, kind: 'started' }, said(2, 'c1')])));
    expect(seqs()).toEqual([1, 2]);
    expect(pending()).toEqual([]);
  });

  test('an own message is replaced by its event, whichever of event and answer comes first', async () => {
    const { wire, visitor, pending } = await ready(snapshot([said(1, 'a')]));
    visitor.send('hello');
    await wire.emit('conversation:events', { events: [said(2, 'c1')] });
    expect(pending()).toEqual([]);
    await wire
      .take('message:send')
      .answer({ ok: true, data: { messageId: 'm', seq: 2, visibleSeq: 2, at: 1 } });
    expect(pending()).toEqual([]);
    expect(wire.asked).toHaveLength(0);
  });

  test('an acknowledged message whose event stays away is asked for', async () => {
    const { wire, visitor, clock, pending, seqs } = await ready(snapshot([said(1, 'a')]));
    visitor.send('hello');
    await wire
      .take('message:send')
      .answer({ ok: true, data: { messageId: 'm', seq: 2, visibleSeq: 2, at: 1 } });
    clock.advance(2000);
    await wire
      .take('conversation:since')
      .answer({ ok: true, data: { events: [said(2, 'c1')], more: false } });
    expect(seqs()).toEqual([1, 2]);
    expect(pending()).toEqual([]);
  });

  test('a message that opened another conversation brings that one in', async () => {
    const { wire, visitor, get, pending } = await ready(
      snapshot([said(1, 'a'), said(2, 'b')], { state: 'resolved' }),
    );
    visitor.send('again');
    await wire
      .take('message:send')
      .answer({ ok: true, data: { messageId: 'm', seq: 2, visibleSeq: 2, at: 1 } });
    const next = snapshot([{ seq: 1, at: 1, kind: 'started' }, said(2, 'c1')], { conversationId: 'next' });
    await wire.take('session:open').answer(session(next));
    expect(get().conversation?.conversationId).toBe('next');
    expect(pending()).toEqual([]);
  });

  test('what is written without a connection is sent once it is back, in order and once', async () => {
    const { wire, visitor, clock, pending } = await ready(snapshot([said(1, 'a')]));
    await wire.down();
    visitor.send('one');
    visitor.send('two');
    clock.advance(500);
    await wire.up();
    expect(wire.asked.map((asked) => asked.event)).toEqual(['conversation:since']);
    await wire.take('conversation:since').answer({ ok: true, data: { events: [], more: false } });
    await wire
      .take('message:send')
      .answer({ ok: true, data: { messageId: 'm', seq: 2, visibleSeq: 2, at: 1 } });
    const second = wire.take('message:send');
    expect(second.input).toMatchObject({ body: 'two' });
    await wire.emit('conversation:events', { events: [said(2, 'c1'), said(3, 'c2')] });
    await second.answer({ ok: true, data: { messageId: 'm', seq: 3, visibleSeq: 3, at: 1 } });
    expect(pending()).toEqual([]);
    expect(wire.asked).toHaveLength(0);
  });

  test('a message that had arrived before the page was closed is not sent again', async () => {
    const local = memoryStore();
    const before = await ready(snapshot([said(1, 'a')]), local);
    before.visitor.send('hello');
    const after = await ready(snapshot([said(1, 'a'), said(2, 'c1')]), local);
    expect(after.pending()).toEqual([]);
    expect(after.wire.asked).toHaveLength(0);
  });

  test('a person asked for without a connection is asked for with the next one', async () => {
    const { wire, visitor, clock, get } = await ready(snapshot([said(1, 'a')]));
    await wire.down();
    visitor.requestPerson();
    expect(get().personWanted).toBe(true);
    clock.advance(500);
    await wire.up();
    await wire.take('conversation:since').answer({ ok: true, data: { events: [], more: false } });
    await wire.take('handoff:request').answer({ ok: true, data: {} });
    expect(get().personWanted).toBe(false);
    // Granted, and nothing to be seen of it: the offer was told to another server's sockets.
    const granted = { ...snapshot([said(1, 'a')]), handoff: OFFERED };
    await wire.take('session:open').answer(session(granted));
    expect(get().conversation?.handoff).toMatchObject({ state: 'offered' });
    expect(wire.asked).toHaveLength(0);
  });

  test('a press that came too late fetches the newest picture', async () => {
    const offer = OFFERED;
    const { wire, visitor, get } = await ready(snapshot([said(1, 'a')], { handoff: offer }));
    visitor.accept('later');
    expect(get().busy).toBe('accept');
    await wire.take('handoff:accept').answer({ ok: false, error: { code: 'conflict', message: 'Gone' } });
    await wire.take('session:open').answer(session(snapshot([said(1, 'a')])));
    expect(get()).toMatchObject({ busy: null, refusal: null });
    expect(get().conversation?.handoff).toBeNull();
  });

  test('typing is shown until it is old or its message is there', async () => {
    const { wire, clock, get } = await ready(snapshot([said(1, 'a')]));
    await wire.emit('typing:seen', { by: 'bot', name: 'Fern' });
    expect(get().typing).toEqual({ by: 'bot', name: 'Fern' });
    clock.advance(5000);
    expect(get().typing).toBeNull();
    await wire.emit('typing:seen', { by: 'bot', name: 'Fern' });
    await wire.emit('conversation:events', { events: [said(2, 'b', 'bot')] });
    expect(get().typing).toBeNull();
  });

  test('reading is told once, and only when there is something new', async () => {
    const { wire, visitor } = await ready(snapshot([said(1, 'a'), said(2, 'b', 'bot')]));
    visitor.markRead();
    visitor.markRead();
    expect(wire.asked.map((asked) => asked.input)).toEqual([{ upTo: 2 }]);
  });

  test('logging out forgets token, conversation and what was not sent', async () => {
    const { wire, visitor, get, auth, storage } = await ready(snapshot([said(1, 'a')]));
    await wire.down();
    visitor.send('secret');
    visitor.logout();
    expect(auth().token).toBeUndefined();
    expect(get()).toMatchObject({ conversation: null, session: null, pending: [] });
    expect(storage.keys('outbox:')).toEqual([]);
  });

  test('the host’s word for who this is goes into the next handshake', async () => {
    const { wire, visitor, auth } = await ready(null);
    const opened = wire.opened;
    visitor.identify('jwt');
    expect(auth().identity).toBe('jwt');
    expect(wire.opened).toBe(opened + 1);
  });
});
