import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { InviteForm } from '@/components/people/invite-form';
import { PeopleTable } from '@/components/people/people-table';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readColleagues } from '@/lib/services/agent/read';
import { readDesk } from '@/lib/services/desk/read';
import { context } from '@/lib/services/runtime';
import { readSkills } from '@/lib/services/user/set-skills';

export const metadata: Metadata = { title: 'People' };

export default async function PeoplePage() {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'user.list') === null) notFound();
  const [{ agents, teams }, colleagues, skills] = await Promise.all([
    readDesk(context(), agent),
    readColleagues(context(), agent),
    readSkills(context(), agent),
  ]);
  return (
    <div className="scroll" tabIndex={-1}>
      <div className="page-in report">
        <header className="report-head">
          <div className="grow">
            <h1 className="title">People</h1>
            <p className="sub">
              {agents.length} may sign in. Invitations are links, good for a week and for one use.
            </p>
          </div>
        </header>
        <InviteForm teams={teams} />
        <PeopleTable agents={agents} teams={teams} presences={colleagues.agents} skills={skills} />
      </div>
    </div>
  );
}
