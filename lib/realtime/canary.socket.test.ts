import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newestCallback } from '@/db/queries/callbacks';
import { readFormLink } from '@/lib/crypto/form-link';
import { EVENT_KINDS, type EventKind, isVisibleToVisitor } from '@/lib/domain/conversation';
import { type LiveViewKey, TEAM_LISTS } from '@/lib/protocol';
import { goneForGood } from '@/lib/services/agent/testing';
import { answerTurn } from '@/lib/services/bot/answer';
import { cancelCallback, moveCallback } from '@/lib/services/callback/manage';
import { markCallback } from '@/lib/services/callback/mark';
import { stepCallback } from '@/lib/services/callback/step';
import { bookFirst, callDue, tokenOf } from '@/lib/services/callback/testing';
import { readAsAgent, readAsVisitor } from '@/lib/services/conversation/mark-read';
import { join, leave } from '@/lib/services/conversation/participate';
import { takeover } from '@/lib/services/conversation/takeover';
import { chooseForm } from '@/lib/services/form/choose';
import { revealForm } from '@/lib/services/form/reveal';
import { sendForm } from '@/lib/services/form/send';
import { submitForm } from '@/lib/services/form/submit';
import { makeForm, newestToken, offeredForm, WRITTEN } from '@/lib/services/form/testing';
import { accept } from '@/lib/services/handoff/accept';
import { cancel } from '@/lib/services/handoff/cancel';
import { claim } from '@/lib/services/handoff/claim';
import { decline } from '@/lib/services/handoff/decline';
import { followUp } from '@/lib/services/handoff/follow-up';
import { handBack } from '@/lib/services/handoff/hand-back';
import { prioritise } from '@/lib/services/handoff/prioritise';
import { reassign } from '@/lib/services/handoff/reassign';
import { release } from '@/lib/services/handoff/release';
import { requestPerson } from '@/lib/services/handoff/request';
import { resolve } from '@/lib/services/handoff/resolve';
import { handOver } from '@/lib/services/handoff/testing';
import { transfer } from '@/lib/services/handoff/transfer';
import { mailReplies } from '@/lib/services/mail/mail-replies';
import { leaveAddress } from '@/lib/services/mail/testing';
import { addNote } from '@/lib/services/message/add-note';
import { sendAsAgent } from '@/lib/services/message/send-as-agent';
import { sendAsVisitor } from '@/lib/services/message/send-as-visitor';
import { followNotices } from '@/lib/services/notices';
import { endRing } from '@/lib/services/routing/end-ring';
import { ROUTER } from '@/lib/services/routing/ring';
import { stepRouting } from '@/lib/services/routing/step';
import { openTeam, ringAt, withRoutingTerms } from '@/lib/services/routing/testing';
import { obeyRule } from '@/lib/services/rules/testing';
import { evaluateSla } from '@/lib/services/sla/evaluate';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { signOut } from '@/lib/services/user/session';
import { admitVisitor } from '@/lib/services/visitor/open-session';
import { type Client, connectAgent, connectVisitor, type ServedWorld, serveWorld } from './testing';

/** For every kind of event: those who may know hear of it, and a crowd that listens in vain hears nothing. */
let world: TestWorld;
let served: ServedWorld;
const strangers = new Map<string, Client>();

type Made = Awaited<ReturnType<TestWorld['conversation']>>;
const WORDS = 'canary-words';
const NOTE = 'canary-note';
const said = () => ({ clientId: world.nextClientId(), body: WORDS });
const fenced = ({ conversationId, ownerEpoch }: Made) => ({ conversationId, ownerEpoch });

