import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newestCallback } from '@/db/queries/callbacks';
import { readFormLink } from '@/lib/crypto/form-link';
import { EVENT_KINDS, type EventKind } from '@/lib/domain/conversation';
import { goneForGood } from '@/lib/services/agent/testing';
import { answerTurn } from '@/lib/services/bot/answer';
import { cancelCallback, moveCallback } from '@/lib/services/callback/manage';
import { markCallback } from '@/lib/services/callback/mark';
import { stepCallback } from '@/lib/services/callback/step';
import { bookFirst, callDue, tokenOf } from '@/lib/services/callback/testing';
import { readAsAgent, readAsVisitor } from '@/lib/services/conversation/mark-read';
import { join, leave } from '@/lib/services/conversation/participate';
import { eventsSince, openConversation } from '@/lib/services/conversation/read';
import { takeover } from '@/lib/services/conversation/takeover';
import { loggedEvents, staffBatch, visitorEvent } from '@/lib/services/conversation/wire';
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
import { endRing } from '@/lib/services/routing/end-ring';
import { ROUTER } from '@/lib/services/routing/ring';
import { stepRouting } from '@/lib/services/routing/step';
import { openTeam, ringAt, withRoutingTerms } from '@/lib/services/routing/testing';
import { obeyRule } from '@/lib/services/rules/testing';
import { evaluateSla } from '@/lib/services/sla/evaluate';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { admitVisitor, visitorSnapshot } from '@/lib/services/visitor/open-session';
import { applyVisitorEvent } from '../core/visitor-conversation';
import { applyBatch } from './apply';

/**
 * The Zulip property: for every kind of event, the snapshot from before plus the events equals a fresh snapshot, on both
 * sides, and catching up from the log says the same as having listened.
 */
let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

type Conversation = Awaited<ReturnType<TestWorld['conversation']>>;
const offer = () => {
  world.brain.next = { offer: { reason: 'low_confidence' }, confidence: 0.2 };
};
const words = () => ({ clientId: world.nextClientId(), body: 'Some words.' });
const calm = () => {
  world.brain.next = {};
};

const linkOf = async (conversationId: string) => {
  const callback = await newestCallback(world.ctx.db, conversationId);
  if (callback === null) throw new Error('No call was agreed');
  return tokenOf(world.ctx, callback);
};
/** Whoever has the conversation says whether the call took place. */
const sayOf = async (conversationId: string, kept: boolean) => {
  const callback = await newestCallback(world.ctx.db, conversationId);
  const agent = [world.ana, world.ben].find(({ id }) => id === callback?.agent?.id);
  await markCallback(world.ctx, agent ?? world.ana, {
    conversationId,
    callbackId: callback?.callbackId ?? '',
    kept,
  });
};

const CASES: Record<
  Exclude<EventKind, 'conversation.started'>,
  { from: Parameters<TestWorld['conversation']>[0]; act: (made: Conversation) => Promise<unknown> }
