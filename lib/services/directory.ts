import type { Database } from '@/db/client';
import { readDirectory } from '@/db/queries/directory';
import type { Role } from '@/lib/domain/actor';

export interface DirectoryAgent {
  id: string;
  name: string;
  email: string;
  role: Role;
  teamIds: string[];
}

export interface DirectoryTeam {
  id: string;
  name: string;
}

export interface DirectoryWidget {
  id: string;
  key: string;
  shopName: string;
  botName: string;
  currency: string;
  locale: string;
  allowedOrigins: string[];
  theme: { brand: string };
  texts: Record<string, string>;
  suggestions: string[];
  teamId: string;
  /** The first site other than our own on which it was opened. */
  seenOn: string | null;
}

/** People, teams and widgets: few, read at every turn, changed seldom. Held in memory and read again when told to. */
export interface Directory {
  agents(): readonly DirectoryAgent[];
  agent(id: string): DirectoryAgent | undefined;
  teams(): readonly DirectoryTeam[];
  team(id: string): DirectoryTeam | undefined;
  widgets(): readonly DirectoryWidget[];
  widget(id: string): DirectoryWidget | undefined;
  widgetByKey(key: string): DirectoryWidget | undefined;
  /** Reads once more when the person is not known: another process may have let them in. */
  findAgent(id: string): Promise<DirectoryAgent | undefined>;
  refresh(): Promise<void>;
}

export async function openDirectory(db: Database): Promise<Directory> {
  let held = await readDirectory(db);
  return {
    agents: () => held.agents,
    agent: (id) => held.agents.find((agent) => agent.id === id),
    teams: () => held.teams,
    team: (id) => held.teams.find((team) => team.id === id),
    widgets: () => held.widgets,
    widget: (id) => held.widgets.find((widget) => widget.id === id),
    widgetByKey: (key) => held.widgets.find((widget) => widget.key === key),
    findAgent: async (id) => {
      const find = () => held.agents.find((agent) => agent.id === id);
      if (find() === undefined) held = await readDirectory(db);
      return find();
    },
    refresh: async () => {
      held = await readDirectory(db);
    },
  };
}