beforeAll(async () => {
  world = await openTestWorld();
  served = await serveWorld(world, 200);
  const { orders, returns } = world.teams;
  const visitors = {
    'a visitor with the bot': (await world.conversation('bot')).visitor,
    'a visitor in the queue': (await world.conversation('pending')).visitor,
    'a visitor with an agent': (await world.conversation('active')).visitor,
    'a visitor who was never here': null,
    'another who was never here': null,
  };
  for (const [name, visitor] of Object.entries(visitors)) {
    const client = await connectVisitor(world, served, visitor);
    await client.ask('session:open', {});
    strangers.set(name, client);
  }
  const agents = {
    'an agent of another team': await world.agent('Olga', 'agent', [orders]),
    'an agent of another team who watches it': await world.agent('Omar', 'agent', [orders]),
    'an agent of another team who tries': await world.agent('Otto', 'agent', [orders]),
    'a supervisor of another team': await world.agent('Oda', 'supervisor', [orders]),
    'an agent of no team': await world.agent('Nils', 'agent', []),
    'an agent of the team who watches nothing': await world.agent('Rosa', 'agent', [returns]),
    'an agent of the team who has looked away': await world.agent('Rolf', 'agent', [returns]),
  };
  for (const [name, agent] of Object.entries(agents)) {
    const client = await connectAgent(world, served, agent);
    if (name.endsWith('watches it')) {
      for (const key of [...TEAM_LISTS.map((list) => `${list}:${orders}`), `mine:${agent.id}`]) {
        expect(await client.ask('view:open', { key })).toMatchObject({ ok: true });
      }
    }
    strangers.set(name, client);
  }
});
afterAll(async () => {
  for (const client of strangers.values()) client.close();
  await served.close();
  await world.close();
});

const linkOf = async (conversationId: string) => {
  const callback = await newestCallback(served.ctx.db, conversationId);
  if (callback === null) throw new Error('No call was agreed');
  return tokenOf(served.ctx, callback);
};
/** Whoever has the conversation says whether the call took place. */
const sayOf = async (conversationId: string, kept: boolean) => {
  const callback = await newestCallback(served.ctx.db, conversationId);
  const agent = [world.ana, world.ben].find(({ id }) => id === callback?.agent?.id);
  await markCallback(served.ctx, agent ?? world.ana, {
    conversationId,
    callbackId: callback?.callbackId ?? '',
    kept,
  });
};

const CASES: Record<
  EventKind,
  { from: Parameters<TestWorld['conversation']>[0]; act(made: Made): Promise<unknown> }
