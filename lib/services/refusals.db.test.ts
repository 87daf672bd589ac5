import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { MAX_MESSAGE_LENGTH } from '@/lib/domain/conversation';
import { readAsAgent, readAsVisitor } from './conversation/mark-read';
import { eventsBefore, eventsSince, openConversation } from './conversation/read';
import { takeover } from './conversation/takeover';
import { typingTarget } from './conversation/typing-target';
import { accept } from './handoff/accept';
import { cancel } from './handoff/cancel';
import { claim } from './handoff/claim';
import { decline } from './handoff/decline';
import { handBack } from './handoff/hand-back';
import { prioritise } from './handoff/prioritise';
import { release } from './handoff/release';
import { resolve } from './handoff/resolve';
import { transfer } from './handoff/transfer';
import { addNote } from './message/add-note';
import { sendAsAgent } from './message/send-as-agent';
import { sendAsVisitor } from './message/send-as-visitor';
import { expectNoChange, expectRefused } from './test-ledger';
import { openTestWorld, type TestWorld } from './testing';
import { readResolvedPage } from './view/read';

let world: TestWorld;
let stranger: AgentActor;
let unknown: string;
beforeAll(async () => {
  world = await openTestWorld();
  stranger = await world.agent('Olga', 'agent', [world.teams.orders]);
  unknown = world.ctx.newId();
});
afterAll(() => world.close());

type State = Parameters<TestWorld['conversation']>[0];
type Made = Awaited<ReturnType<TestWorld['conversation']>>;
type Input = Record<string, unknown>;

interface AgentVerb {
  from: State;
  /** In which somebody else's is not to be touched, where that is another. */
  foreign?: State;
  /** A state in which it cannot be done. */
  not: State;
  input(made: Made): Input;
  /** The verbs take what has been parsed; what arrives is anything. */
  run(actor: AgentActor, input: never): Promise<unknown>;
  /** Only its owner may, by the epoch. */
  fenced?: true;
}

const ofHandoff = ({ conversationId, handoffId }: Made): Input => ({ conversationId, handoffId });
const fenced = ({ conversationId, ownerEpoch }: Made): Input => ({ conversationId, ownerEpoch });
const newWords = (): Input => ({ clientId: world.nextClientId(), body: 'Some words.' });

const AGENT_VERBS: Record<string, AgentVerb> = {
  claim: {
    from: 'pending',
    not: 'bot',
    input: ofHandoff,
    run: (actor, input) => claim(world.ctx, actor, input),
  },
  takeover: {
    from: 'bot',
    foreign: 'pending',
    not: 'pending',
    input: ({ conversationId }) => ({ conversationId }),
    run: (actor, input) => takeover(world.ctx, actor, input),
  },
  prioritise: {
    from: 'pending',
    not: 'offered',
    input: (made) => ({ ...ofHandoff(made), priority: 1 }),
    run: (actor, input) => prioritise(world.ctx, actor, input),
  },
  release: {
    from: 'active',
    not: 'pending',
    fenced: true,
    input: fenced,
    run: (actor, input) => release(world.ctx, actor, input),
  },
  transfer: {
    from: 'active',
    not: 'pending',
    fenced: true,
    input: (made) => ({ ...fenced(made), to: { kind: 'team', id: world.teams.orders }, note: 'Yours.' }),
    run: (actor, input) => transfer(world.ctx, actor, input),
  },
  handBack: {
    from: 'active',
    not: 'pending',
    fenced: true,
    input: fenced,
    run: (actor, input) => handBack(world.ctx, actor, input),
  },
  resolve: {
    from: 'active',
    not: 'pending',
    fenced: true,
    input: fenced,
    run: (actor, input) => resolve(world.ctx, actor, input),
  },
  sendAsAgent: {
    from: 'active',
    not: 'pending',
    fenced: true,
    input: (made) => ({ ...fenced(made), ...newWords() }),
    run: (actor, input) => sendAsAgent(world.ctx, actor, input),
  },
};

/** Reads, and the one write that no state refuses. */
const OTHER_AGENT_VERBS: Record<string, Pick<AgentVerb, 'input' | 'run'>> = {
  addNote: {
    input: ({ conversationId }) => ({ conversationId, ...newWords() }),
    run: (actor, input) => addNote(world.ctx, actor, input),
  },
  openConversation: {
    input: ({ conversationId }) => ({ conversationId }),
    run: (actor, input) => openConversation(world.ctx, actor, input),
  },
  eventsSince: {
    input: ({ conversationId }) => ({ conversationId, after: 0 }),
    run: (actor, input) => eventsSince(world.ctx, actor, input),
  },
  eventsBefore: {
    input: ({ conversationId }) => ({ conversationId, before: 9 }),
    run: (actor, input) => eventsBefore(world.ctx, actor, input),
  },
};

