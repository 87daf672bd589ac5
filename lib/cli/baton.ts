import { ZodError } from 'zod';
import { createBrain } from '@/lib/brain/brain';
import { readConfig } from '@/lib/config';
import { openLog } from '@/lib/realtime/log';
import { AppError } from '@/lib/services/errors';
import { openContext } from '@/lib/services/open-context';
import { auditVerify } from './audit-verify';
import { backup } from './backup';
import { type Command, UsageError } from './command';
import { judge } from './judge';
import { keysRotate } from './keys-rotate';
import { migrate } from './migrate';
import { restore } from './restore';
import { seed } from './seed';
import { setupLink } from './setup-link';
import { userAdd } from './user-add';
import { userList } from './user-list';

const COMMANDS: readonly Command[] = [
  userAdd,
  userList,
  auditVerify,
  backup,
  restore,
  seed,
  judge,
  keysRotate,
  setupLink,
  migrate,
];

/** Exit codes: 0 done, 1 the command says no (a broken chain, a refusal), 2 used wrongly. */
async function main(words: string[]): Promise<number> {
  const json = words.includes('--json');
  const rest = words.filter((word) => word !== '--json');
  const command = COMMANDS.find(({ name }) => name.split(' ').every((part, index) => rest[index] === part));
  if (rest.length === 0 || rest[0] === 'help' || (!command && rest.includes('--help'))) {
    process.stdout.write(overview());
    return 0;
  }
  if (!command) {
    process.stderr.write(`There is no command "${rest.join(' ')}".\n\n${overview()}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  const open = () => openContext(readConfig(), { brain: createBrain(), log: openLog('warn') });
  const args = rest.slice(command.name.split(' ').length);
  try {
    const result = await command.run({
      get config() {
        return readConfig();
      },
      open,
      args,
      say: (line) => process.stderr.write(`${line}\n`),
      print,
    });
    if (json && result.data !== undefined) await print(JSON.stringify(result.data));
    else if (!json && result.text !== '') await print(result.text);
    return result.ok ? 0 : 1;
  } catch (error) {
    return explain(command, error);
  }
}

/** Settles when the reader has taken the line: a result of any length is never held in memory. */
function print(line: string): Promise<void> {
  return new Promise((settle, fail) => {
    process.stdout.write(`${line}\n`, (error) => (error ? fail(error) : settle()));
  });
}

function explain(command: Command, error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${helpOf(command)}`);
    return 2;
  }
  if (error instanceof ZodError) {
    for (const issue of error.issues)
      process.stderr.write(`${issue.path.join('.') || 'input'}: ${issue.message}\n`);
    return 2;
  }
  if (error instanceof AppError) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  throw error;
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ usage }) => usage.length));
  const lines = COMMANDS.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`);
  return `Usage: npm run baton -- <command> [--json] [--help]\n\n${lines.join('\n')}\n`;
}

function helpOf(command: Command): string {
  return `Usage: npm run baton -- ${command.usage} [--json]\n\n${command.summary}\n${command.details ? `\n${command.details}\n` : ''}`;
}

/** Whoever reads the result may have enough of it, as `head` does. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
