import { describe, expect, test } from 'vitest';
import type {
  MessageView,
  VisitorEvent,
  VisitorHandoff,
  VisitorHandoffChange,
  VisitorSnapshot,
} from '@/lib/protocol';
import { notYetIn, type Row, timeline } from './timeline';

const NOON = new Date(2026, 4, 4, 12).getTime();

function story() {
  const events: VisitorEvent[] = [];
  const next = () => events.length + 1;
  const handoff = (state: VisitorHandoff['state']): VisitorHandoff => ({
    id: 'handoff',
    state,
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
    queuedAt: null,
    agentName: state === 'claimed' ? 'Maya Lindqvist' : null,
    claimedAt: null,
  });
  const tell = {
    events,
    said(author: MessageView['author'], minute = 0) {
      const id = `m${next()}`;
      const message: MessageView = {
        id,
        clientId: `c${next()}`,
        author,
        authorId: null,
        authorName: author === 'agent' ? 'Maya Lindqvist' : null,
        kind: 'text',
        body: id,
        sources: [],
        at: NOON + minute * 60_000,
      };
      events.push({ seq: next(), at: message.at, kind: 'message', message });
      return tell;
    },
    handoff(change: VisitorHandoffChange, state: VisitorHandoff['state']) {
      events.push({ seq: next(), at: NOON, kind: 'handoff', change, handoff: handoff(state), byName: null });
      return tell;
    },
    rows: (over: Partial<VisitorSnapshot> = {}): Row[] => timeline(tell.snapshot(over)),
    snapshot(over: Partial<VisitorSnapshot> = {}): VisitorSnapshot {
      return {
        conversationId: 'conversation',
        seq: events.length,
        state: 'bot',
        handoff: null,
        events,
        more: false,
        staffReadSeq: 0,
        ...over,
      };
    },
    open: handoff,
  };
  return tell;
}

const kinds = (rows: Row[]) => rows.map((row) => (row.kind === 'line' ? row.text : row.kind));
const receipts = (rows: Row[]) => rows.flatMap((row) => (row.kind === 'group' ? [row.receipt] : []));

describe('timeline', () => {
  test('what one side says in one go is one group, under its day', () => {
    const rows = story().said('visitor').said('visitor', 1).said('bot', 1).said('visitor', 2).rows();
    expect(kinds(rows)).toEqual(['day', 'group', 'group', 'group']);
    expect(rows[1]).toMatchObject({ author: 'visitor', at: NOON + 60_000 });
  });

  test('what the bot is about to say stands where its message comes to stand', () => {
    const told = story().said('visitor');
    const drafts = [
      { clientId: `c${told.events.length + 1}`, text: 'Sixty', at: NOON },
      { clientId: 'turn-9', text: '', at: NOON },
    ];
    const growing = timeline(told.snapshot(), drafts);
    expect(kinds(growing)).toEqual(['day', 'group', 'group']);
    expect(growing[2]).toMatchObject({ author: 'bot', messages: [{ id: '', body: 'Sixty' }] });
    expect(told.said('bot').rows()[2]?.key).toBe(growing[2]?.key);
  });

  test('a pause parts a group, and midnight starts a day', () => {
    const rows = story()
      .said('visitor')
      .said('visitor', 6)
      .said('visitor', 12 * 60 + 1)
      .rows();
    expect(kinds(rows)).toEqual(['day', 'group', 'group', 'day', 'group']);
  });

  test('an open offer is a card; answered, it leaves a line or nothing', () => {
    const offered = story().said('visitor').handoff('offered', 'offered');
    expect(kinds(offered.rows({ handoff: offered.open('offered') }))).toEqual(['day', 'group', 'offer']);
    const declined = offered.handoff('declined', 'ended');
    expect(kinds(declined.rows())).toEqual(['day', 'group', 'lineDeclined']);
  });

  test('while details are written their card stays below them', () => {
    const told = story().handoff('offered', 'offered').handoff('detailsAsked', 'collecting').said('visitor');
    expect(kinds(told.rows({ handoff: told.open('collecting') }))).toEqual(['day', 'group', 'details']);
  });

  test('the place in line is a card until somebody takes over', () => {
    const told = story().handoff('queued', 'pending').said('visitor');
    const waiting = told.rows({ handoff: told.open('pending'), state: 'pending' });
    expect(kinds(waiting)).toEqual(['day', 'queue', 'group']);
    expect(receipts(waiting)).toEqual(['added']);
    const claimed = told
      .handoff('claimed', 'claimed')
      .rows({ handoff: told.open('claimed'), state: 'active' });
    expect(kinds(claimed)).toEqual(['day', 'lineQueued', 'group', 'takeover']);
  });

  test('after the end the introduction stays and the end is told', () => {
    const told = story().handoff('claimed', 'claimed').said('agent').handoff('resolved', 'ended');
    expect(kinds(told.rows({ state: 'resolved' }))).toEqual(['day', 'takeover', 'group', 'lineResolved']);
  });

  test('passed on to a colleague: it is said, and the newest is introduced', () => {
    const told = story().handoff('claimed', 'claimed').handoff('transferred', 'claimed');
    expect(kinds(told.rows({ handoff: told.open('claimed'), state: 'active' }))).toEqual([
      'day',
      'lineClaimed',
      'linePassed',
      'takeover',
    ]);
  });

  test('put back in line: it is said, and the card is back', () => {
    const told = story().handoff('claimed', 'claimed').handoff('released', 'pending');
    expect(kinds(told.rows({ handoff: told.open('pending'), state: 'pending' }))).toEqual([
      'day',
      'takeover',
      'lineReleased',
      'queue',
    ]);
  });

  test('the agent is gone: it is said, and the card is back', () => {
    const told = story().handoff('claimed', 'claimed').handoff('dropped', 'pending');
    expect(kinds(told.rows({ handoff: told.open('pending'), state: 'pending' }))).toEqual([
      'day',
      'takeover',
      'lineDropped',
      'queue',
    ]);
  });

  test('only the newest own group says sent or read, and only with people', () => {
    const told = story().said('visitor').said('agent').said('visitor');
    expect(receipts(told.rows({ state: 'active' }))).toEqual([null, null, 'sent']);
    expect(receipts(told.rows({ state: 'active', staffReadSeq: 3 }))).toEqual([null, null, 'read']);
    expect(receipts(told.rows())).toEqual([null, null, null]);
  });
});

test('a message is shown as on its way or as arrived, never as both', () => {
  const told = story().said('visitor');
  const item = (clientId: string) => ({
    clientId,
    body: '',
    order: 1,
    status: 'sent' as const,
    refusal: null,
    sent: null,
  });
  const snapshot = { ...({} as VisitorSnapshot), events: told.events };
  expect(notYetIn(snapshot, [item('c1'), item('c2')]).map((each) => each.clientId)).toEqual(['c2']);
  expect(notYetIn(null, [item('c1')])).toHaveLength(1);
});
