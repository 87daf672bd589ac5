import path from 'node:path';
import { BackupError, writeBackup } from '@/db/backup';
import { AppError } from '@/lib/services/errors';
import { type Command, readArgs, UsageError } from './command';

export const backup: Command = {
  name: 'backup',
  usage: 'backup <folder>',
  summary: 'Write one consistent snapshot of everything into a new folder; the server may go on',
  details:
    'The folder holds one COPY file a table and a manifest. It moves between the built-in Postgres and any other.\nKeep the secret of the data folder with it: without it the audit chain cannot be proved.',
  async run({ config, args }) {
    const [folder] = readArgs(args, {}).positionals;
    if (!folder) throw new UsageError('Name the folder to write to.');
    try {
      const manifest = await writeBackup(config.databaseUrl, path.resolve(folder), Date.now());
      const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
      return { ok: true, text: `${rows} rows in ${path.resolve(folder)}`, data: manifest };
    } catch (error) {
      if (error instanceof BackupError) throw new AppError('invalid', error.message);
      throw error;
    }
  },
};
