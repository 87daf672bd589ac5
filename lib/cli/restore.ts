import path from 'node:path';
import { BackupError, restoreBackup } from '@/db/backup';
import { migrateDatabase } from '@/db/migrate';
import { AppError } from '@/lib/services/errors';
import { type Command, readArgs, UsageError } from './command';

export const restore: Command = {
  name: 'restore',
  usage: 'restore <folder>',
  summary: 'Load a backup into an empty database, all or nothing',
  details: 'Stop the server first. A database that holds anything is refused and left as it is.',
  async run({ config, args }) {
    const [folder] = readArgs(args, {}).positionals;
    if (!folder) throw new UsageError('Name the folder of the backup.');
    await migrateDatabase(config.databaseUrl);
    try {
      const manifest = await restoreBackup(config.databaseUrl, path.resolve(folder));
      const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
      return { ok: true, text: `${rows} rows restored, taken ${manifest.takenAt}`, data: manifest };
    } catch (error) {
      if (error instanceof BackupError) throw new AppError('invalid', error.message);
      throw error;
    }
  },
};
