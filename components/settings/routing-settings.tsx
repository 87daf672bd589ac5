'use client';

import { useState } from 'react';
import type { TeamRouting } from '@/lib/domain/routing-settings';
import { RoutingEditor } from './routing-editor';

export interface RoutingOfTeam {
  teamId: string;
  name: string;
  routing: TeamRouting;
}

/** How each team's work finds its agent. Every team has an editor of its own, so that what is unsaved in one stays. */
export function RoutingSettingsPage({
  teams,
  mayChange,
}: {
  teams: readonly RoutingOfTeam[];
  mayChange: boolean;
}) {
  const [shown, setShown] = useState(teams[0]?.teamId ?? null);
  const picker = (
    <fieldset className="seg picker">
      <legend className="sr">Team</legend>
      {teams.map(({ teamId, name }) => (
        <label key={teamId}>
          <input
            type="radio"
            name="team"
            className="sr"
            checked={teamId === shown}
            onChange={() => setShown(teamId)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
  return teams.map((team) => (
    <div key={team.teamId} className="pane set-team" hidden={team.teamId !== shown}>
      <RoutingEditor team={team} teams={teams} mayChange={mayChange} isShown={team.teamId === shown}>
        {team.teamId === shown && picker}
      </RoutingEditor>
    </div>
  ));
}