describe('an agent is refused, and nothing has changed', () => {
  for (const [name, verb] of Object.entries({ ...AGENT_VERBS, ...OTHER_AGENT_VERBS })) {
    it(`${name}: another team’s conversation answers as one that is not there`, async () => {
      const state = 'from' in verb ? (verb.foreign ?? verb.from) : 'pending';
      const made = await world.conversation(state);
      const active = await world.conversation('active');
      const foreign = await expectRefused(world, 'not_found', () =>
        verb.run(stranger, { ...verb.input(made) } as never),
      );
      const missing = await expectRefused(world, 'not_found', () =>
        verb.run(stranger, { ...verb.input(made), conversationId: unknown } as never),
      );
      expect(foreign).toEqual(missing);
      const owned = await expectRefused(world, 'not_found', () =>
        verb.run(stranger, { ...verb.input(active) } as never),
      );
      expect(owned).toEqual(missing);
    });
  }

  for (const [name, verb] of Object.entries(AGENT_VERBS)) {
    it(`${name}: in the wrong state, with words that say which`, async () => {
      const made = await world.conversation(verb.not);
      const other = await world.conversation('pending');
      const input = { ...verb.input({ ...made, handoffId: made.handoffId || other.handoffId }) };
      const { message } = await expectRefused(world, 'conflict', () => verb.run(world.ana, input as never));
      expect(message.length).toBeGreaterThan(10);
    });

    if (!verb.fenced) continue;
    it(`${name}: with a stale epoch, and by a colleague, who is told whose it is`, async () => {
      const made = await world.conversation('active');
      await expectRefused(world, 'conflict', () =>
        verb.run(world.ana, { ...verb.input(made), ownerEpoch: made.ownerEpoch - 1 } as never),
      );
      await expectRefused(world, 'conflict', () =>
        verb.run(world.ana, { ...verb.input(made), ownerEpoch: made.ownerEpoch + 1 } as never),
      );
      const { winner } = await expectRefused(world, 'conflict', () =>
        verb.run(world.ben, verb.input(made) as never),
      );
      expect(winner?.name).toBe('Ana');
    });
  }

  it('a handoff of another conversation can neither be claimed nor prioritised through one’s own', async () => {
    const mine = await world.conversation('pending');
    const other = await world.conversation('pending');
    const mixed = { conversationId: mine.conversationId, handoffId: other.handoffId };
    await expectRefused(world, 'conflict', () => claim(world.ctx, world.ana, mixed));
    await expectRefused(world, 'conflict', () => prioritise(world.ctx, world.ana, { ...mixed, priority: 1 }));
  });

  it('a receipt for what somebody else owns, or is not there, writes nothing', async () => {
    const made = await world.conversation('active');
    for (const actor of [world.ben, stranger]) {
      await expectNoChange(world, () =>
        readAsAgent(world.ctx, actor, { conversationId: made.conversationId, upTo: 2 }),
      );
    }
    await expectNoChange(world, () =>
      readAsAgent(world.ctx, world.ana, { conversationId: unknown, upTo: 2 }),
    );
  });

  it('typing in another team’s conversation, or one that is not there', async () => {
    const made = await world.conversation('active');
    await expectRefused(world, 'not_found', () => typingTarget(world.ctx, stranger, made.conversationId));
    await expectRefused(world, 'not_found', () => typingTarget(world.ctx, world.ana, unknown));
    expect(await typingTarget(world.ctx, world.ben, made.conversationId)).toBeNull();
  });
});

const HUGE = 'x'.repeat(MAX_MESSAGE_LENGTH + 1);
const BAD: Record<string, readonly unknown[]> = {
  conversationId: ['nope', '', 7, null, {}, [], `${'0'.repeat(8)}-0000`, "' or 1=1 --", HUGE],
  handoffId: ['nope', '', 7, null, {}],
  ownerEpoch: [0, -1, 1.5, '1', null, Number.NaN, 2 ** 31, Number.MAX_SAFE_INTEGER],
  upTo: [0, -1, 1.5, '1', null, 2 ** 31],
  after: [-1, 1.5, '1', null, 2 ** 31, Number.MAX_SAFE_INTEGER],
  before: [0, -1, 1.5, '1', null, 2 ** 31],
  clientId: ['', 'short', 'with space 1', 'x'.repeat(65), 7, null, 'client-\u0000'],
  body: ['', '   \n\t ', HUGE, 7, null, {}, 'a\u0000b'],
  note: [HUGE, 7, null, 'a\u0000b'],
  priority: [0, 5, 1.5, '1', null],
  details: ['', 'now', null, 1],
  to: [null, 'ben', {}, { kind: 'agent' }, { kind: 'admin', id: '' }, { kind: 'team', id: 'nope' }],
};
const NO_INPUT = [undefined, null, 'text', 7, [], true, {}];