> = {
  'conversation.started': { from: 'bot', act: () => Promise.resolve() },
  'message.sent': {
    from: 'active',
    act: async (made) => {
      await sendAsVisitor(served.ctx, made.visitor, said());
      await sendAsAgent(served.ctx, world.ana, { ...fenced(made), ...said() });
    },
  },
  'sla.updated': {
    from: 'active',
    act: async (made) => {
      await sendAsAgent(served.ctx, world.ana, { ...fenced(made), ...said() });
      await evaluateSla(served.ctx, made.conversationId);
      world.clock.now += 1000;
      await sendAsVisitor(served.ctx, made.visitor, said());
      await evaluateSla(served.ctx, made.conversationId);
    },
  },
  'sla.marked': {
    from: 'active',
    act: async (made) => {
      await sendAsAgent(served.ctx, world.ana, { ...fenced(made), ...said() });
      await evaluateSla(served.ctx, made.conversationId);
    },
  },
  'customer.mailed': {
    from: 'active',
    act: async (made) => {
      await leaveAddress(world, made.visitor.id);
      await sendAsAgent(served.ctx, world.ana, { ...fenced(made), ...said() });
      world.clock.now += served.ctx.mailPauseMs;
      await mailReplies(served.ctx, made.conversationId);
    },
  },
  'note.added': {
    from: 'active',
    act: ({ conversationId }) =>
      addNote(served.ctx, world.ben, { conversationId, clientId: world.nextClientId(), body: NOTE }),
  },
  'conversation.labelled': {
    from: 'bot',
    act: (made) => obeyRule(world, served.ctx, made, [{ do: 'label', label: 'Odd' }]),
  },
  'team.notified': {
    from: 'bot',
    act: async (made) => {
      await openTeam(world, 'Told');
      await obeyRule(world, served.ctx, made, [{ do: 'notify', team: 'Told' }]);
    },
  },
  'turn.judged': {
    from: 'bot',
    act: async ({ visitor, conversationId }) => {
      await sendAsVisitor(served.ctx, visitor, said());
      await answerTurn(served.ctx, conversationId);
    },
  },
  'handoff.offered': { from: 'bot', act: ({ visitor }) => requestPerson(served.ctx, visitor) },
  'handoff.formChosen': {
    from: 'bot',
    act: async ({ visitor, conversationId }) => {
      await makeForm(world);
      const { templateId, handoffId } = await offeredForm(world, visitor, conversationId);
      await chooseForm(served.ctx, visitor, { handoffId, templateId, returnTo: '' });
    },
  },
  'form.sent': {
    from: 'active',
    act: async (made) => {
      const { id: templateId } = await makeForm(world);
      await sendForm(served.ctx, world.ana, { ...fenced(made), templateId });
    },
  },
  'form.submitted': {
    from: 'bot',
    act: async ({ visitor, conversationId }) => {
      await makeForm(world);
      const { templateId, handoffId } = await offeredForm(world, visitor, conversationId);
      await chooseForm(served.ctx, visitor, { handoffId, templateId, returnTo: '' });
      await submitForm(served.ctx, await newestToken(world, conversationId), WRITTEN);
    },
  },
  'form.revealed': {
    from: 'active',
    act: async (made) => {
      const { id: templateId } = await makeForm(world);
      await sendForm(served.ctx, world.ana, { ...fenced(made), templateId });
      const token = await newestToken(world, made.conversationId);
      await submitForm(served.ctx, token, WRITTEN);
      const linkId = readFormLink(world.ctx.keys.link, token)?.linkId ?? '';
      await revealForm(served.ctx, world.ana, { conversationId: made.conversationId, linkId });
    },
  },
  'handoff.declined': {
    from: 'offered',
    act: ({ visitor, handoffId }) => decline(served.ctx, visitor, { handoffId }),
  },
  'handoff.detailsAsked': {
    from: 'offered',
    act: ({ visitor, handoffId }) => accept(served.ctx, visitor, { handoffId, details: 'first' }),
  },
  'handoff.queued': {
    from: 'offered',
    act: ({ visitor, handoffId }) => accept(served.ctx, visitor, { handoffId, details: 'later' }),
  },
  'handoff.rang': {
    from: 'pending',
    act: async (made) => ringAt(served.ctx, await world.agent('Rung'), world.teams.returns, made),
  },
  'handoff.ringEnded': {
    from: 'pending',
    act: async (made) => {
      const rung = await world.agent('Rung');
      await ringAt(served.ctx, rung, world.teams.returns, made);
      await endRing(served.ctx, ROUTER, made.conversationId, rung, 'no_answer');
    },
  },
  'handoff.widened': {
    from: 'pending',
    act: async ({ conversationId }) => {
      await withRoutingTerms(
        world,
        { chain: [{ teamId: await openTeam(world, 'Third'), afterMs: 1000 }] },
        async () => {
          world.clock.now += 2000;
          await stepRouting(served.ctx, { conversationId });
        },
      );
    },
  },
  'handoff.askedAgain': {
    from: 'pending',
    act: async (made) => {
      await withRoutingTerms(world, { mode: 'first_available' }, async () => {
        const rung = await world.agent('Rung');
        await ringAt(served.ctx, rung, world.teams.returns, made);
        await endRing(served.ctx, ROUTER, made.conversationId, rung, 'declined');
        world.clock.now += 10 * 60_000;
        await stepRouting(served.ctx, made);
      });
    },
  },
  'handoff.pathChanged': {
    from: 'pending',
    act: ({ visitor, handoffId }) => followUp(served.ctx, visitor, { handoffId, email: 'nora@post.example' }),
  },
  'handoff.cancelled': {
    from: 'pending',
    act: ({ visitor, handoffId }) => cancel(served.ctx, visitor, { handoffId }),
  },
  'callback.booked': { from: 'offered', act: (made) => bookFirst(served.ctx, made) },
  'handoff.scheduled': { from: 'pending', act: (made) => bookFirst(served.ctx, made) },
  'callback.moved': {
    from: 'offered',
    act: async (made) => {
      const from = (await bookFirst(served.ctx, made)) ?? 0;
      await moveCallback(served.ctx, await linkOf(made.conversationId), { from, to: from + 3_600_000 });
    },
  },
  'callback.cancelled': {
    from: 'offered',
    act: async (made) => {
      await bookFirst(served.ctx, made, { startAt: null });
      await cancelCallback(served.ctx, await linkOf(made.conversationId));
    },
  },
  'callback.reminded': {
    from: 'offered',
    act: async (made) => {
      world.clock.now = ((await bookFirst(served.ctx, made)) ?? 0) - 600_000;
      await stepCallback(served.ctx, made.conversationId);
    },
  },
  'callback.due': { from: 'offered', act: (made) => callDue(world, served.ctx, made) },
  'callback.kept': {
    from: 'offered',
    act: async (made) => {
      await callDue(world, served.ctx, made);
      await sayOf(made.conversationId, true);
    },
  },
  'callback.missed': {
    from: 'offered',
    act: async (made) => {
      await callDue(world, served.ctx, made);
      await sayOf(made.conversationId, false);
    },
  },
  'handoff.claimed': {
    from: 'pending',
    act: ({ conversationId, handoffId }) => claim(served.ctx, world.ana, { conversationId, handoffId }),
  },
  'conversation.takenOver': {
    from: 'bot',
    act: ({ conversationId }) => takeover(served.ctx, world.ana, { conversationId }),
  },
  'handoff.released': { from: 'active', act: (made) => release(served.ctx, world.ana, fenced(made)) },
  'handoff.dropped': {
    from: 'pending',
    act: async ({ conversationId, handoffId }) => {
      const lost = await world.agent('Lost');
      await claim(served.ctx, lost, { conversationId, handoffId });
      await goneForGood(served.ctx, lost);
    },
  },
  'conversation.joined': {
    from: 'active',
    act: async ({ conversationId }) =>
      join(served.ctx, await world.agent('Priya', 'supervisor'), { conversationId }),
  },
  'conversation.left': {
    from: 'active',
    act: async ({ conversationId }) => {
      const priya = await world.agent('Priya', 'supervisor');
      await join(served.ctx, priya, { conversationId });
      await leave(served.ctx, priya, { conversationId });
    },
  },
  'handoff.reassigned': {
    from: 'active',
    act: async (made) => {
      const priya = await world.agent('Priya', 'supervisor');
      await reassign(served.ctx, priya, {
        ...fenced(made),
        to: { kind: 'agent', id: world.ben.id },
        note: WORDS,
      });
    },
  },
  'handoff.transferAsked': {
    from: 'active',
    act: async (made) =>
      transfer(served.ctx, world.ana, {
        ...fenced(made),
        to: { kind: 'agent', id: (await world.agent('Asked')).id },
        note: NOTE,
      }),
  },
  'handoff.transferred': {
    from: 'active',
    act: async (made) => handOver(served.ctx, world.ana, await world.agent('Asked'), made, NOTE),
  },
  'handoff.returned': { from: 'active', act: (made) => handBack(served.ctx, world.ana, fenced(made)) },
  'handoff.resolved': { from: 'active', act: (made) => resolve(served.ctx, world.ana, fenced(made)) },
  'handoff.prioritised': {
    from: 'pending',
    act: ({ conversationId, handoffId }) =>
      prioritise(served.ctx, world.ana, { conversationId, handoffId, priority: 1 }),
  },
  'conversation.read': {
    from: 'active',
    act: async ({ conversationId, visitor }) => {
      await readAsVisitor(served.ctx, visitor, { upTo: 3 });
      await readAsAgent(served.ctx, world.ana, { conversationId, upTo: 2 });
    },
  },
  'conversation.identified': {
    from: 'active',
    act: ({ visitor }) =>
      admitVisitor(served.ctx, world.signedIn(visitor, 'canary-customer', 'canary-customer')),
  },
  'conversation.reopened': {
    from: 'active',
    act: async (made) => {
      await resolve(served.ctx, world.ana, fenced(made));
      await sendAsVisitor(served.ctx, made.visitor, said());
    },
  },
};

