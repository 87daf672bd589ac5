import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { migrateDatabase } from '@/db/migrate';
import { type WorldOn, worldOn } from '@/lib/services/world-on';
import { createDatabase } from '@/lib/setup/test-world.mjs';
import { brainQuality } from './brain';
import { brainSignals } from './brain-signals';
import { brainSpeed } from './brain-speed';
import { claims } from './claims';
import { fanTeam } from './fan-team';
import { inboxPage } from './inbox-page';
import { messagePath } from './message-path';
import { quote } from './quote';
import { routeDecide } from './route-decide';
import { routeQuality } from './route-quality';
import { slaTimers } from './sla-timers';
import type { Measured } from './statistics';

const PARTS: Record<string, (world: WorldOn) => Promise<Measured[]>> = {
  'msg-path': messagePath,
  claim: claims,
  'fan-team': fanTeam,
  'route-quality': routeQuality,
  quote,
  'sla-timers': slaTimers,
  'route-decide': routeDecide,
  'inbox-page': inboxPage,
  'brain-speed': brainSpeed,
};
/** Parts that judge questions of a folder and need no database. */
const DATA_PARTS: Record<string, (data: string) => Promise<Measured[]>> = {
  brain: brainQuality,
  'brain-signals': brainSignals,
};
const NAMES = [...Object.keys(PARTS), ...Object.keys(DATA_PARTS)];
const OUT = 'test-results/bench.json';

/** Each figure beside its floor, measured in turn in the same run; only ratios are worth quoting. */
async function main(words: string[]): Promise<void> {
  const { positionals: wanted, values } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { data: { type: 'string' } },
  });
  const results: Measured[] = [];
  for (const name of wanted.length > 0 ? wanted : NAMES) {
    process.stderr.write(`${name} ...\n`);
    const dataPart = DATA_PARTS[name];
    if (dataPart) {
      if (values.data) results.push(...(await dataPart(values.data)));
      else if (wanted.length > 0) throw new Error(dataWanted(name));
      else process.stderr.write(`  left out: ${dataWanted(name)}\n`);
      continue;
    }
    const part = PARTS[name];
    if (!part) throw new Error(`There is no part "${name}". Parts: ${NAMES.join(', ')}`);
    const database = await createDatabase(
      process.env.TEST_DATABASE_URL ?? '',
      `baton_bench_${randomBytes(4).toString('hex')}`,
    );
    await migrateDatabase(database.url);
    const world = await worldOn(database.url);
    try {
      results.push(...(await part(world)));
    } finally {
      await world.close();
      await database.drop();
    }
  }
  mkdirSync('test-results', { recursive: true });
  const machine = { cpus: os.cpus().length, node: process.version, load: os.loadavg() };
  writeFileSync(OUT, `${JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2)}\n`);
  process.stdout.write(`${table(results)}\nwritten to ${OUT}\n`);
}

function dataWanted(name: string): string {
  return `${name} needs questions: npm run bench -- ${name} --data <folder>, with a folder for each set.`;
}

function table(results: readonly Measured[]): string {
  const short = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const rows = results.map((result) => [
    result.id,
    result.what,
    `${short(result.value)} ${result.unit}`,
    `${short(result.floor)} ${result.unit}`,
    result.ratio.toFixed(2),
    `${Math.min(...result.rounds).toFixed(2)} to ${Math.max(...result.rounds).toFixed(2)}`,
    result.target,
    result.met ? 'yes' : 'NO',
  ]);
  const head = ['part', 'what', 'here', 'floor', 'ratio', 'rounds', 'target', 'met'];
  const widths = head.map((name, index) =>
    Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  return [head, ...rows]
    .map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  '))
    .join('\n');
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