async function expectMalformedRefused(valid: Input, run: (input: never) => Promise<unknown>): Promise<void> {
  for (const input of NO_INPUT) await expectRefused(world, 'invalid', () => run(input as never));
  await expectRefused(world, 'invalid', () => run({ ...valid, admin: true } as never));
  await expectRefused(world, 'invalid', () => run(JSON.parse(withProto(valid)) as never));
  for (const key of Object.keys(valid)) {
    const { [key]: _, ...without } = valid;
    await expectRefused(world, 'invalid', () => run(without as never));
    for (const value of BAD[key] ?? []) {
      const { message } = await expectRefused(world, 'invalid', () =>
        run({ ...valid, [key]: value } as never),
      );
      expect(message).toContain(key);
    }
  }
}

const withProto = (valid: Input) => JSON.stringify(valid).replace('{', '{"__proto__":{"role":"admin"},');

describe('malformed input is refused, with the name of what is wrong, and nothing has changed', () => {
  for (const [name, verb] of Object.entries({ ...AGENT_VERBS, ...OTHER_AGENT_VERBS })) {
    it(name, async () => {
      const made = await world.conversation('from' in verb ? verb.from : 'active');
      await expectMalformedRefused(verb.input(made), (input) => verb.run(world.ana, input));
    });
  }

  it('readAsAgent', async () => {
    const { conversationId } = await world.conversation('active');
    await expectMalformedRefused({ conversationId, upTo: 1 }, (input) =>
      readAsAgent(world.ctx, world.ana, input),
    );
  });
  it('readResolvedPage', async () => {
    const page = (at: unknown, id: unknown = unknown) => ({ before: { at, id } });
    for (const input of [
      ...NO_INPUT,
      { before: null, more: 1 },
      page('x'),
      page(0, 'x'),
      page(9e15),
      page(-9e15),
    ]) {
      await expectRefused(world, 'invalid', () => readResolvedPage(world.ctx, world.ana, input as never));
    }
  });
  it('what a visitor sends', async () => {
    const { visitor, handoffId } = await world.conversation('offered');
    await expectMalformedRefused(newWords(), (input) => sendAsVisitor(world.ctx, visitor, input));
    await expectMalformedRefused({ handoffId, details: 'first' }, (input) =>
      accept(world.ctx, visitor, input),
    );
    await expectMalformedRefused({ handoffId }, (input) => decline(world.ctx, visitor, input));
    await expectMalformedRefused({ handoffId }, (input) => cancel(world.ctx, visitor, input));
    await expectMalformedRefused({ upTo: 1 }, (input) => readAsVisitor(world.ctx, visitor, input));
  });
});

describe('a visitor is refused, and nothing has changed', () => {
  it('another visitor’s handoff answers as one that is not there', async () => {
    const offered = await world.conversation('offered');
    const pending = await world.conversation('pending');
    const other = (await world.conversation('offered')).visitor;
    const none = await world.visitor();
    for (const visitor of [other, none]) {
      for (const handoffId of [offered.handoffId, pending.handoffId, unknown]) {
        await expectRefused(world, 'not_found', () =>
          accept(world.ctx, visitor, { handoffId, details: 'later' }),
        );
        await expectRefused(world, 'not_found', () => decline(world.ctx, visitor, { handoffId }));
        await expectRefused(world, 'not_found', () => cancel(world.ctx, visitor, { handoffId }));
      }
    }
  });
  it('an offer that is no longer open', async () => {
    const active = await world.conversation('active');
    const { visitor, handoffId } = active;
    await expectRefused(world, 'conflict', () => decline(world.ctx, visitor, { handoffId }));
    await expectRefused(world, 'conflict', () => cancel(world.ctx, visitor, { handoffId }));
    const offered = await world.conversation('offered');
    await expectRefused(world, 'conflict', () =>
      cancel(world.ctx, offered.visitor, { handoffId: offered.handoffId }),
    );
    await decline(world.ctx, offered.visitor, { handoffId: offered.handoffId });
    await expectRefused(world, 'conflict', () =>
      accept(world.ctx, offered.visitor, { handoffId: offered.handoffId, details: 'later' }),
    );
  });
});