/** What a visitor must never be sent, under any name. */
const STAFF_ONLY =
  /canary-note|canary-customer|Wants a refund|"(confidence|score|scoreParts|parts|signals|priority|context|mood|bodyHash|ownerEpoch|version|teamId|agentId|topic|payload|outcome|visibleSeq)":/;

describe('who hears of an event', () => {
  it('is asked for every kind', () => {
    expect(Object.keys(CASES).sort()).toEqual([...EVENT_KINDS].sort());
  });

  for (const [kind, { from, act }] of Object.entries(CASES) as [EventKind, (typeof CASES)[EventKind]][]) {
    it(`${kind}: the visitor’s own tabs and the desk that has it open, and nobody else`, async () => {
      const made = await world.conversation(from);
      const tried = strangers.get('an agent of another team who tries');
      const looked = strangers.get('an agent of the team who has looked away');
      const revoked = await connectAgent(world, served, await world.agent('Gone', 'agent'));
      const [tab, otherTab] = [
        await connectVisitor(world, served, made.visitor),
        await connectVisitor(world, served, made.visitor),
      ];
      const desk = await connectAgent(world, served, world.ana);
      const open = { conversationId: made.conversationId };
      for (const client of [desk, looked, revoked])
        expect(await client?.ask('conversation:open', open)).toMatchObject({ ok: true });
      await looked?.ask('conversation:close', open);
      if (made.handoffId && from !== 'offered') {
        for (const event of ['conversation:open', 'conversation:since', 'note:add']) {
          expect(
            await tried?.ask(event, {
              ...open,
              ...(event === 'note:add' ? said() : event.endsWith('since') ? { after: 0 } : {}),
            }),
          ).toMatchObject({
            ok: false,
            error: { code: 'not_found' },
          });
        }
      }
      expect(await tried?.ask('view:open', { key: `pending:${world.teams.returns}` })).toMatchObject({
        ok: false,
      });
      await served.realtime.endSession(revoked.sessionId);
      for (const client of [...strangers.values(), tab, otherTab, desk, revoked]) client.heard.length = 0;

      if (kind === 'conversation.started') {
        const fresh = await connectVisitor(world, served, null);
        await fresh.ask('message:send', said());
        await settle();
        expect(JSON.stringify(fresh.heard)).toContain('"kind":"started"');
        expect(JSON.stringify(fresh.heard)).toContain(WORDS);
        fresh.close();
      } else {
        await act(made);
        await settle();
        expect(JSON.stringify(desk.heard)).toContain(`"kind":"${kind}"`);
        for (const client of [tab, otherTab]) {
          const batches = client.heard.filter(({ event }) => event === 'conversation:events');
          const numbered = SILENT.includes(kind) ? 0 : 1;
          expect(batches.length >= numbered, `${batches.length} batches`).toBe(true);
          if (!isVisibleToVisitor(kind) && numbered === 0) expect(batches).toEqual([]);
          expect(JSON.stringify(client.heard)).not.toMatch(STAFF_ONLY);
        }
        expect(untimed(tab)).toEqual(untimed(otherTab));
      }
      for (const [name, client] of [...strangers, ['whose session was revoked', revoked] as const]) {
        expect(untimed(client), name).toEqual([]);
        expect(JSON.stringify(client.heard), name).not.toMatch(/canary|conversationId/);
      }
      for (const client of [tab, otherTab, desk, revoked]) client.close();

      async function settle() {
        await flush();
        for (const client of [tab, otherTab, ...strangers.values()]) await roundTrip(client);
        await roundTrip(desk);
      }
    });
  }
});

