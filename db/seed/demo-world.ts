import { writeCheckpoint } from '@/lib/services/audit/checkpoint';
import type { Context } from '@/lib/services/context';
import { layFoundations, settleDown } from './foundations';
import { SCRIPTS, type SeedScript } from './larkfell/script';
import { type PlayEnd, play } from './play';
import { type Random, randomFrom } from './random';

const SEED = 20_261_121;
const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const MINUTE = 60_000;
const AT_ONCE = 8;
/** Handoff scripts are many so that none repeats on the desk; in the history they are the smaller part. */
const LIVE_SHARE = 0.45;

/** Whether anything stands here already. */
export async function worldExists(ctx: Context): Promise<boolean> {
  const [row] = await ctx.db.query<{ found: boolean }>(
    'select exists (select 1 from teams) or exists (select 1 from users) or exists (select 1 from conversations) as found',
  );
  return row?.found ?? false;
}

export interface SeedCounts {
  conversations: number;
  handoffs: number;
}

/** The demo world: `days` of history up to now and a desk in full swing, all of it made by the product's own verbs. */
export async function seedDemoWorld(
  ctx: Context,
  options: { days: number; say: (line: string) => void },
): Promise<SeedCounts> {
  const now = ctx.now();
  const random = randomFrom(SEED);
  options.say('Laying out the shop: teams, people, articles, customers');
  const { customerIds } = await layFoundations(ctx, now - (options.days + 1) * DAY);
  const plan = historyPlan(now, options.days, random, customerIds);
  await inParallel(plan, async (item, done) => {
    await play(ctx, item);
    if (done % 150 === 0) options.say(`Playing the history: ${done} of ${plan.length} conversations`);
  });
  options.say('Putting today on the desk');
  for (const item of livePlan(now, random, customerIds)) await play(ctx, item);
  await settleDown(ctx);
  await writeCheckpoint(ctx);
  const [counts] = await ctx.db.query<SeedCounts>(
    `select (select count(*)::int from conversations) as conversations,
       (select count(*)::int from handoffs where queued_at is not null) as handoffs`,
  );
  return counts ?? { conversations: 0, handoffs: 0 };
}

type Planned = Parameters<typeof play>[1];

/** Busier on weekdays and around noon and evening, as shops are. Nothing starts in the last three hours, so that all of it is over. */
function historyPlan(now: number, days: number, random: Random, customerIds: readonly string[]): Planned[] {
  const plan: Planned[] = [];
  for (let day = days; day >= 0; day--) {
    const midnight = new Date(now - day * DAY).setUTCHours(0, 0, 0, 0);
    const weekend = [0, 6].includes(new Date(midnight).getUTCDay());
    const count = Math.round(random.between(weekend ? 8 : 16, weekend ? 13 : 26));
    for (let index = 0; index < count; index++) {
      const startsAt = Math.round(midnight + hourOf(random) * HOUR);
      const script = weighted(SCRIPTS, random);
      const customerId = random.chance(0.72) ? random.pick(customerIds) : null;
      const own = randomFrom(Math.floor(random.next() * 2 ** 31));
      if (startsAt < now - 3 * HOUR) plan.push({ script, startsAt, customerId, random: own, end: 'end' });
    }
  }
  return plan;
}

function hourOf(random: Random): number {
  const peak = random.chance(0.55) ? 12.5 : 18.5;
  const spread = random.next() + random.next() + random.next() - 1.5;
  return Math.min(21.5, Math.max(7, peak + spread * 4));
}

/** Some in every state, the longest wait first. */
function livePlan(now: number, random: Random, customerIds: readonly string[]): Planned[] {
  const standing: { id: string; end: PlayEnd; minutesAgo: number; waitMs?: number; named: boolean }[] = [
    ...take(
      'live',
      ['frustration', 'sensitive_topic', 'requested_by_customer', 'low_confidence', 'rule'],
      random,
    ).map((id, index) => ({ id, end: 'pending' as const, minutesAgo: 14 - index * 2.4, named: index !== 3 })),
    ...take('live', ['requested_by_customer', 'rule', 'loop'], random).map((id, index) => ({
      id,
      end: 'claimed' as const,
      minutesAgo: 24 - index * 5,
      waitMs: 40_000 + index * 30_000,
      named: true,
    })),
    ...take('live', ['low_confidence'], random).map((id) => ({
      id,
      end: 'offered' as const,
      minutesAgo: 4,
      named: true,
    })),
    ...take('answered', [null, null, null, null], random).map((id, index) => ({
      id,
      end: 'live' as const,
      minutesAgo: 6 + index * 4,
      named: index % 2 === 0,
    })),
    ...take('answered', [null], random).map((id) => ({
      id,
      end: 'claimed' as const,
      minutesAgo: 18,
      named: true,
    })),
  ];
  return standing.flatMap(({ id, end, minutesAgo, waitMs, named }) => {
    const script = SCRIPTS.find((each) => each.id === id);
    if (!script) return [];
    return [
      {
        script,
        startsAt: Math.round(now - minutesAgo * MINUTE - script.turns.length * 30_000),
        customerId: named ? random.pick(customerIds) : null,
        random: randomFrom(Math.floor(random.next() * 2 ** 31)),
        end,
        ...(waitMs === undefined ? {} : { waitMs }),
      },
    ];
  });
}

/** One script for each wanted reason, none twice. */
function take(
  path: SeedScript['expectedPath'],
  reasons: readonly SeedScript['reason'][],
  random: Random,
): string[] {
  const taken = new Set<string>();
  for (const reason of reasons) {
    const able = SCRIPTS.filter(
      (script) => script.expectedPath === path && script.reason === reason && !taken.has(script.id),
    );
    if (able.length > 0) taken.add(random.pick(able).id);
  }
  return [...taken];
}

function weighted(scripts: readonly SeedScript[], random: Random): SeedScript {
  const weightOf = (script: SeedScript) => script.weight * (script.expectedPath === 'live' ? LIVE_SHARE : 1);
  let left = random.next() * scripts.reduce((sum, script) => sum + weightOf(script), 0);
  for (const script of scripts) {
    left -= weightOf(script);
    if (left <= 0) return script;
  }
  return random.pick(scripts);
}

async function inParallel<T>(
  items: readonly T[],
  run: (item: T, done: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let done = 0;
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await run(item, ++done);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
