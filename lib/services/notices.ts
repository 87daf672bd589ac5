import { recountSlots } from '@/db/queries/agents';
import type { Context } from './context';
import { wakeTeamsOf } from './routing/pushing-teams';
import { lookAtClocks } from './sla/look';

const CHANNEL = 'baton';
const DIRECTORY = 'directory';
const SETTINGS = 'settings';
const KNOWLEDGE = 'knowledge';
const CUSTOMERS = 'customers';
const SESSION = 'session:';
const AGENT = 'agent:';

/** People, teams or widgets changed: read them again here, and in every other process. */
export async function tellDirectoryChanged(ctx: Context): Promise<void> {
  await ctx.directory.refresh();
  await ctx.db.query('select pg_notify($1::text, $2::text)', [CHANNEL, DIRECTORY]);
}

/** A setting changed: read them again here, and in every other process; the clocks of open handoffs and the agents' loads go by them at once. */
export async function tellSettingsChanged(ctx: Context): Promise<void> {
  await ctx.settings.refresh();
  await ctx.db.query('select pg_notify($1::text, $2::text)', [CHANNEL, SETTINGS]);
  await followSettings(ctx);
}

/** Articles changed: the bot goes by them here, and in every other process. */
export async function tellKnowledgeChanged(ctx: Context): Promise<void> {
  await ctx.knowledge.refresh();
  await ctx.db.query('select pg_notify($1::text, $2::text)', [CHANNEL, KNOWLEDGE]);
}

/** A customer goes by another name: lists show it, in every process. */
export async function tellCustomersChanged(ctx: Context): Promise<void> {
  await ctx.db.query('select pg_notify($1::text, $2::text)', [CHANNEL, CUSTOMERS]);
}

/** A session was revoked: its sockets end, in whichever process they are. */
export async function tellSessionEnded(ctx: Context, sessionId: string): Promise<void> {
  await ctx.db.query('select pg_notify($1::text, $2::text)', [CHANNEL, `${SESSION}${sessionId}`]);
}

/** Status or capacity of an agent changed: their tabs are told, in whichever process they are. */
export async function tellAgentChanged(ctx: Context, agentId: string): Promise<void> {
  await ctx.db.query('select pg_notify($1::text, $2::text)', [CHANNEL, `${AGENT}${agentId}`]);
}

/** Follows what other processes and the command line changed. */
export async function followNotices(
  ctx: Context,
  on: {
    directory: () => Promise<void>;
    sessionEnded: (sessionId: string) => void;
    agentChanged: (agentId: string) => void;
    settingsChanged: () => void;
    customersChanged: () => void;
  },
): Promise<void> {
  await ctx.db.listen(CHANNEL, (payload) => {
    if (payload.startsWith(SESSION)) on.sessionEnded(payload.slice(SESSION.length));
    if (payload === SETTINGS) {
      hearSettings(ctx)
        .then(on.settingsChanged)
        .catch((error: unknown) => ctx.log.warn({ err: error }, 'the settings could not be read again'));
    }
    if (payload === KNOWLEDGE) {
      ctx.knowledge
        .refresh()
        .catch((error: unknown) => ctx.log.warn({ err: error }, 'the articles could not be read again'));
    }
    if (payload === CUSTOMERS) on.customersChanged();
    if (payload.startsWith(AGENT)) on.agentChanged(payload.slice(AGENT.length));
    if (payload !== DIRECTORY) return;
    ctx.directory
      .refresh()
      .then(on.directory)
      .catch((error: unknown) => ctx.log.warn({ err: error }, 'the directory could not be read again'));
  });
}

/** This process may have looked at a clock, or counted a slot, by what it knew before: it does so again by what it knows now. */
async function hearSettings(ctx: Context): Promise<void> {
  if (await ctx.settings.refresh()) await followSettings(ctx);
}

async function followSettings(ctx: Context): Promise<void> {
  const moved = await recountSlots(ctx.db, ctx.settings.queue().waitingFreesSlot);
  for (const agentId of moved) await tellAgentChanged(ctx, agentId);
  await wakeTeamsOf(ctx, moved);
  await lookAtClocks(ctx);
}
