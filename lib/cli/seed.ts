import { seedDemoWorld, worldExists } from '@/db/seed/demo-world';
import { type Command, readArgs, UsageError } from './command';

export const seed: Command = {
  name: 'seed',
  usage: 'seed [--if-empty] [--days <n>]',
  summary: 'Fill an empty installation with the demo world: the shop Larkfell and its history',
  details:
    'Sixty days of handoffs by default, made by the same verbs that people use. Refused when anything is there.',
  async run({ config, open, args, say }) {
    const { values } = readArgs(args, { 'if-empty': { type: 'boolean' }, days: { type: 'string' } });
    const days = Number(values.days ?? config.seedDays);
    if (!Number.isInteger(days) || days < 1 || days > 365)
      throw new UsageError('--days is a number from 1 to 365.');
    const ctx = await open();
    try {
      if (await worldExists(ctx)) {
        const ok = values['if-empty'] === true;
        return { ok, text: ok ? '' : 'There is data already; nothing was changed.', data: { seeded: false } };
      }
      const made = await seedDemoWorld(ctx, { days, say });
      return {
        ok: true,
        text: `The demo world is ready: ${made.conversations} conversations, ${made.handoffs} handoffs over ${days} days.`,
        data: { seeded: true, ...made },
      };
    } finally {
      await ctx.close();
    }
  },
};
