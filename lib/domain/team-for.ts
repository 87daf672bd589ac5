/** The team named like the topic serves it; without one, the widget's own team. */
export function teamFor(
  topic: string | null,
  teams: readonly { id: string; name: string }[],
  fallbackTeamId: string,
): string {
  const wanted = topic?.trim().toLowerCase();
  return teams.find((team) => team.name.toLowerCase() === wanted)?.id ?? fallbackTeamId;
}
