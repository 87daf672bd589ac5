import postgres from 'postgres';
import type { LiveViewKey } from '@/lib/protocol';
import { readOrder } from '@/lib/services/queue/order';
import { quote } from '@/lib/services/queue/quote';
import { KNOWN_NONE, knownWithout } from '@/lib/services/view/known-rows';
import { type LiveRows, readLiveView, readResolvedPage } from '@/lib/services/view/read';
import type { WorldOn } from '@/lib/services/world-on';
import { compare, type Measured, median, slope } from './statistics';

const SIZES = [100_000, 1_000_000] as const;
const ROUNDS = 9;
const READS = 60;
const TEAMS = 10;
const PAGE = 50;
/** Who waits, is with an agent and talks with the bot: as many as people work, however much is stored. */
const OPEN = { pending: 600, active: 2000, bot: 1000 } as const;

/** Reads a page; what is to be done before it is not timed. */
interface Read {
  before?: () => Promise<unknown>;
  read: () => Promise<unknown>;
}
/** What each read took in each round, in ms. */
type Timed = Record<string, number[]>;

const ONE = 'one row by its key';
/** After the list of who waits: what each of them is told of their place. */
const TOLD = 'what those who wait are told';
const AT_FIRST = ', at first';
const FIFTY = 'as many rows by their keys';

/**
 * The pages of the inbox as a desk asks for them, with a hundred thousand and with a million conversations stored, beside
 * the read of one conversation by its key, and of as many as a page has, in the same run. A list that is watched is read
 * again when one of its rows has changed, so that is what is measured; and `at first`, when nothing of it is known.
 */
export async function inboxPage(world: WorldOn): Promise<Measured[]> {
  const timed = new Map<number, Timed>();
  await settleTeams(world);
  for (const [index, size] of SIZES.entries()) {
    await fill(world, SIZES[index - 1] ?? 0, size);
    timed.set(size, await rounds(await readsOf(world)));
  }
  const [small = {}, large = {}] = SIZES.map((size) => timed.get(size));
  const beside = (name: string, floor: string) =>
    compare(
      { id: 'inbox-page', what: `${name} / ${floor}`, unit: 'ms' },
      large[name] ?? [],
      large[floor] ?? [],
      { atMost: 4 },
    );
  return Object.keys(large)
    .filter((name) => name !== ONE && name !== FIFTY)
    .flatMap((name) => [
      beside(name, name === TOLD || name.endsWith(AT_FIRST) ? FIFTY : ONE),
      grows(name, small, large),
    ]);
}

/** How a read grows, beside how the read by key does. */
function grows(name: string, small: Timed, large: Timed): Measured {
  const of = (read: string) =>
    (large[read] ?? []).map((ms, round) =>
      slope([
        [SIZES[0], small[read]?.[round] ?? Number.NaN],
        [SIZES[1], ms],
      ]),
    );
  const value = median(of(name));
  return {
    id: 'inbox-page',
    what: `${name}, slope in what is stored / of one row`,
    value,
    unit: '',
    floor: median(of(ONE)),
    ratio: value,
    rounds: of(name),
    target: '<= 0.1',
    met: value <= 0.1,
  };
}

async function settleTeams({ ctx }: WorldOn): Promise<void> {
  await ctx.db.query(
    `insert into teams (id, name, position, created_at)
     select gen_random_uuid(), 'Team ' || n, 10 + n, now() from generate_series(3, $1::int) n`,
    [TEAMS],
  );
  await ctx.directory.refresh();
}

async function readsOf(world: WorldOn): Promise<Record<string, Read>> {
  const { ctx } = world;
  const teams = ctx.directory.teams().map(({ id }) => id);
  const stored = await ctx.db.query<{ id: string }>(
    'select id from conversations tablesample bernoulli (1) limit 5000',
  );
  const ids = stored.map(({ id }) => id);
  const admin = { kind: 'agent', id: world.ana.id, name: 'Ana', role: 'admin', teamIds: [] } as const;
  const middle = await readResolvedPage(ctx, admin, { before: null });
  let turn = 0;
  const next = <T>(list: readonly T[]) => list[turn++ % list.length] as T;
  const ofTeams = (list: 'pending' | 'team' | 'atRisk' | 'breached') =>
    live(teams.map((id): LiveViewKey => `${list}:${id}`));

  /** A list twice: read again when one of its rows has changed, and for the first time. */
  function live(keys: readonly LiveViewKey[]): { again: Read; first: Read } {
    const kept = new Map<LiveViewKey, LiveRows>();
    let key = next(keys);
    let changed = new Set<string>();
    const again: Read = {
      before: async () => {
        key = next(keys);
        const { rows } = kept.get(key) ?? (await readLiveView(ctx, key));
        const { conversationId } = next(rows);
        await ctx.db.query('update conversations set version = version + 1 where id = $1::uuid', [
          conversationId,
        ]);
        changed = new Set([conversationId]);
      },
      read: async () => {
        const known = knownWithout(kept.get(key)?.known ?? KNOWN_NONE, changed);
        kept.set(key, await readLiveView(ctx, key, known));
      },
    };
    return { again, first: { read: () => readLiveView(ctx, next(keys)) } };
  }

  const lists = Object.entries({
    pending: ofTeams('pending'),
    'my team': ofTeams('team'),
    'at risk': ofTeams('atRisk'),
    breached: ofTeams('breached'),
    'bot live': live(['live']),
  });
  const line = await readOrder(ctx, [teams[0] ?? '']);
  return {
    [ONE]: { read: () => ctx.db.query('select * from conversations where id = $1::uuid', [next(ids)]) },
    [FIFTY]: {
      read: () => {
        const from = (turn++ * PAGE) % (ids.length - PAGE);
        return ctx.db.query('select * from conversations where id = any($1::uuid[])', [
          ids.slice(from, from + PAGE),
        ]);
      },
    },
    ...Object.fromEntries(
      lists.flatMap(([name, { again, first }]) => [
        [name, again],
        [`${name}${AT_FIRST}`, first],
      ]),
    ),
    [TOLD]: { read: () => quote(ctx, teams[0] ?? '', line) },
    [`resolved${AT_FIRST}`]: { read: () => readResolvedPage(ctx, admin, { before: middle.next }) },
  };
}

