import { spawn } from 'node:child_process';
import { byLine } from './server-log.mjs';

/** What a person reads while it happens. Standard output belongs to the command's own result. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Announces a step before it begins and tells how long it took. */
export async function step(title, work) {
  say(`${title} ...`);
  const startedAt = performance.now();
  const ticking = process.stderr.isTTY
    ? setInterval(() => process.stderr.write(`\r  ${seconds(startedAt, 0)}`), 1_000)
    : undefined;
  try {
    const result = await work();
    clear(ticking);
    say(`  done in ${seconds(startedAt, 1)}`);
    return result;
  } catch (error) {
    clear(ticking);
    say(`  failed after ${seconds(startedAt, 1)}`);
    throw error;
  }
}

const running = new Set();

/** Tells every program that `run` waits for to end. */
export function endRuns() {
  for (const child of running) child.kill('SIGTERM');
}

/** Runs a program to its end and keeps what it says to itself, unless it fails. */
export function run(command, args, { onLine, ...options } = {}) {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, ...options });
    running.add(child);
    let output = '';
    let stdout = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (chunk) => {
        output += chunk;
        if (stream === child.stdout) stdout += chunk;
      });
      if (onLine) byLine(stream, onLine);
    }
    child.once('error', fail);
    child.once('close', (code, signal) => {
      running.delete(child);
      if (code === 0) settle(stdout);
      else {
        fail(new CommandFailure(`${[command, ...args].join(' ')} ended with ${signal ?? code}`, output));
      }
    });
  });
}

export class CommandFailure extends Error {
  constructor(message, output) {
    super(message);
    const lines = output.trim().split('\n');
    // The cause stands at the beginning or at the end.
    const shown = lines.length > 80 ? [...lines.slice(0, 20), '...', ...lines.slice(-50)] : lines;
    this.output = shown.join('\n');
  }
}

/** One clear line for a person; the output of a failed command as well, since it holds the cause. */
export function explain(error) {
  if (error instanceof CommandFailure) return `${error.message}\n${error.output}`;
  return error instanceof Error ? error.message : String(error);
}

function clear(ticking) {
  if (!ticking) return;
  clearInterval(ticking);
  process.stderr.write('\r\u001b[K');
}

function seconds(since, digits) {
  return `${((performance.now() - since) / 1000).toFixed(digits)} s`;
}
