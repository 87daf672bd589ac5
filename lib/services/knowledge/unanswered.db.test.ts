import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import type { Found } from '@/lib/domain/judgement';
import { answerTurn } from '../bot/answer';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectNoChange, expectRefused } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { conversationOf } from '../visitor/conversation-of';
import { addExamples } from './add-examples';
import { archiveArticle } from './archive';
import { createArticle } from './create';
import { readUnansweredQuestions } from './unanswered';

let world: TestWorld;
let admin: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Jonas', 'admin');
});
afterAll(() => world.close());

async function asks(body: string, offer: 'low_confidence' | 'out_of_scope' | 'loop' | null) {
  const who = await world.visitor();
  await sendAsVisitor(world.ctx, who, { clientId: world.nextClientId(), body });
  world.brain.next = { offer: offer && { reason: offer }, confidence: 0.1 };
  const conversationId = (await conversationOf(world.ctx, who)) ?? '';
  await answerTurn(world.ctx, conversationId);
  world.brain.next = {};
  return conversationId;
}

describe('questions without an answer', () => {
  it('are told most asked first, without what the bot can answer by now', async () => {
    const { id } = await createArticle(world.ctx, admin, {
      title: 'Boots',
      category: '',
      body: 'Wax.',
      examples: [],
    });
    await asks('Do you resole boots?', 'low_confidence');
    world.clock.now += 1000;
    const second = await asks('do you  resole BOOTS?', 'out_of_scope');
    await asks('Can boots be resoled?', 'low_confidence');
    await asks('Is it raining?', 'low_confidence');
    await asks('Where is my order?', 'loop');
    await asks('Returns?', null);
    await asks('Answered since', 'low_confidence');
    const found = (like: number, confidence = 0.1): Found => ({
      confidence,
      like,
      articles: [{ id, title: 'Boots', score: 1 }],
    });
    const asked: string[] = [];
    world.brain.find = async ({ questions }) => {
      asked.push(...questions);
      return questions.map((question, place) =>
        question === 'Can boots be resoled?'
          ? found(0)
          : found(place, question.startsWith('Answered') ? 0.9 : 0.1),
      );
    };
    const { days, groups } = await readUnansweredQuestions(world.ctx, admin);
    expect(days).toBe(30);
    expect(asked).toHaveLength(4);
    expect(groups).toHaveLength(2);
    expect(groups[0]).toMatchObject({ conversations: 3, near: [{ id, title: 'Boots' }] });
    expect(groups[0]?.questions.map(({ text }) => text).sort()).toEqual([
      'Can boots be resoled?',
      'do you resole BOOTS?',
    ]);
    expect(groups[0]?.questions.map(({ conversationId }) => conversationId)).toContain(second);
    expect(groups[1]?.questions.map(({ text }) => text)).toEqual(['Is it raining?']);
    world.clock.now += 31 * 24 * 60 * 60_000;
    expect((await readUnansweredQuestions(world.ctx, admin)).groups).toEqual([]);
    await expectRefused(world, 'forbidden', () => readUnansweredQuestions(world.ctx, world.ana));
  });

  it('become examples of an article, each once, whoever else writes it', async () => {
    const { id } = await createArticle(world.ctx, admin, {
      title: 'Soles',
      category: '',
      body: 'Yes.',
      examples: ['a'],
    });
    await Promise.all(
      ['b', 'c'].map((question) => addExamples(world.ctx, admin, { id, examples: [question] })),
    );
    const added = await expectNoChange(world, () =>
      addExamples(world.ctx, admin, { id, examples: ['B', 'a'] }),
    );
    expect([...added.examples].sort()).toEqual(['a', 'b', 'c']);
    const many = Array.from({ length: 98 }, (_, number) => `question ${number}`);
    await expectRefused(world, 'invalid', () => addExamples(world.ctx, admin, { id, examples: many }));
    await expectRefused(world, 'forbidden', () => addExamples(world.ctx, world.ana, { id, examples: ['d'] }));
    await archiveArticle(world.ctx, admin, { id, version: 3, archived: true });
    await expectRefused(world, 'conflict', () => addExamples(world.ctx, admin, { id, examples: ['d'] }));
  });
});
