import type { Role } from './actor';

/** own: only what is with them. team: what belongs to their teams, or to no team yet. all: everything. */
export type Scope = 'own' | 'team' | 'all';

/** The one permission table. Both transports, the documents and the test matrix are made of it. */
export const PERMISSIONS = {
  'desk.open': { agent: 'all', supervisor: 'all', admin: 'all' },
  'view.read': { agent: 'team', supervisor: 'team', admin: 'all' },
  'conversation.read': { agent: 'team', supervisor: 'team', admin: 'all' },
  'conversation.takeover': { agent: 'team', supervisor: 'team', admin: 'all' },
  'conversation.join': { supervisor: 'team', admin: 'all' },
  'message.send': { agent: 'own', supervisor: 'own', admin: 'own' },
  'form.send': { agent: 'own', supervisor: 'own', admin: 'own' },
  'form.reveal': { agent: 'own', supervisor: 'team', admin: 'all' },
  'note.add': { agent: 'team', supervisor: 'team', admin: 'all' },
  'handoff.claim': { agent: 'team', supervisor: 'team', admin: 'all' },
  'handoff.answerRing': { agent: 'own', supervisor: 'own', admin: 'own' },
  'routing.explain': { supervisor: 'team', admin: 'all' },
  'user.setSkills': { admin: 'all' },
  'handoff.release': { agent: 'own', supervisor: 'own', admin: 'own' },
  'handoff.transfer': { agent: 'own', supervisor: 'own', admin: 'own' },
  'handoff.handBack': { agent: 'own', supervisor: 'own', admin: 'own' },
  'handoff.resolve': { agent: 'own', supervisor: 'own', admin: 'own' },
  'callback.mark': { agent: 'own', supervisor: 'team', admin: 'all' },
  'callback.schedule': { agent: 'own', supervisor: 'own', admin: 'own' },
  'callback.cancel': { agent: 'team', supervisor: 'team', admin: 'all' },
  'calendar.connect': { agent: 'own', supervisor: 'own', admin: 'own' },
  'calendar.disconnect': { agent: 'own', supervisor: 'own', admin: 'all' },
  'calendar.oversee': { admin: 'all' },
  'handoff.reassign': { supervisor: 'team', admin: 'all' },
  'handoff.prioritise': { agent: 'team', supervisor: 'team', admin: 'all' },
  'handoff.overCapacity': { supervisor: 'team', admin: 'all' },
  'agent.setStatus': { agent: 'own', supervisor: 'own', admin: 'own' },
  'agent.list': { agent: 'all', supervisor: 'all', admin: 'all' },
  'report.read': { supervisor: 'team', admin: 'all' },
  'audit.read': { admin: 'all' },
  'user.invite': { admin: 'all' },
  'user.list': { admin: 'all' },
  'settings.read': { supervisor: 'all', admin: 'all' },
  'settings.change': { admin: 'all' },
  'knowledge.read': { supervisor: 'all', admin: 'all' },
  'knowledge.change': { admin: 'all' },
  'user.setCapacity': { admin: 'all' },
  'mail.manage': { admin: 'all' },
  'widget.allowSite': { admin: 'all' },
  'firstSteps.read': { admin: 'all' },
  'firstSteps.dismiss': { admin: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Scope>>>;

export type Operation = keyof typeof PERMISSIONS;

export interface Subject {
  id: string;
  role: Role;
  teamIds: readonly string[];
}

export interface Resource {
  teamId: string | null;
  agentId: string | null;
}

export function scopeOf(role: Role, operation: Operation): Scope | null {
  const row: Partial<Record<Role, Scope>> = PERMISSIONS[operation];
  return row[role] ?? null;
}

/** Whether this person may do this to this. A conversation that is with them is always within `team`. */
export function allows(subject: Subject, operation: Operation, resource: Resource): boolean {
  switch (scopeOf(subject.role, operation)) {
    case null:
      return false;
    case 'all':
      return true;
    case 'own':
      return resource.agentId === subject.id;
    case 'team':
      return (
        resource.agentId === subject.id ||
        resource.teamId === null ||
        subject.teamIds.includes(resource.teamId)
      );
  }
}
