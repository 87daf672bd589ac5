import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { widgetBuilds } from './build-widget.mjs';
import { ROOT } from './environment.mjs';
import { awaitClaim } from './folder-claim.mjs';
import { ensureInstalled } from './install.mjs';
import { digestFiles, firstChange, listFiles } from './stamp.mjs';
import { explain, run, say, step } from './terminal.mjs';

const STAMP = join(ROOT, 'dist', '.stamp');
const LOCK = join(ROOT, 'dist', 'lock');

/** Files that every part depends on: a change in any of them makes all of them stale. */
const COMMON = ['package-lock.json', 'tsconfig.json', 'lib/setup/build.mjs'];

const PARTS = {
  server: {
    title: 'Building the server',
    outputs: ['dist/server.js', 'dist/brain-worker.js'],
    build: () =>
      bundle([
        serverBuild('server.ts', 'dist/server.js'),
        serverBuild('lib/brain/worker.ts', 'dist/brain-worker.js'),
      ]),
  },
  cli: {
    title: 'Building the command line',
    outputs: ['dist/baton.js'],
    build: () => bundle([serverBuild('lib/cli/baton.ts', 'dist/baton.js')]),
  },
  widget: {
    title: 'Building the widget',
    outputs: [
      'public/built/widget.js',
      'public/built/later.js',
      'public/built/later.css',
      'public/built/widget.css',
      'public/built/baton.js',
      'public/built/approach.js',
    ],
    build: () => bundle(widgetBuilds(ROOT)),
  },
  pages: {
    title: 'Building the desk, usually 10 to 30 seconds',
    outputs: ['.next/BUILD_ID'],
    inputs: pageSources,
    async build() {
      await run(process.execPath, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
        cwd: ROOT,
        env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      });
      return pageSources();
    },
  },
};

export const ALL_PARTS = Object.keys(PARTS);

/** Builds those of the parts whose sources changed since they were last built. */
export async function ensureBuilt(names = ALL_PARTS, { force = false, quiet = false } = {}) {
  if (!force && names.every((name) => !staleness(name))) return;
  await withSetupLock(async () => {
    for (const name of names) {
      const reason = force ? 'asked for' : staleness(name);
      if (!reason) continue;
      const part = PARTS[name];
      const build = async () => {
        // Read before the build: a file that changes meanwhile makes the part stale again.
        const before = digestFiles(ROOT, [
          ...COMMON,
          ...listFiles(ROOT, ['app', 'components', 'lib', 'db', 'server.ts']),
        ]);
        const inputs = await part.build();
        const known = digestFiles(ROOT, [...COMMON, ...inputs]);
        for (const path of Object.keys(known)) if (path in before) known[path] = before[path];
        writeStamp({ ...readStamp(), [name]: known });
      };
      if (quiet) await build();
      else await step(`${part.title} (${reason})`, build);
    }
  });
}

/** Why a part has to be built, or undefined when what is there fits the sources. */
export function staleness(name) {
  const part = PARTS[name];
  const missing = part.outputs.find((path) => !existsSync(join(ROOT, path)));
  const built = readStamp()[name];
  if (missing || !built) return 'not built yet';
  const inputs = part.inputs ? [...COMMON, ...part.inputs()] : Object.keys(built);
  return firstChange(built, digestFiles(ROOT, inputs));
}

/** Makes parts stale whose outputs somebody else writes from now on. */
export function forgetBuilds(names) {
  writeStamp(Object.fromEntries(Object.entries(readStamp()).filter(([name]) => !names.includes(name))));
}

/** Only one process at a time may install or build in this folder. */
export async function withSetupLock(work) {
  const { claim } = await awaitClaim(
    LOCK,
    { role: 'setup' },
    { onWait: ({ pid }) => say(`Waiting for another set-up in this folder (pid ${pid}) ...`) },
  );
  try {
    return await work();
  } finally {
    claim.release();
  }
}

/** The options by which a program of ours becomes one file that takes its packages from node_modules. */
export function serverBuild(entry, outfile) {
  return {
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, entry)],
    outfile: join(ROOT, outfile),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    alias: { '@': ROOT },
    jsx: 'automatic',
    sourcemap: true,
    metafile: true,
    logLevel: 'silent',
  };
}

async function bundle(builds) {
  const esbuild = await import('esbuild');
  const inputs = new Set();
  try {
    const results = await Promise.all(builds.map((options) => esbuild.build(options)));
    for (const { metafile } of results) {
      for (const path of Object.keys(metafile.inputs))
        if (!path.startsWith('node_modules/')) inputs.add(path);
    }
  } finally {
    // Else its service process keeps this one alive.
    await esbuild.stop();
  }
  return [...inputs];
}

/** What `next build` may read. Folders that pages never import are left out, and so are tests. */
function pageSources() {
  const apart = /^(lib\/(setup|cli|realtime|jobs)|db\/(seed|migrations))\//;
  return [
    ...listFiles(
      ROOT,
      ['app', 'components', 'lib', 'db'],
      (path) => !apart.test(path) && !/\.test\.tsx?$/.test(path),
    ),
    ...['next.config.js', 'next.config.mjs', 'next.config.ts', 'postcss.config.mjs'],
  ];
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return {};
  }
}

function writeStamp(stamp) {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(`${STAMP}.new`, JSON.stringify(stamp));
  renameSync(`${STAMP}.new`, STAMP);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await withSetupLock(() => ensureInstalled());
    await ensureBuilt(ALL_PARTS, { force: process.argv.includes('--force') });
  } catch (error) {
    say(explain(error));
    process.exitCode = 1;
  }
}