> = {
  'message.sent': {
    from: 'active',
    act: async (made) => {
      await sendAsVisitor(world.ctx, made.visitor, { clientId: world.nextClientId(), body: 'Hello?' });
      await sendAsAgent(world.ctx, world.ana, {
        ...fenced(made),
        clientId: world.nextClientId(),
        body: 'Hi, I am here.',
      });
    },
  },
  'sla.updated': {
    from: 'active',
    act: async (made) => {
      await sendAsAgent(world.ctx, world.ana, { ...fenced(made), ...words() });
      await evaluateSla(world.ctx, made.conversationId);
      world.clock.now += 1000;
      await sendAsVisitor(world.ctx, made.visitor, words());
      await evaluateSla(world.ctx, made.conversationId);
    },
  },
  'sla.marked': {
    from: 'active',
    act: async (made) => {
      await sendAsAgent(world.ctx, world.ana, { ...fenced(made), ...words() });
      await evaluateSla(world.ctx, made.conversationId);
    },
  },
  'customer.mailed': {
    from: 'active',
    act: async (made) => {
      await leaveAddress(world, made.visitor.id);
      await sendAsAgent(world.ctx, world.ana, { ...fenced(made), ...words() });
      world.clock.now += world.ctx.mailPauseMs;
      await mailReplies(world.ctx, made.conversationId);
    },
  },
  'note.added': {
    from: 'active',
    act: ({ conversationId }) =>
      addNote(world.ctx, world.ben, { conversationId, clientId: world.nextClientId(), body: 'Known fault.' }),
  },
  'conversation.labelled': {
    from: 'bot',
    act: (made) => obeyRule(world, world.ctx, made, [{ do: 'label', label: 'Odd' }]),
  },
  'team.notified': {
    from: 'bot',
    act: async (made) => {
      await openTeam(world, 'Told');
      await obeyRule(world, world.ctx, made, [{ do: 'notify', team: 'Told' }]);
    },
  },
  'turn.judged': {
    from: 'bot',
    act: async ({ visitor, conversationId }) => {
      calm();
      await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'And postage?' });
      await answerTurn(world.ctx, conversationId);
    },
  },
  'handoff.offered': {
    from: 'bot',
    act: async ({ visitor, conversationId }) => {
      await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'Something odd' });
      offer();
      await answerTurn(world.ctx, conversationId);
      calm();
    },
  },
  'handoff.formChosen': {
    from: 'bot',
    act: async ({ visitor, conversationId }) => {
      await makeForm(world);
      const { templateId, handoffId } = await offeredForm(world, visitor, conversationId);
      await chooseForm(world.ctx, visitor, { handoffId, templateId, returnTo: '' });
    },
  },
  'form.sent': {
    from: 'active',
    act: async (made) => {
      const { id: templateId } = await makeForm(world);
      await sendForm(world.ctx, world.ana, { ...fenced(made), templateId });
    },
  },
  'form.submitted': {
    from: 'bot',
    act: async ({ visitor, conversationId }) => {
      await makeForm(world);
      const { templateId, handoffId } = await offeredForm(world, visitor, conversationId);
      await chooseForm(world.ctx, visitor, { handoffId, templateId, returnTo: '' });
      await submitForm(world.ctx, await newestToken(world, conversationId), WRITTEN);
    },
  },
  'form.revealed': {
    from: 'active',
    act: async (made) => {
      const { id: templateId } = await makeForm(world);
      await sendForm(world.ctx, world.ana, { ...fenced(made), templateId });
      const token = await newestToken(world, made.conversationId);
      await submitForm(world.ctx, token, WRITTEN);
      const linkId = readFormLink(world.ctx.keys.link, token)?.linkId ?? '';
      await revealForm(world.ctx, world.ana, { conversationId: made.conversationId, linkId });
    },
  },
  'handoff.declined': {
    from: 'offered',
    act: ({ visitor, handoffId }) => decline(world.ctx, visitor, { handoffId }),
  },
  'handoff.detailsAsked': {
    from: 'offered',
    act: ({ visitor, handoffId }) => accept(world.ctx, visitor, { handoffId, details: 'first' }),
  },
  'handoff.queued': {
    from: 'offered',
    act: ({ visitor, handoffId }) => accept(world.ctx, visitor, { handoffId, details: 'later' }),
  },
  'handoff.rang': {
    from: 'pending',
    act: async (made) => ringAt(world.ctx, await world.agent('Rung'), world.teams.returns, made),
  },
  'handoff.ringEnded': {
    from: 'pending',
    act: async (made) => {
      const rung = await world.agent('Rung');
      await ringAt(world.ctx, rung, world.teams.returns, made);
      await endRing(world.ctx, ROUTER, made.conversationId, rung, 'no_answer');
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
          await stepRouting(world.ctx, { conversationId });
        },
      );
    },
  },
  'handoff.askedAgain': {
    from: 'pending',
    act: async (made) => {
      await withRoutingTerms(world, { mode: 'first_available' }, async () => {
        const rung = await world.agent('Rung');
        await ringAt(world.ctx, rung, world.teams.returns, made);
        await endRing(world.ctx, ROUTER, made.conversationId, rung, 'declined');
        world.clock.now += 10 * 60_000;
        await stepRouting(world.ctx, made);
      });
    },
  },
  'handoff.pathChanged': {
    from: 'pending',
    act: ({ visitor, handoffId }) => followUp(world.ctx, visitor, { handoffId, email: 'nora@post.example' }),
  },
  'handoff.cancelled': {
    from: 'pending',
    act: ({ visitor, handoffId }) => cancel(world.ctx, visitor, { handoffId }),
  },
  'callback.booked': { from: 'offered', act: (made) => bookFirst(world.ctx, made) },
  'handoff.scheduled': { from: 'pending', act: (made) => bookFirst(world.ctx, made) },
  'callback.moved': {
    from: 'offered',
    act: async (made) => {
      const from = (await bookFirst(world.ctx, made)) ?? 0;
      await moveCallback(world.ctx, await linkOf(made.conversationId), { from, to: from + 3_600_000 });
    },
  },
  'callback.cancelled': {
    from: 'offered',
    act: async (made) => {
      await bookFirst(world.ctx, made, { startAt: null });
      await cancelCallback(world.ctx, await linkOf(made.conversationId));
    },
  },
  'callback.reminded': {
    from: 'offered',
    act: async (made) => {
      world.clock.now = ((await bookFirst(world.ctx, made)) ?? 0) - 600_000;
      await stepCallback(world.ctx, made.conversationId);
    },
  },
  'callback.due': { from: 'offered', act: (made) => callDue(world, world.ctx, made) },
  'callback.kept': {
    from: 'offered',
    act: async (made) => {
      await callDue(world, world.ctx, made);
      await sayOf(made.conversationId, true);
    },
  },
  'callback.missed': {
    from: 'offered',
    act: async (made) => {
      await callDue(world, world.ctx, made);
      await sayOf(made.conversationId, false);
    },
  },
  'handoff.claimed': {
    from: 'pending',
    act: ({ conversationId, handoffId }) => claim(world.ctx, world.ben, { conversationId, handoffId }),
  },
  'conversation.takenOver': {
    from: 'bot',
    act: ({ conversationId }) => takeover(world.ctx, world.ana, { conversationId }),
  },
  'handoff.released': { from: 'active', act: (made) => release(world.ctx, world.ana, fenced(made)) },
  'handoff.dropped': {
    from: 'pending',
    act: async ({ conversationId, handoffId }) => {
      const lost = await world.agent('Lost');
      await claim(world.ctx, lost, { conversationId, handoffId });
      await goneForGood(world.ctx, lost);
    },
  },
  'handoff.transferAsked': {
    from: 'active',
    act: async (made) =>
      transfer(world.ctx, world.ana, {
        ...fenced(made),
        to: { kind: 'agent', id: (await world.agent('Asked')).id },
        note: 'All yours.',
      }),
  },
  'handoff.transferred': {
    from: 'active',
    act: async (made) => handOver(world.ctx, world.ana, await world.agent('Asked'), made, 'All yours.'),
  },
  'conversation.joined': {
    from: 'active',
    act: async ({ conversationId }) =>
      join(world.ctx, await world.agent('Priya', 'supervisor'), { conversationId }),
  },
  'conversation.left': {
    from: 'active',
    act: async ({ conversationId }) => {
      const priya = await world.agent('Priya', 'supervisor');
      await join(world.ctx, priya, { conversationId });
      await leave(world.ctx, priya, { conversationId });
    },
  },
  'handoff.reassigned': {
    from: 'active',
    act: async (made) => {
      const priya = await world.agent('Priya', 'supervisor');
      const give = (ownerEpoch: number, to: string) =>
        reassign(world.ctx, priya, {
          conversationId: made.conversationId,
          ownerEpoch,
          to: { kind: 'agent', id: to },
          note: 'See the photo.',
        });
      const { ownerEpoch } = await give(made.ownerEpoch, priya.id);
      await give(ownerEpoch, world.ben.id);
    },
  },
  'handoff.returned': { from: 'active', act: (made) => handBack(world.ctx, world.ana, fenced(made)) },
  'handoff.resolved': { from: 'active', act: (made) => resolve(world.ctx, world.ana, fenced(made)) },
  'handoff.prioritised': {
    from: 'pending',
    act: ({ conversationId, handoffId }) =>
      prioritise(world.ctx, world.ana, { conversationId, handoffId, priority: 1 }),
  },
  'conversation.read': {
    from: 'active',
    act: async ({ conversationId, visitor }) => {
      await readAsVisitor(world.ctx, visitor, { upTo: 3 });
      await readAsAgent(world.ctx, world.ana, { conversationId, upTo: 2 });
    },
  },
  'conversation.identified': {
    from: 'pending',
    act: async ({ visitor }) => {
      // Who was helped before brings that along.
      const earlier = await world.conversation('active');
      await admitVisitor(world.ctx, world.signedIn(earlier.visitor, 'c-1'));
      await admitVisitor(world.ctx, world.signedIn(visitor, 'c-1'));
    },
  },
  'conversation.reopened': {
    from: 'active',
    act: async (made) => {
      await resolve(world.ctx, world.ana, fenced(made));
      await requestPerson(world.ctx, made.visitor);
    },
  },
};

