import { randomBytes } from 'node:crypto';
import { commitSetting } from '@/db/queries/stream';
import { seal } from '@/lib/crypto/sealed';
import { DEFAULT_CAPACITY } from '@/lib/domain/presence';
import type { Context } from '@/lib/services/context';
import { changeForm } from '@/lib/services/form/change';
import { tellKnowledgeChanged } from '@/lib/services/notices';
import { ARTICLES } from './larkfell/articles';
import { FORMS } from './larkfell/forms';
import { AGENTS, CUSTOMERS, TEAMS } from './larkfell/script';

const DEMO_WIDGET_KEY = 'larkfell';

/** Several days are played at once, so that people seem to be in many places, and are at work on all of them. */
const CAPACITY_WHILE_PLAYING = 50;
const DAY = 24 * 60 * 60_000;

/** The history is played: everyone works as they do from now on, with room for one more, once they come. */
export async function settleDown(ctx: Context): Promise<void> {
  await ctx.db.query('update users set capacity = greatest($1::int, load + 1), connected_until = null', [
    DEFAULT_CAPACITY,
  ]);
}

/** Teams, people without passwords, the widget, the knowledge base, the customers: what history needs to stand on. */
export async function layFoundations(ctx: Context, startsAt: number): Promise<{ customerIds: string[] }> {
  const at = new Date(startsAt);
  const teamIds = new Map(TEAMS.map((team) => [team.name, ctx.newId()]));
  for (const [position, team] of TEAMS.entries()) {
    await ctx.db.query(
      'insert into teams (id, name, position, created_at) values ($1::uuid, $2::text, $3::int, $4::timestamptz)',
      [teamIds.get(team.name), team.name, position, at],
    );
  }
  for (const agent of AGENTS) {
    const id = ctx.newId();
    await ctx.db.query(
      'insert into users (id, email, name, role, created_at, capacity, connected_until) values ($1::uuid, $2::text, $3::text, $4::text, $5::timestamptz, $6::int, $7::timestamptz)',
      [id, agent.email, agent.name, agent.role, at, CAPACITY_WHILE_PLAYING, new Date(ctx.now() + DAY)],
    );
    for (const team of agent.teams) {
      await ctx.db.query('insert into team_members (team_id, user_id) values ($1::uuid, $2::uuid)', [
        teamIds.get(team),
        id,
      ]);
    }
  }
  await layWidget(ctx, at, teamIds.get('Orders') ?? '');
  for (const article of ARTICLES) {
    await ctx.db.query(
      `insert into articles (id, title, body, category, examples, version, updated_at)
       values ($1::text, $2::text, $3::text, $4::text, $5::text[], 1, $6::timestamptz)`,
      [article.id, article.title, article.body, article.category, [...article.examples], at],
    );
  }
  const customerIds: string[] = [];
  for (const [index, customer] of CUSTOMERS.entries()) {
    const id = ctx.newId();
    customerIds.push(id);
    await ctx.db.query(
      `insert into customers (id, external_id, name, email, verified, tier, customer_since, lifetime_value, churn_risk, orders, locale, attributes, created_at)
       values ($1::uuid, $2::text, $3::text, $4::text, true, $5::text, $6::timestamptz, $7::numeric, $8::text, $9::int, $10::text, '{}'::jsonb, $11::timestamptz)`,
      [
        id,
        `LF-${1000 + index}`,
        customer.name,
        customer.email,
        customer.tier[0]?.toUpperCase() + customer.tier.slice(1),
        new Date(Date.UTC(customer.since, (index * 5) % 12, 1 + (index % 27))),
        customer.lifetimeValue,
        customer.churnRisk,
        customer.orders,
        customer.locale,
        at,
      ],
    );
  }
  await ctx.directory.refresh();
  await tellKnowledgeChanged(ctx);
  for (const { team, terms } of FORMS) {
    await changeForm(
      ctx,
      { kind: 'system', job: 'demo seed' },
      { templateId: ctx.newId(), version: 0, terms: { ...terms, teamId: teamIds.get(team) ?? null } },
    );
  }
  return { customerIds };
}

async function layWidget(ctx: Context, at: Date, teamId: string): Promise<void> {
  const id = ctx.newId();
  const secret = seal(ctx.keys.rest, `widget:${id}`, randomBytes(32));
  await commitSetting(
    ctx.db,
    ctx.keys.audit,
    {
      text: `insert into widgets (id, key, shop_name, bot_name, currency, locale, allowed_origins, theme, texts, suggestions, team_id, identity_secret, created_at)
        values ($1::uuid, $2::text, 'Larkfell', 'Fern', 'EUR', 'en', '{}', $3::jsonb, '{}'::jsonb, $4::text[], $5::uuid, $6::bytea, $7::timestamptz) returning id`,
      parameters: [
        id,
        DEMO_WIDGET_KEY,
        { brand: '#1f5c4a' },
        [
          'Can I return a tent I have used?',
          'Which tent fits two and a dog?',
          'How long does delivery take?',
        ],
        teamId,
        secret,
        at,
      ],
    },
    {
      kind: 'widget.made',
      actor: { kind: 'system', job: 'demo seed' },
      payload: { widgetId: id, key: DEMO_WIDGET_KEY },
      at: at.getTime(),
    },
  );
}
