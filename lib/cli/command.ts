import { parseArgs } from 'node:util';
import type { Config } from '@/lib/config';
import type { openContext } from '@/lib/services/open-context';

export type OpenContext = Awaited<ReturnType<typeof openContext>>;

export interface CommandInput {
  /** Read when asked for: a command that needs no database runs without any setting. */
  readonly config: Config;
  open(): Promise<OpenContext>;
  args: string[];
  /** Progress, on standard error, so that standard output stays the result. */
  say(line: string): void;
  /** A line of a result that is too long to be returned whole, on standard output. */
  print(line: string): Promise<void>;
}

export interface CommandResult {
  ok: boolean;
  text: string;
  data: unknown;
}

export interface Command {
  name: string;
  usage: string;
  summary: string;
  details?: string;
  run(input: CommandInput): Promise<CommandResult>;
}

/** The command was called wrongly; its help is shown. */
export class UsageError extends Error {}

/** Options and words of a command; an unknown option is a usage error. */
export function readArgs<T extends Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>>(
  args: string[],
  options: T,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
