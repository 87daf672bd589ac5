import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process apart from a later one with the same pid: the instant it was started (and, on Linux,
 * the boot it belongs to). Undefined when no such process runs.
 */
export function processStamp(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (process.platform === 'linux') return linuxStamp(pid);
  if (process.platform === 'win32') {
    return quiet('powershell.exe', [
      '-NoProfile',
      '-Command',
      `(Get-Process -Id ${pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()`,
    ]);
  }
  return quiet('ps', ['-o', 'lstart=', '-p', String(pid)]);
}

/** The command line of a running process, or undefined when it is gone. */
export function processCommand(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim() || undefined;
    } catch {
      return undefined;
    }
  }
  if (process.platform === 'win32') {
    return quiet('powershell.exe', [
      '-NoProfile',
      '-Command',
      `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`,
    ]);
  }
  return quiet('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
}

/** The parent of a process where the system tells it without a program of its own (Linux), else undefined. */
export function parentOf(pid) {
  try {
    return Number(linuxStatus(pid)[1]);
  } catch {
    return undefined;
  }
}

/** The fields of /proc/<pid>/stat from the third on: the second is the command and may hold anything. */
function linuxStatus(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function linuxStamp(pid) {
  try {
    const fields = linuxStatus(pid);
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

function quiet(command, args) {
  try {
    return (
      execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() ||
      undefined
    );
  } catch {
    return undefined;
  }
}
