import { mkdirSync, writeFileSync } from 'node:fs';
import { randomFrom } from '@/db/seed/random';
import type { Priority } from '@/lib/domain/handoff';
import { DEFAULT_ORDER, type OrderSettings } from '@/lib/domain/order-of-service';
import { priorityWaitTail } from '@/lib/domain/priority-wait-tail';
import {
  type QueueOutcome,
  type QueueScenario,
  type SimulatedLine,
  simulateQueue,
  type Tally,
} from '@/lib/domain/simulate-queue';
import { byArrivalLine, earliestDeadlineLine, productLine, randomLine } from '@/lib/domain/simulated-lines';
import { compare, type Measured } from './statistics';

const REPLICATIONS = 20;
/** Of Student's distribution with nineteen degrees of freedom, two-sided. */
const T_95 = 2.093;
const T_99 = 2.861;
const OUT = 'test-results/route-quality.json';
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
const WEIGHTS: Record<Priority, number> = { 1: 8, 2: 4, 3: 2, 4: 1 };
const MIX = [0.05, 0.15, 0.6, 0.2] as const;
const TARGETS = [0.2, 0.5, 1.5, 6] as const;

interface Place {
  name: string;
  scenario: QueueScenario;
  /** Load of strict priority without overflow, where its breaches are known exactly. */
  load: number | null;
}

interface Order {
  name: string;
  overflowSlots: number;
  lineOf: (seed: number, scenario: QueueScenario) => SimulatedLine;
}

type Runs = ReadonlyMap<string, readonly QueueOutcome[]>;

const PLACES: readonly Place[] = [
  place('B: 20 slots, load 0.97', 20, 0.97, 150_000),
  {
    ...place(
      'D: 20 slots, load 0.77, spikes of 1.6',
      20,
      1.6,
      80_000,
      (at) => 20 * (at % 48 < 6 ? 1.6 : 0.6514),
    ),
    load: null,
  },
  place('E: 5 slots, load 0.9', 5, 0.9, 80_000),
];
const STRICT: OrderSettings = { discipline: 'strict', agedShare: 0, overflowSlots: 0 };
const ORDERS: readonly Order[] = [
  { name: 'first come first served', overflowSlots: 0, lineOf: byArrivalLine },
  { name: 'random', overflowSlots: 0, lineOf: (seed) => randomLine(randomFrom(seed).next) },
  { name: 'earliest deadline', overflowSlots: 0, lineOf: earliestDeadlineLine },
  order('strict', STRICT),
  order('strict + overflow', { ...STRICT, overflowSlots: 1 }),
  order('default without overflow', { ...DEFAULT_ORDER, overflowSlots: 0 }),
  order('default', DEFAULT_ORDER),
  order('default, share 0', { ...DEFAULT_ORDER, agedShare: 0 }),
  order('default, share 0.3', { ...DEFAULT_ORDER, agedShare: 0.3 }),
];

/** Breaches by order of service in the simulated queue, beside what strict priority does with the same customers. */
export async function routeQuality(): Promise<Measured[]> {
  const tables = PLACES.map(({ name, scenario, load }) => {
    process.stderr.write(`  ${name} ...\n`);
    const runs: Runs = new Map(ORDERS.map((each) => [each.name, replicate(each, scenario)]));
    return { name, load, scenario, runs };
  });
  const rows = tables.flatMap(({ name, load, scenario, runs }) =>
    ORDERS.map((each) => ({ place: name, order: each.name, ...figures(runs.get(each.name) ?? []) })).concat(
      load === null ? [] : [exact(name, scenario.agents, load)],
    ),
  );
  process.stdout.write(`${asText(rows)}\n`);
  mkdirSync('test-results', { recursive: true });
  writeFileSync(OUT, `${JSON.stringify(rows, null, 2)}\n`);
  return tables.flatMap(({ name, load, scenario, runs }) => measured(name, scenario.agents, load, runs));
}

function measured(name: string, agents: number, load: number | null, runs: Runs): Measured[] {
  const shares = (wanted: string, of: readonly Priority[] = PRIORITIES) =>
    (runs.get(wanted) ?? []).map((outcome) => breachedShare(outcome, of));
  const id = 'route-quality';
  const short = name.slice(0, 1);
  const percent = (values: readonly number[]) => values.map((value) => 100 * value);
  const against = (floor: string, atMost: number) =>
    compare(
      { id, what: `${short}: breaches, default against ${floor}`, unit: '%' },
      percent(shares('default')),
      percent(shares(floor)),
      { atMost },
    );
  const urgent = interval(shares('default', [1]), T_99);
  const urgentStrict = interval(shares('strict + overflow', [1]), T_99);
  const worst = Math.max(...(runs.get('default') ?? []).map(worstOf));
  const worstWithout = Math.max(...(runs.get('default, share 0') ?? []).map(worstOf));
  const rows: Measured[] = [
    against('strict', short === 'B' ? 0.5 : 0.6),
    against('strict + overflow', 0.6),
    {
      ...row(
        `${short}: P1 breaches, default against strict + overflow`,
        '%',
        100 * urgent.mean,
        100 * urgentStrict.mean,
      ),
      target: 'within the interval',
      met: Math.abs(urgent.mean - urgentStrict.mean) <= Math.hypot(urgent.half, urgentStrict.half),
    },
    {
      ...row(`${short}: worst wait, against no share of the longest`, 'targets', worst, worstWithout),
      target: '<= 35 targets',
      met: worst <= 35,
    },
  ];
  if (short === 'B')
    rows.push({
      ...row('B: P1 breaches, default against 1 %', '%', 100 * urgent.mean, 1),
      target: '<= 1',
      met: urgent.mean + urgent.half <= 0.01,
    });
  if (load !== null)
    for (const priority of PRIORITIES)
      rows.push(againstExact(short, agents, load, priority, shares('strict', [priority])));
  return rows;
}

