import { makeSetupLink } from '@/lib/services/user/invite';
import type { Command } from './command';

export const setupLink: Command = {
  name: 'setup-link',
  usage: 'setup-link',
  summary: 'Print the one-time link that makes the first admin, or the desk once there is one',
  async run({ open }) {
    const ctx = await open();
    try {
      const link = await makeSetupLink(ctx);
      const url = link?.url ?? `${ctx.baseUrl}/`;
      return { ok: true, text: url, data: { url, oneTime: link !== null } };
    } finally {
      await ctx.close();
    }
  },
};
