import { rotateSealingKeys } from '@/lib/services/form/rotate-keys';
import type { Command } from './command';

export const keysRotate: Command = {
  name: 'keys rotate',
  usage: 'keys rotate',
  summary: 'Seal what customers filled in with a new key, and destroy the old ones',
  details:
    'Sensitive answers of forms are sealed by keys that are kept in the database, each sealed by BATON_SECRET. Works beside a\nrunning server and may be stopped at any moment: what is not sealed anew yet stays readable, and the next run goes on.',
  async run({ open, say }) {
    const ctx = await open();
    try {
      const { resealed, destroyed } = await rotateSealingKeys(ctx, (done) => say(`${done} sealed anew`));
      const text = `${resealed} ${resealed === 1 ? 'form' : 'forms'} sealed anew, ${destroyed} old ${destroyed === 1 ? 'key' : 'keys'} destroyed.`;
      return { ok: true, text, data: { resealed, destroyed } };
    } finally {
      await ctx.close();
    }
  },
};
