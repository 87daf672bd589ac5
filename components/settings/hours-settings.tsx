'use client';

import type { Calendar } from '@/lib/domain/business-hours';
import { HoursEditor } from './hours-editor';
import { TeamTabs } from './team-tabs';

export interface HoursOfTeam {
  teamId: string;
  name: string;
  hours: { version: number; calendar: Calendar | null };
}

/** When each team is there. */
export function HoursSettings({
  teams,
  zones,
  mayChange,
}: {
  teams: readonly HoursOfTeam[];
  zones: readonly string[];
  mayChange: boolean;
}) {
  return (
    <TeamTabs
      teams={teams}
      editor={(team, isShown, picker) => (
        <HoursEditor team={team} zones={zones} mayChange={mayChange} isShown={isShown}>
          {picker}
        </HoursEditor>
      )}
    />
  );
}
