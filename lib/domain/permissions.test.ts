import { describe, expect, it } from 'vitest';
import type { Role } from './actor';
import { allows, type Operation, PERMISSIONS, type Resource, type Scope, scopeOf } from './permissions';

const ROLES: readonly Role[] = ['agent', 'supervisor', 'admin'];

/** Written out: agent, supervisor, admin. `-` is never. */
const MATRIX: Record<Operation, readonly [Scope | '-', Scope | '-', Scope | '-']> = {
  'desk.open': ['all', 'all', 'all'],
  'view.read': ['team', 'team', 'all'],
  'conversation.read': ['team', 'team', 'all'],
  'conversation.takeover': ['team', 'team', 'all'],
  'conversation.join': ['-', 'team', 'all'],
  'message.send': ['own', 'own', 'own'],
  'form.send': ['own', 'own', 'own'],
  'form.reveal': ['own', 'team', 'all'],
  'note.add': ['team', 'team', 'all'],
  'handoff.claim': ['team', 'team', 'all'],
  'handoff.answerRing': ['own', 'own', 'own'],
  'routing.explain': ['-', 'team', 'all'],
  'user.setSkills': ['-', '-', 'all'],
  'handoff.release': ['own', 'own', 'own'],
  'handoff.transfer': ['own', 'own', 'own'],
  'handoff.handBack': ['own', 'own', 'own'],
  'handoff.resolve': ['own', 'own', 'own'],
  'callback.mark': ['own', 'team', 'all'],
  'callback.schedule': ['own', 'own', 'own'],
  'callback.cancel': ['team', 'team', 'all'],
  'calendar.connect': ['own', 'own', 'own'],
  'calendar.disconnect': ['own', 'own', 'all'],
  'calendar.oversee': ['-', '-', 'all'],
  'handoff.reassign': ['-', 'team', 'all'],
  'handoff.prioritise': ['team', 'team', 'all'],
  'handoff.overCapacity': ['-', 'team', 'all'],
  'agent.setStatus': ['own', 'own', 'own'],
  'agent.list': ['all', 'all', 'all'],
  'report.read': ['-', 'team', 'all'],
  'audit.read': ['-', '-', 'all'],
  'user.invite': ['-', '-', 'all'],
  'user.list': ['-', '-', 'all'],
  'settings.read': ['-', 'all', 'all'],
  'settings.change': ['-', '-', 'all'],
  'knowledge.read': ['-', 'all', 'all'],
  'knowledge.change': ['-', '-', 'all'],
  'user.setCapacity': ['-', '-', 'all'],
  'mail.manage': ['-', '-', 'all'],
  'widget.allowSite': ['-', '-', 'all'],
  'firstSteps.read': ['-', '-', 'all'],
  'firstSteps.dismiss': ['-', '-', 'all'],
};

const RESOURCES: Record<string, Resource> = {
  mine: { teamId: 'other', agentId: 'me' },
  'of my team, with nobody': { teamId: 'ours', agentId: null },
  'of my team, with a colleague': { teamId: 'ours', agentId: 'them' },
  'of no team': { teamId: null, agentId: null },
  'of another team, with nobody': { teamId: 'other', agentId: null },
  'of another team, with somebody': { teamId: 'other', agentId: 'them' },
};

const REACH: Record<Scope | '-', readonly string[]> = {
  '-': [],
  own: ['mine'],
  team: ['mine', 'of my team, with nobody', 'of my team, with a colleague', 'of no team'],
  all: Object.keys(RESOURCES),
};

describe('the permission table', () => {
  it('has no operation that is not written out here', () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(MATRIX).sort());
  });

  for (const [index, role] of ROLES.entries()) {
    for (const operation of Object.keys(PERMISSIONS) as Operation[]) {
      const scope = MATRIX[operation][index] ?? '-';
      it(`${role}: ${operation} reaches ${scope}`, () => {
        expect(scopeOf(role, operation) ?? '-').toBe(scope);
        const subject = { id: 'me', role, teamIds: ['ours'] };
        const reached = Object.entries(RESOURCES)
          .filter(([, resource]) => allows(subject, operation, resource))
          .map(([name]) => name);
        expect(reached).toEqual(REACH[scope]);
      });
    }
  }

  it('reaches nothing of a team for somebody in none but what belongs to no team', () => {
    const subject = { id: 'me', role: 'agent' as const, teamIds: [] };
    expect(allows(subject, 'conversation.read', { teamId: 'ours', agentId: null })).toBe(false);
    expect(allows(subject, 'conversation.read', { teamId: null, agentId: null })).toBe(true);
  });
});
