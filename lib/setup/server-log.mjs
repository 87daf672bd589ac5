import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST = 20_000_000;
const NAMES = new Map([
  [40, 'warning'],
  [50, 'error'],
  [60, 'fatal'],
]);

/** A log file of limited size: when it is full it is kept as `.1` and begun anew. */
export function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  let handle = openSync(file, 'a');
  let size = statSync(file).size;
  return {
    file,
    write(line) {
      if (size > LARGEST) {
        closeSync(handle);
        renameSync(file, `${file}.1`);
        handle = openSync(file, 'a');
        size = 0;
      }
      size += writeSync(handle, `${line}\n`);
    },
  };
}

/** How a line that the server wrote is shown in the terminal; undefined for what only the file needs. */
export function shortForm(line, stream) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    // Not from the logger: the first line of a crash says what happened, its stack is in the file.
    if (stream !== 'err') return undefined;
    return /^\s/.test(line) || line.trim() === '' || /^Node\.js v/.test(line) ? undefined : line;
  }
  const name = typeof entry === 'object' && entry !== null && NAMES.get(entry.level);
  if (!name) return undefined;
  const at = new Date(entry.time);
  const time = Number.isNaN(at.getTime()) ? '' : `${at.toTimeString().slice(0, 8)} `;
  const cause = entry.err?.message && entry.err.message !== entry.msg ? `: ${entry.err.message}` : '';
  return `${time}${name}: ${entry.msg ?? ''}${cause}`;
}

/** Cuts a stream of chunks into lines. */
export function byLine(stream, onLine) {
  let partial = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (partial + chunk).split('\n');
    partial = lines.pop();
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (partial) onLine(partial);
    partial = '';
  });
}
