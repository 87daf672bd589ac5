import { migrateDatabase } from '@/db/migrate';
import type { Command } from './command';

export const migrate: Command = {
  name: 'migrate',
  usage: 'migrate',
  summary: 'Bring the database schema up to date, one process at a time',
  async run({ config }) {
    await migrateDatabase(config.databaseUrl);
    return { ok: true, text: 'The schema is up to date.', data: { migrated: true } };
  },
};