describe('rights are those of the moment', () => {
  it('who watched a conversation that went to another team hears no more of it', async () => {
    const made = await world.conversation('active');
    const open = { conversationId: made.conversationId };
    const [desk, admin] = [
      await connectAgent(world, served, world.ana),
      await connectAgent(world, served, await world.agent('Ada', 'admin', [])),
    ];
    for (const client of [desk, admin])
      expect(await client.ask('conversation:open', open)).toMatchObject({ ok: true });
    await transfer(served.ctx, world.ana, {
      ...fenced(made),
      to: { kind: 'team', id: world.teams.orders },
      note: '',
    });
    await sendAsVisitor(served.ctx, made.visitor, said());
    await Promise.all([desk, admin].map(roundTrip));
    expect(JSON.stringify(admin.heard)).toContain(WORDS);
    expect(JSON.stringify(desk.heard)).toContain('handoff.transferred');
    expect(JSON.stringify(desk.heard)).not.toContain(WORDS);
    for (const client of [desk, admin]) client.close();
  });

  it('who signs out, in whichever process, is cut off', async () => {
    const agent = await world.agent('Leaving', 'agent');
    const client = await connectAgent(world, served, agent);
    const ended = new Promise((resolve) => client.socket.once('disconnect', resolve));
    const { keepQueues, endSession, agentChanged, settingsChanged, customersChanged } = served.realtime;
    const on = {
      directory: keepQueues,
      sessionEnded: endSession,
      agentChanged,
      settingsChanged,
      customersChanged,
    };
    await followNotices(served.ctx, on);
    await signOut(served.ctx, client.sessionId);
    expect(await ended).toBe('io server disconnect');
  });

  it('typing is seen by the other side alone', async () => {
    const made = await world.conversation('active');
    const [desk, tab] = [
      await connectAgent(world, served, world.ana),
      await connectVisitor(world, served, made.visitor),
    ];
    await desk.ask('conversation:open', { conversationId: made.conversationId });
    await flush();
    for (const client of strangers.values()) {
      await roundTrip(client);
      client.heard.length = 0;
    }
    await tab.ask('typing:set', {});
    await desk.ask('typing:set', { conversationId: made.conversationId });
    for (const client of [tab, desk, ...strangers.values()]) await roundTrip(client);
    const typing = (client: Client) => client.heard.filter(({ event }) => event === 'typing:seen');
    expect(typing(desk)).toMatchObject([{ args: [{ by: 'visitor', name: null }] }]);
    expect(typing(tab)).toMatchObject([{ args: [{ by: 'agent', name: 'Ana' }] }]);
    for (const [name, client] of strangers) expect(typing(client), name).toEqual([]);
    for (const client of [tab, desk]) client.close();
  });
});

