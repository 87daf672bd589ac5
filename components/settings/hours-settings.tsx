'use client';

import { useState } from 'react';
import type { Calendar } from '@/lib/domain/business-hours';
import { HoursEditor } from './hours-editor';

export interface HoursOfTeam {
  teamId: string;
  name: string;
  hours: { version: number; calendar: Calendar | null };
}

/** When each team is there. Every team has an editor of its own, so that what is unsaved in one stays. */
export function HoursSettings({
  teams,
  zones,
  mayChange,
}: {
  teams: readonly HoursOfTeam[];
  zones: readonly string[];
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
      <HoursEditor team={team} zones={zones} mayChange={mayChange} isShown={team.teamId === shown}>
        {team.teamId === shown && picker}
      </HoursEditor>
    </div>
  ));
}
