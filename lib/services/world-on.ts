import { signIdentity } from '@/lib/crypto/identity';
import { seal } from '@/lib/crypto/sealed';
import { signVisitorToken } from '@/lib/crypto/visitor-token';
import type { AgentActor, Role, VisitorActor } from '@/lib/domain/actor';
import type { Brain, Judgement } from '@/lib/domain/judgement';
import { answerTurn } from './bot/answer';
import type { Context, Publication } from './context';
import { accept } from './handoff/accept';
import { claim } from './handoff/claim';
import { requestPerson } from './handoff/request';
import { sendAsVisitor } from './message/send-as-visitor';
import { openContext } from './open-context';
import { conversationOf } from './visitor/conversation-of';
import { admitVisitor, visitorSnapshot } from './visitor/open-session';

const SECRET = '5e'.repeat(32);
const IDENTITY_SECRET = Buffer.alloc(32, 7);
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What the brain says next; a test changes it before the turn. */
export interface ScriptedBrain extends Brain {
  next: Partial<Judgement> | Error;
  /** Runs while the brain is thinking, so that a test can act in between. */
  meanwhile: () => Promise<void>;
}

function scriptedBrain(): ScriptedBrain {
  const brain: ScriptedBrain = {
    next: {},
    meanwhile: async () => {},
    index: (articles) => ({ version: '1', articleCount: articles.length }),
    study: async (articles) => brain.index(articles),
    find: async ({ questions }) => questions.map((_, like) => ({ confidence: 0.9, articles: [], like })),
    quote: ({ articleId }) => ({
      text: 'What that article says.',
      sources: [{ articleId, title: articleId, updatedAt: 0 }],
    }),
    judge: async () => {
      await brain.meanwhile();
      if (brain.next instanceof Error) throw brain.next;
      return {
        article: null,
        alternatives: [],
        confidence: 0.9,
        signals: [],
        mood: 'calm',
        topic: null,
        reply: { text: 'Sixty days, also after a night outside.', sources: [] },
        offer: null,
        ...brain.next,
      };
    },
    summarise: async () => ({
      summary: 'Wants a refund.',
      keyPoints: [],
      intent: 'refund',
      mood: 'calm',
      gathered: [],
      tried: [],
      actions: ['Check the order'],
      articles: [],
      recovery: null,
      greeting: 'Hi, I have read everything.',
    }),
  };
  return brain;
}

export type WorldOn = Awaited<ReturnType<typeof worldOn>>;

/** A private world on a migrated, empty database: a clock that is moved by hand, a brain that says what it is told. */
export async function worldOn(databaseUrl: string) {
  const clock = { now: Date.UTC(2026, 10, 21, 9, 0, 0) };
  const published: Publication[] = [];
  const brain = scriptedBrain();
  const config = { databaseUrl, secret: SECRET, baseUrl: 'http://127.0.0.1:3000' };
  const ctx = await openContext(config, {
    brain,
    log: quiet,
    now: () => clock.now,
    publish: (publication) => published.push(publication),
  });
  const [returns, orders] = [ctx.newId(), ctx.newId()];
  const widgetId = ctx.newId();
  for (const [position, [id, name]] of [
    [returns, 'Returns'],
    [orders, 'Orders'],
  ].entries()) {
    await ctx.db.query(
      'insert into teams (id, name, position, created_at) values ($1::uuid, $2::text, $3::int, now())',
      [id, name, position],
    );
  }
  await ctx.db.query(
    `insert into widgets (id, key, shop_name, bot_name, currency, locale, allowed_origins, theme, texts, suggestions, team_id, identity_secret, created_at)
     values ($1::uuid, 'shop', 'Larkfell', 'Fern', 'EUR', 'en', '{}', '{"brand":"#1f5c4a"}', '{}', '{}', $2::uuid, $3::bytea, now())`,
    [widgetId, returns, seal(ctx.keys.rest, `widget:${widgetId}`, IDENTITY_SECRET)],
  );

  let people = 0;
  const agent = async (
    name: string,
    role: Role = 'agent',
    teamIds: string[] = [returns],
    capacity = 1000,
  ): Promise<AgentActor> => {
    const id = ctx.newId();
    await ctx.db.query(
      'insert into users (id, email, name, role, created_at, capacity) values ($1::uuid, $2::text, $3::text, $4::text, now(), $5::int)',
      [id, `person${++people}@larkfell.example`, name, role, capacity],
    );
    for (const teamId of teamIds) {
      await ctx.db.query('insert into team_members (team_id, user_id) values ($1::uuid, $2::uuid)', [
        teamId,
        id,
      ]);
    }
    await ctx.directory.refresh();
    return { kind: 'agent', id, name, role, teamIds };
  };
  const ana = await agent('Ana');
  const ben = await agent('Ben');

  const visitor = (): Promise<VisitorActor> => admitVisitor(ctx, { widget: 'shop' });
  /** The handshake of a visitor whom the site has signed for since. */
  const signedIn = ({ id: visitorId }: VisitorActor, sub: string, name = 'Cy Marsh') => ({
    widget: 'shop',
    token: signVisitorToken(ctx.keys.visitor, { visitorId, widgetId, issuedAt: clock.now }),
    identity: signIdentity(IDENTITY_SECRET, { sub, name, exp: Math.ceil(clock.now / 1000) + 600 }),
  });
  let sent = 0;
  const nextClientId = () => `client-${String(++sent).padStart(6, '0')}`;

  /** A conversation in the state that a test starts from. */
  const conversation = async (state: 'bot' | 'offered' | 'pending' | 'active') => {
    const who = await visitor();
    await sendAsVisitor(ctx, who, { clientId: nextClientId(), body: 'My pole broke.' });
    const conversationId = (await conversationOf(ctx, who)) ?? '';
    const actor: VisitorActor = { ...who, conversationId };
    await answerTurn(ctx, conversationId);
    const made = { conversationId, visitor: actor, handoffId: '', ownerEpoch: 1 };
    if (state === 'bot') return made;
    await requestPerson(ctx, actor);
    made.handoffId = (await visitorSnapshot(ctx, conversationId)).handoff?.id ?? '';
    if (state === 'offered') return made;
    await accept(ctx, actor, { handoffId: made.handoffId, details: 'later' });
    if (state === 'pending') return made;
    made.ownerEpoch = (await claim(ctx, ana, { conversationId, handoffId: made.handoffId })).ownerEpoch;
    return made;
  };

  return {
    ctx: ctx as Context,
    brain,
    clock,
    published,
    teams: { returns, orders },
    widgetId,
    ana,
    ben,
    agent,
    visitor,
    signedIn,
    conversation,
    nextClientId,
    databaseUrl,
    secret: SECRET,
    close: () => ctx.close(),
  };
}