function againstExact(
  short: string,
  agents: number,
  load: number,
  priority: Priority,
  shares: readonly number[],
): Measured {
  const { mean, half } = interval(shares, T_99);
  const floor = exactBreach(agents, load, priority);
  return {
    ...row(
      `${short}: P${priority} breaches, strict in the simulator against the formula`,
      '%',
      100 * mean,
      100 * floor,
    ),
    rounds: [(mean - half) / floor, (mean + half) / floor],
    target: '1 within 99 %',
    met: Math.abs(mean - floor) <= half,
  };
}

function row(what: string, unit: string, value: number, floor: number): Omit<Measured, 'target' | 'met'> {
  return { id: 'route-quality', what, unit, value, floor, ratio: value / floor, rounds: [value / floor] };
}

interface Figures {
  breached: { mean: number; half: number }[];
  all: { mean: number; half: number };
  weighted: number;
  worst: number | null;
}

function figures(outcomes: readonly QueueOutcome[]): Figures {
  return {
    breached: PRIORITIES.map((priority) =>
      interval(
        outcomes.map((outcome) => breachedShare(outcome, [priority])),
        T_95,
      ),
    ),
    all: interval(
      outcomes.map((outcome) => breachedShare(outcome, PRIORITIES)),
      T_95,
    ),
    weighted: average(
      outcomes.map(
        ({ tallies }) =>
          weigh(tallies, (tally) => tally.breached) / weigh(tallies, (tally) => tally.customers),
      ),
    ),
    worst: Math.max(...outcomes.map(worstOf)),
  };
}

function exact(name: string, agents: number, load: number): Figures & { place: string; order: string } {
  const breached = PRIORITIES.map((priority) => exactBreach(agents, load, priority));
  const sum = (weight: (priority: Priority) => number) =>
    PRIORITIES.reduce((total, each) => total + weight(each) * (MIX[each - 1] ?? 0), 0);
  const share = (priority: Priority) => breached[priority - 1] ?? 0;
  return {
    place: name,
    order: 'strict, exact formula',
    breached: breached.map((mean) => ({ mean, half: 0 })),
    all: { mean: sum(share), half: 0 },
    weighted: sum((each) => WEIGHTS[each] * share(each)) / sum((each) => WEIGHTS[each]),
    worst: null,
  };
}

function exactBreach(agents: number, load: number, priority: Priority): number {
  const rates = MIX.map((share) => share * agents * load);
  return priorityWaitTail(TARGETS[priority - 1] ?? 0, agents, rates, priority - 1, 1);
}

function replicate({ overflowSlots, lineOf }: Order, scenario: QueueScenario): QueueOutcome[] {
  return Array.from({ length: REPLICATIONS }, (_, index) =>
    simulateQueue(
      { ...scenario, overflowSlots },
      lineOf(index, scenario),
      randomFrom(123_457 * (index + 77)).next,
    ),
  );
}

function place(
  name: string,
  agents: number,
  load: number,
  customers: number,
  rateAt?: (at: number) => number,
): Place {
  const scenario: QueueScenario = {
    agents,
    slotsPerAgent: 1,
    overflowSlots: 0,
    arrivals: { peak: agents * load, ...(rateAt && { rateAt }) },
    mix: MIX,
    targets: TARGETS,
    handling: { mean: 1 },
    patience: null,
    customers,
    warmUp: customers / 10,
  };
  return { name, scenario, load };
}

function order(name: string, settings: OrderSettings): Order {
  return {
    name,
    overflowSlots: settings.overflowSlots,
    lineOf: (_, { agents }) =>
      productLine(settings, { releaseRate: agents, urgentRate: 0.9 * agents * MIX[0] }),
  };
}

function breachedShare({ tallies }: QueueOutcome, of: readonly Priority[]): number {
  const sum = (what: (tally: Tally) => number) => of.reduce((total, each) => total + what(tallies[each]), 0);
  return sum((tally) => tally.breached) / sum((tally) => tally.customers);
}

function weigh(tallies: QueueOutcome['tallies'], what: (tally: Tally) => number): number {
  return PRIORITIES.reduce((total, each) => total + WEIGHTS[each] * what(tallies[each]), 0);
}

function worstOf({ tallies }: QueueOutcome): number {
  return Math.max(...PRIORITIES.map((priority) => tallies[priority].worst));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function interval(values: readonly number[], quantile: number): { mean: number; half: number } {
  const mean = average(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, half: quantile * Math.sqrt(variance / values.length) };
}

function asText(rows: readonly (Figures & { place: string; order: string })[]): string {
  const percent = ({ mean, half }: { mean: number; half: number }) =>
    `${(100 * mean).toFixed(2)}${half === 0 ? '' : ` ±${(100 * half).toFixed(2)}`}`;
  const lines = rows.map(({ order: name, breached, all, weighted, worst, place: where }) => ({
    where,
    cells: [
      name,
      ...breached.map(percent),
      percent(all),
      (100 * weighted).toFixed(2),
      worst === null ? '' : worst.toFixed(0),
    ],
  }));
  const head = ['breached, %', 'P1', 'P2', 'P3', 'P4', 'all', 'weighted', 'worst, targets'];
  const widths = head.map((title, index) =>
    Math.max(title.length, ...lines.map(({ cells }) => cells[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ');
  return PLACES.map(({ name }) =>
    [
      name,
      line(head),
      ...lines.filter(({ where }) => where === name).map(({ cells }) => line(cells)),
      '',
    ].join('\n'),
  ).join('\n');
}
