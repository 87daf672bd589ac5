'use client';

import { type ReactNode, useState } from 'react';

/**
 * A setting that every team has of its own. Each keeps its editor, so that what is unsaved in one stays; `editor` draws
 * it, with the choice of the team where it is shown.
 */
export function TeamTabs<T extends { teamId: string; name: string }>({
  teams,
  editor,
}: {
  teams: readonly T[];
  editor: (team: T, isShown: boolean, picker: ReactNode) => ReactNode;
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
      {editor(team, team.teamId === shown, team.teamId === shown && picker)}
    </div>
  ));
}
