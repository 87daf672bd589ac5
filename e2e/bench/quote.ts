import { randomFrom } from '@/db/seed/random';
import { DEFAULT_ORDER, type OrderSettings } from '@/lib/domain/order-of-service';
import type { QueueScenario } from '@/lib/domain/simulate-queue';
import {
  type EstimateQuality,
  type JudgedEstimate,
  qualityOf,
  studyWaitEstimates,
} from '@/lib/domain/study-wait-estimates';
import type { Measured } from './statistics';

const SEEDS = [1, 2, 3];
/** Fewer estimates than these say nothing of a group. */
const ENOUGH = 60;
const STRICT: OrderSettings = { ...DEFAULT_ORDER, discipline: 'strict' };

interface Place {
  name: string;
  scenario: QueueScenario;
  settings: OrderSettings;
}

const BASE: QueueScenario = {
  agents: 20,
  slotsPerAgent: 1,
  overflowSlots: 1,
  arrivals: { peak: 19.4 },
  mix: [0.05, 0.15, 0.6, 0.2],
  targets: [0.2, 0.5, 1.5, 6],
  handling: { mean: 1 },
  patience: null,
  customers: 70_000,
  warmUp: 0,
};
const PLACES: readonly Place[] = [
  { name: '20 slots, load 0.97', scenario: BASE, settings: DEFAULT_ORDER },
  { name: '20 slots, load 0.97, strict', scenario: BASE, settings: STRICT },
  {
    name: '5 slots, load 0.9',
    scenario: { ...BASE, agents: 5, arrivals: { peak: 4.5 } },
    settings: DEFAULT_ORDER,
  },
  {
    name: '60 slots, load 0.97',
    scenario: { ...BASE, agents: 60, arrivals: { peak: 58.2 } },
    settings: DEFAULT_ORDER,
  },
  {
    name: '20 slots, load 1.1, patience 3',
    scenario: { ...BASE, arrivals: { peak: 22 }, patience: 3 },
    settings: DEFAULT_ORDER,
  },
  {
    name: '20 slots, spikes of 1.6',
    scenario: { ...BASE, arrivals: { peak: 32, rateAt: (at) => 20 * (at % 48 < 6 ? 1.6 : 0.6514) } },
    settings: DEFAULT_ORDER,
  },
];

/**
 * Estimates of the wait, made from measured rates, against the best that knows the true ones: the mean of many futures
 * of the very queue. In spikes that one knows when they begin and end, which no measured rate can.
 */
export async function quote(): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const { name, scenario, settings } of PLACES) {
    process.stderr.write(`  ${name} ...\n`);
    const runs = SEEDS.map((seed) => studyOf(scenario, settings, seed));
    const all = runs.flat();
    process.stdout.write(`${asText(name, all)}\n`);
    if (settings === DEFAULT_ORDER && !scenario.arrivals.rateAt) results.push(...measured(name, all, runs));
  }
  return results;
}

function studyOf(scenario: QueueScenario, settings: OrderSettings, seed: number): JudgedEstimate[] {
  const study = {
    scenario,
    settings,
    learning: 20_000,
    judgedShare: 0.015,
    refreshRate: 0.4,
    futures: 40,
    // A day and four hours, at handling times of ten minutes.
    memory: { handlingMs: 144, arrivalsMs: 24 },
  };
  return studyWaitEstimates(study, (each) => randomFrom(seed * 1_000_000 + each * 7919).next);
}

function measured(
  name: string,
  all: readonly JudgedEstimate[],
  runs: readonly (readonly JudgedEstimate[])[],
): Measured[] {
  const quality = qualityOf(all);
  const each = runs.map(qualityOf);
  const best = quality.bestError;
  const error: Measured = {
    id: 'quote',
    what: `${name}: error against the best that knows the rates`,
    unit: 'handling times',
    value: best * quality.errorRatio,
    floor: best,
    ratio: quality.errorRatio,
    rounds: each.map(({ errorRatio }) => errorRatio),
    target: '<= 1.15',
    met: quality.errorRatio <= 1.15,
  };
  const coverage: Measured = {
    id: 'quote',
    what: `${name}: waits within the range of 80 %`,
    unit: '%',
    value: 100 * quality.coverage,
    floor: 80,
    ratio: quality.coverage / 0.8,
    rounds: each.map((one) => one.coverage / 0.8),
    target: '75 to 85 %',
    met: quality.coverage >= 0.75 && quality.coverage <= 0.85,
  };
  return [error, coverage];
}

function asText(name: string, judged: readonly JudgedEstimate[]): string {
  const groups: [string, (each: JudgedEstimate) => boolean][] = [
    ['all', () => true],
    ['on joining', ({ hasJustJoined }) => hasJustJoined],
    ...([1, 2, 3, 4] as const).map((priority): [string, (each: JudgedEstimate) => boolean] => [
      `P${priority} on joining`,
      (each) => each.hasJustJoined && each.priority === priority,
    ]),
    ['made anew, in turn', ({ hasJustJoined, isParked }) => !hasJustJoined && !isParked],
    ['made anew, breached', ({ isParked }) => isParked],
  ];
  const lines = groups.flatMap(([group, belongs]) => {
    const some = judged.filter(belongs);
    return some.length < ENOUGH ? [] : [cells(group, qualityOf(some))];
  });
  const head = ['', 'n', 'mean wait', 'error / best', 'range holds', 'by length', 'by last served'];
  const widths = head.map((title, index) =>
    Math.max(title.length, ...lines.map((line) => line[index]?.length ?? 0)),
  );
  const line = (texts: readonly string[]) =>
    texts.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  ');
  return [name, ...[head, ...lines].map(line), ''].join('\n');
}

function cells(group: string, quality: EstimateQuality): string[] {
  return [
    group,
    String(quality.estimates),
    quality.meanWait.toFixed(3),
    quality.errorRatio.toFixed(2),
    `${(100 * quality.coverage).toFixed(0)} %`,
    quality.byQueueLengthRatio.toFixed(2),
    // What the last one waited from the beginning is no estimate of what is left later.
    group.includes('joining') ? quality.byLastServedRatio.toFixed(2) : '',
  ];
}
