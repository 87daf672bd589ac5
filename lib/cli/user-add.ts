import { inviteUser } from '@/lib/services/user/invite';
import { type Command, readArgs, UsageError } from './command';

export const userAdd: Command = {
  name: 'user add',
  usage: 'user add <email> [--role agent|supervisor|admin] [--team <name>]...',
  summary: 'Invite somebody; prints the link with which they choose name and password',
  details: 'The link is good for a week and for one use. Without --team they join every team.',
  async run({ open, args }) {
    const { values, positionals } = readArgs(args, {
      role: { type: 'string' },
      team: { type: 'string', multiple: true },
    });
    const [email] = positionals;
    if (!email) throw new UsageError('Name the e-mail address.');
    const role = values.role ?? 'agent';
    if (role !== 'agent' && role !== 'supervisor' && role !== 'admin') {
      throw new UsageError('The role is agent, supervisor or admin.');
    }
    const ctx = await open();
    try {
      const wanted = [values.team ?? []].flat();
      const teams = wanted.map((name) => {
        const team = ctx.directory
          .teams()
          .find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
        if (!team) throw new UsageError(`There is no team "${name}".`);
        return team;
      });
      const teamIds = (wanted.length > 0 ? teams : ctx.directory.teams()).map((team) => team.id);
      const invitation = await inviteUser(
        ctx,
        { kind: 'system', job: 'command line' },
        { email, role, teamIds },
      );
      return { ok: true, text: invitation.url, data: { email, role, ...invitation } };
    } finally {
      await ctx.close();
    }
  },
};
