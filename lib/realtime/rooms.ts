import type { LiveViewKey } from '@/lib/protocol';

/** Who hears what. Nothing goes to everybody. */
export const rooms = {
  staff: (conversationId: string) => `conversation:${conversationId}`,
  visitor: (visitorId: string) => `visitor:${visitorId}`,
  view: (key: LiveViewKey) => `view:${key}`,
  agent: (agentId: string) => `agent:${agentId}`,
  /** Whoever is told of breaches: admins of all, supervisors of their teams'. */
  breaches: (teamId: string | 'all') => `breaches:${teamId}`,
  session: (sessionId: string) => `session:${sessionId}`,
};
