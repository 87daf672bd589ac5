import { Avatar } from '@/components/ui/avatar';
import { PresenceDot } from '@/components/ui/presence-dot';
import { STATUS_WORDS } from '@/components/ui/words';
import type { SkillLevel } from '@/lib/domain/routable-agent';
import type { AgentView, ColleaguePresence, TeamView } from '@/lib/protocol';
import { CapacityField } from './capacity-field';
import { SkillsField } from './skills-field';

const ROLES = { agent: 'Agent', supervisor: 'Supervisor', admin: 'Admin' } as const;

export function PeopleTable({
  agents,
  teams,
  presences,
  skills,
}: {
  agents: readonly AgentView[];
  teams: readonly TeamView[];
  presences: readonly ColleaguePresence[];
  skills: readonly { userId: string; skills: Record<string, SkillLevel>; languages: string[] }[];
}) {
  const presenceOf = new Map(presences.map((presence) => [presence.id, presence]));
  return (
    <div className="table-in" tabIndex={-1}>
      <table className="table">
        <thead>
          <tr>
            <th>Name</th>
            <th>Status</th>
            <th className="end">Has</th>
            <th>At a time</th>
            <th>Skills, languages</th>
            <th>Role</th>
            <th>Teams</th>
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => {
            const presence = presenceOf.get(agent.id);
            const knows = skills.find(({ userId }) => userId === agent.id);
            return (
              <tr key={agent.id}>
                <td>
                  <span className="with-face">
                    <Avatar name={agent.name} />
                    {agent.name}
                  </span>
                </td>
                <td>
                  {presence && (
                    <span className="choice-state">
                      <PresenceDot status={presence.status} />
                      {STATUS_WORDS[presence.status]}
                    </span>
                  )}
                </td>
                <td className="end num">{presence?.load}</td>
                <td>
                  {presence && (
                    <CapacityField userId={agent.id} name={agent.name} saved={presence.capacity} />
                  )}
                </td>
                <td>{knows && <SkillsField userId={agent.id} name={agent.name} saved={knows} />}</td>
                <td>{ROLES[agent.role]}</td>
                <td className="t2">
                  {teams
                    .filter((team) => agent.teamIds.includes(team.id))
                    .map((team) => team.name)
                    .join(', ')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
