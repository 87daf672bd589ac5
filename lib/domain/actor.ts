export type Role = 'agent' | 'supervisor' | 'admin';

/** Who did something. A discriminated union, so that the log can say who, jobs and the command line included. */
export type Actor =
  | { kind: 'visitor'; id: string; widgetId: string; conversationId: string | null }
  | { kind: 'agent'; id: string; name: string; role: Role; teamIds: readonly string[] }
  | { kind: 'bot'; id: string; name: string }
  | { kind: 'system'; job: string };

export type AgentActor = Extract<Actor, { kind: 'agent' }>;
export type VisitorActor = Extract<Actor, { kind: 'visitor' }>;

/** What the log keeps of an actor: no role, no teams, nothing that changes later. */
export type LoggedActor =
  | { kind: 'visitor'; id: string }
  | { kind: 'agent'; id: string; name: string }
  | { kind: 'bot'; name: string }
  | { kind: 'system'; job: string };

export function loggedActor(actor: Actor): LoggedActor {
  switch (actor.kind) {
    case 'visitor':
      return { kind: 'visitor', id: actor.id };
    case 'agent':
      return { kind: 'agent', id: actor.id, name: actor.name };
    case 'bot':
      return { kind: 'bot', name: actor.name };
    case 'system':
      return { kind: 'system', job: actor.job };
  }
}
