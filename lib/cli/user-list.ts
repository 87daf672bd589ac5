import type { Command } from './command';

export const userList: Command = {
  name: 'user list',
  usage: 'user list',
  summary: 'List everyone who may sign in, with role and teams',
  async run({ open }) {
    const ctx = await open();
    try {
      const users = ctx.directory.agents().map((agent) => ({
        email: agent.email,
        name: agent.name,
        role: agent.role,
        teams: agent.teamIds.map((teamId) => ctx.directory.team(teamId)?.name ?? teamId),
      }));
      const text = users.map((user) => `${user.email}  ${user.role}  ${user.name}  ${user.teams.join(', ')}`);
      return { ok: true, text: text.join('\n') || 'Nobody yet.', data: users };
    } finally {
      await ctx.close();
    }
  },
};
