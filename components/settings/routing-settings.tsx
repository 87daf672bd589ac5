'use client';

import type { TeamRouting } from '@/lib/domain/routing-settings';
import { RoutingEditor } from './routing-editor';
import { TeamTabs } from './team-tabs';

export interface RoutingOfTeam {
  teamId: string;
  name: string;
  routing: TeamRouting;
}

/** How each team's work finds its agent. */
export function RoutingSettings({
  teams,
  mayChange,
}: {
  teams: readonly RoutingOfTeam[];
  mayChange: boolean;
}) {
  return (
    <TeamTabs
      teams={teams}
      editor={(team, isShown, picker) => (
        <RoutingEditor team={team} teams={teams} mayChange={mayChange} isShown={isShown}>
          {picker}
        </RoutingEditor>
      )}
    />
  );
}