function fenced({ conversationId, ownerEpoch }: Conversation) {
  return { conversationId, ownerEpoch };
}

describe('events applied to the old snapshot equal a fresh snapshot', () => {
  it('covers every kind of event but the first, which is in every snapshot', () => {
    expect(Object.keys(CASES).sort()).toEqual(
      EVENT_KINDS.filter((kind) => kind !== 'conversation.started').sort(),
    );
  });

  for (const [kind, { from, act }] of Object.entries(CASES)) {
    it(`${kind}, for the desk and for the visitor, live and caught up`, async () => {
      const admin = await world.agent('Admin', 'admin', []);
      const made = await world.conversation(from);
      const { conversationId } = made;
      const staffBefore = await openConversation(world.ctx, admin, { conversationId });
      const visitorBefore = await visitorSnapshot(world.ctx, conversationId);
      const heard = world.published.length;
      world.clock.now += 1500;
      await act(made);
      const publications = world.published
        .slice(heard)
        .filter(({ committed }) => committed.head.id === conversationId);
      expect(publications.flatMap(({ committed }) => committed.events.map((event) => event.kind))).toContain(
        kind,
      );

      let staff = staffBefore;
      let visitor = visitorBefore;
      for (const publication of publications) {
        const logged = loggedEvents(publication);
        const next = applyBatch(staff, staffBatch(publication, logged));
        if (next === 'gap') throw new Error('A live batch left a gap');
        staff = next;
        for (const event of logged) {
          const seen = visitorEvent(world.ctx, event);
          if (seen) visitor = applyVisitorEvent(visitor, seen);
        }
      }
      const staffFresh = await openConversation(world.ctx, admin, { conversationId });
      const visitorFresh = await visitorSnapshot(world.ctx, conversationId);
      expect(staff.conversation).toEqual(staffFresh.conversation);
      expect(staff.handoff).toEqual(staffFresh.handoff);
      expect(staff.customer).toEqual(staffFresh.customer);
      expect(staff.events.map(withoutHandoff)).toEqual(staffFresh.events.map(withoutHandoff));
      expect(visitor).toEqual(visitorFresh);

      const since = await eventsSince(world.ctx, admin, {
        conversationId,
        after: staffBefore.conversation.seq,
      });
      const caughtUp = applyBatch(staffBefore, since);
      if (caughtUp === 'gap') throw new Error('Catching up left a gap');
      expect(caughtUp.conversation).toEqual(staffFresh.conversation);
      expect(caughtUp.handoff).toEqual(staffFresh.handoff);
      expect(caughtUp.customer).toEqual(staffFresh.customer);
      expect(staffFresh.events.map((event) => event.seq)).toEqual(
        staffFresh.events.map((_, index) => index + 1),
      );
      const visibleSeqs = visitorFresh.events.map((event) => event.seq);
      expect(visibleSeqs).toEqual(visibleSeqs.map((_, index) => index + 1));
    });
  }
});

it('a visitor is told no id of an agent and no number of the desk', async () => {
  const made = await world.conversation('active');
  const sent = { ...fenced(made), clientId: world.nextClientId(), body: 'Hi, I am here.' };
  await sendAsAgent(world.ctx, world.ana, sent);
  const { events } = await visitorSnapshot(world.ctx, made.conversationId);
  const others = events.flatMap((event) =>
    event.kind === 'message' && event.message.author !== 'visitor' ? [event.message] : [],
  );
  expect(others.map(({ author }) => author)).toEqual(['bot', 'agent']);
  for (const message of others) expect(message).toMatchObject({ authorId: null, clientId: message.id });
});

/** Past events carry the handoff as it stands now, which is later than when they were heard. */
function withoutHandoff<T extends { handoff?: unknown }>({ handoff: _, ...event }: T) {
  return event;
}
