import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerTurn } from '../bot/answer';
import { createArticle } from '../knowledge/create';
import { sendAsVisitor } from '../message/send-as-visitor';
import { obeyRule } from '../rules/testing';
import { expectNoChange, expectRefused, headOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { conversationOf } from '../visitor/conversation-of';
import { visitorSnapshot } from '../visitor/open-session';
import { accept } from './accept';
import { chooseArticle } from './choose-article';

let world: TestWorld;
let ids: string[];
beforeAll(async () => {
  world = await openTestWorld();
  const admin = await world.agent('Jonas', 'admin');
  ids = [];
  for (const title of ['Boots', 'Soles', 'Hats']) {
    const text = { title, category: '', body: `All about ${title}.`, examples: [] };
    ids.push((await createArticle(world.ctx, admin, text)).id);
  }
});
afterAll(() => world.close());
afterEach(() => {
  world.brain.next = {};
});

/** A question between two articles, and the offer that names them. */
async function unsure() {
  const who = await world.visitor();
  await sendAsVisitor(world.ctx, who, { clientId: world.nextClientId(), body: 'Can it be soled?' });
  world.brain.next = {
    confidence: 0.3,
    offer: { reason: 'low_confidence' },
    alternatives: [
      { id: 'boots', title: 'Boots' },
      { id: 'soles', title: 'Soles' },
    ],
  };
  const conversationId = (await conversationOf(world.ctx, who)) ?? '';
  await answerTurn(world.ctx, conversationId);
  const handoff = (await visitorSnapshot(world.ctx, conversationId)).handoff;
  return { visitor: { ...who, conversationId }, conversationId, handoff, handoffId: handoff?.id ?? '' };
}

describe('did you mean', () => {
  it('is offered with the articles that were close', async () => {
    const { handoff } = await unsure();
    expect(handoff?.alternatives).toEqual([
      { id: 'boots', title: 'Boots' },
      { id: 'soles', title: 'Soles' },
    ]);
  });

  it('gives the answer of the one that is chosen, and the offer stands beneath it', async () => {
    const { visitor, conversationId, handoffId } = await unsure();
    await chooseArticle(world.ctx, visitor, { handoffId, articleId: 'soles' });
    await expectNoChange(world, () => chooseArticle(world.ctx, visitor, { handoffId, articleId: 'soles' }));
    world.brain.next = new Error('not asked');
    await answerTurn(world.ctx, conversationId);
    const { events, handoff, state } = await visitorSnapshot(world.ctx, conversationId);
    expect(events.slice(-3)).toMatchObject([
      { kind: 'message', message: { author: 'visitor', body: 'Soles' } },
      { kind: 'message', message: { author: 'bot', body: 'What that article says.' } },
      { kind: 'handoff', change: 'offered' },
    ]);
    expect(state).toBe('bot');
    expect(handoff).toMatchObject({ id: handoffId, state: 'offered', alternatives: [{ id: 'boots' }] });
    expect((await logOf(world, conversationId)).filter(({ kind }) => kind === 'turn.judged')).toHaveLength(1);
    await accept(world.ctx, visitor, { handoffId, details: 'later' });
    expect((await headOf(world, conversationId)).state).toBe('pending');
    await expectRefused(world, 'conflict', () =>
      chooseArticle(world.ctx, visitor, { handoffId, articleId: 'boots' }),
    );
  });

  it('leaves the offer to the team and the path that a rule gave it', async () => {
    const { visitor, conversationId, handoffId } = await unsure();
    await obeyRule(world, world.ctx, { visitor, conversationId }, [{ do: 'path', path: 'follow_up' }]);
    await chooseArticle(world.ctx, visitor, { handoffId, articleId: 'soles' });
    await answerTurn(world.ctx, conversationId);
    const { handoff } = await visitorSnapshot(world.ctx, conversationId);
    expect(handoff).toMatchObject({ id: handoffId, state: 'offered', paths: ['follow_up'] });
  });

  it('is refused for an article that was not named, and for somebody else’s offer', async () => {
    const { visitor, handoffId } = await unsure();
    const stranger = await unsure();
    await expectRefused(world, 'not_found', () =>
      chooseArticle(world.ctx, visitor, { handoffId, articleId: 'hats' }),
    );
    await expectRefused(world, 'not_found', () =>
      chooseArticle(world.ctx, stranger.visitor, { handoffId, articleId: 'soles' }),
    );
  });
});