/** All of them in turn, there and back, so that none has the warmer half. */
async function rounds(reads: Record<string, Read>): Promise<Timed> {
  const names = Object.keys(reads);
  const timed: Timed = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    const took: Timed = Object.fromEntries(names.map((name) => [name, []]));
    for (let index = 0; index < READS; index++) {
      for (const name of index % 2 === 0 ? names : names.toReversed()) {
        await reads[name]?.before?.();
        const started = performance.now();
        await reads[name]?.read();
        took[name]?.push(performance.now() - started);
      }
    }
    // The first round is for plans and caches.
    if (round >= 0) for (const name of names) timed[name]?.push(median(took[name] ?? []));
  }
  return timed;
}

/** Conversations number `from` to `to`, made of one of each state by set-based inserts. */
async function fill(world: WorldOn, from: number, to: number): Promise<void> {
  const started = performance.now();
  process.stderr.write(`  ${(to - from).toLocaleString('en')} conversations ...`);
  world.clock.now = Date.now();
  const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  const run = (text: string, values: (string | number)[] = []) => sql.unsafe(text, values);
  // Thousands of rows that fit together by construction need no look-up for each.
  await run(`set session_replication_role = 'replica'`);
  await run(
    `create temporary table fresh as
     select gen_random_uuid() as id, gen_random_uuid() as visitor, gen_random_uuid() as handoff, n,
       case when n <= $3::int then 'pending' when n <= $4::int then 'active' when n <= $5::int then 'bot' else 'resolved' end as state,
       (array(select id from teams order by position))[1 + n % $6::int] as team,
       now() - make_interval(secs => (n % 7919) * 5) as at
     from generate_series($1::int + 1, $2::int) n`,
    [from, to, OPEN.pending, OPEN.pending + OPEN.active, OPEN.pending + OPEN.active + OPEN.bot, TEAMS],
  );
  const { conversationId } = await world.conversation('active');
  await run(`insert into visitors (id, widget_id, created_at) select visitor, $1::uuid, at from fresh`, [
    world.widgetId,
  ]);
  await run(
    `insert into conversations (id, widget_id, visitor_id, state, owner_epoch, version, seq, visible_seq, chain, team_id, agent_id,
       handoff_id, topic, mood, preview, preview_by, unread, message_count, visitor_read_seq, staff_read_seq, started_at, last_message_at, resolved_at)
     select f.id, c.widget_id, f.visitor, f.state, 3, 9, 9, 7, c.chain, case when f.state <> 'bot' then f.team end,
       case f.state when 'active' then $2::uuid end,
       case when f.state <> 'bot' then f.handoff end, 'Returns', 'calm', c.preview, 'visitor', 1, 4, 0, 0, f.at, f.at,
       case f.state when 'resolved' then f.at end
     from fresh f, conversations c where c.id = $1::uuid`,
    [conversationId, world.ben.id],
  );
  await run(
    `insert into handoffs (id, conversation_id, state, reason, confidence, paths_offered, path, priority, score, score_parts, team_id, agent_id,
       context, offered_at, queued_at, claimed_at, ended_at, outcome, response_due_at, response_target_ms, breached_at, sla, sla_flag, sla_flag_due_at)
     select f.handoff, f.id, case f.state when 'active' then 'claimed' else f.state end, h.reason, h.confidence, h.paths_offered, h.path,
       1 + f.n % 4, 50, h.score_parts, f.team, case f.state when 'pending' then null else h.agent_id end, h.context, f.at, f.at,
       case f.state when 'pending' then null else f.at end, case f.state when 'resolved' then f.at end,
       case f.state when 'resolved' then 'resolved' end, f.at + interval '15 minutes', 900000, null,
       -- Each has a ledger of its own, as in life.
       replace(h.sla::text, '"policyVersion": 1', '"policyVersion": ' || f.n)::jsonb,
       case when f.state <> 'resolved' then (array['at_risk', 'overdue', 'late', null])[1 + (f.n / 10) % 4] end,
       f.at + interval '15 minutes'
     from fresh f, handoffs h where f.state <> 'bot' and h.conversation_id = $1::uuid`,
    [conversationId],
  );
  await run('drop table fresh');
  for (const table of ['visitors', 'conversations', 'handoffs']) await run(`vacuum analyze ${table}`);
  await sql.end();
  process.stderr.write(` ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
}