/** Kinds of which the act makes no other event that a visitor may see. */
const SILENT: readonly EventKind[] = [
  'note.added',
  'handoff.prioritised',
  'handoff.rang',
  'handoff.transferAsked',
  'handoff.ringEnded',
  'handoff.askedAgain',
  'conversation.identified',
];

/** What a client heard but for what is told a frame later, whenever that is. */
function untimed(client: Client): Client['heard'] {
  return client.heard.filter(({ event }) => event !== 'queue:position');
}

/** Sends at once what the views would tell within a quarter of a second. */
async function flush(): Promise<void> {
  const { returns, orders } = world.teams;
  const keys: LiveViewKey[] = ['live', `mine:${world.ana.id}`];
  for (const team of [returns, orders])
    keys.push(...TEAM_LISTS.map((list): LiveViewKey => `${list}:${team}`));
  for (const key of keys) {
    await served.realtime.views.open(key);
    served.realtime.views.close(key);
  }
}

/** What was sent to a socket before an answer has arrived when the answer has. */
async function roundTrip(client: Client): Promise<void> {
  const isVisitor = client.namespace === '/visitor';
  const answer = isVisitor
    ? await client.ask('conversation:since', { after: 1_000_000 })
    : await client.ask('conversation:close', { conversationId: world.ctx.newId() });
  expect(answer).toMatchObject({ ok: true });
}
