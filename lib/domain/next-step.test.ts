import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextStep, type RoutedHandoff } from './next-step';
import { DEFAULT_ORDER } from './order-of-service';
import { type Orphan, orphans } from './orphans';
import type { RoutableAgent } from './routable-agent';
import { type HandoffNeeds, pickAgent, type RoutingPolicy } from './routing';
import { DEFAULT_ROUTING, type RoutingSettings } from './routing-settings';
import { someAgents, someNeeds, somePolicy } from './test-routing';

const MINUTE = 60_000;
const CHAIN = [
  { teamId: 'technical', afterMs: 2 * MINUTE },
  { teamId: 'general', afterMs: 3 * MINUTE },
];
const PUSHED: RoutingSettings = { ...DEFAULT_ROUTING, mode: 'first_available' };

function handoff(about: Partial<RoutedHandoff> & { agents?: readonly RoutableAgent[]; by?: RoutingPolicy }) {
  const { agents = [ana], by = { ...PUSHED, order: DEFAULT_ORDER }, ...rest } = about;
  const decisions = [pickAgent(needs, { version: 0, agents }, by, 0)];
  return { id: 'h', waitingSince: 0, widened: 0, ring: null, declinedAt: null, decisions, ...rest };
}

const needs: HandoffNeeds = {
  teamId: 'billing',
  priority: 3,
  language: null,
  skills: [],
  product: null,
  declinedBy: ['ben'],
};
const ana: RoutableAgent = {
  id: 'ana',
  teamIds: ['billing'],
  status: 'available',
  load: 0,
  capacity: 1,
  idleSince: 0,
  lastPushedAt: null,
  skills: {},
  languages: [],
};
const away: RoutableAgent = { ...ana, status: 'away' };
const ben: RoutableAgent = { ...ana, id: 'ben' };

describe('the next step of a waiting handoff', () => {
  it('is to ring at the best agent, for as long as the team has set', () => {
    const step = nextStep(handoff({}), PUSHED, 5);
    expect(step).toEqual({ kind: 'ring', agentId: 'ana', teamId: 'billing', at: 5, until: 30_005 });
  });
  it('is the end of the ring while it rings, at once when it has rung out', () => {
    const ringing = handoff({ ring: { agentId: 'ana', until: 30_000 } });
    expect(nextStep(ringing, PUSHED, 5)).toEqual({ kind: 'end_ring', agentId: 'ana', at: 30_000 });
    expect(nextStep(ringing, PUSHED, 40_000)).toMatchObject({ kind: 'end_ring', at: 40_000 });
  });
  it('is to wait for the specialist when the chain is empty, and for a claim where work is claimed', () => {
    expect(nextStep(handoff({ agents: [away] }), PUSHED, 5)).toEqual({ kind: 'wait', for: 'free_agent' });
    const byHand = handoff({ by: { ...DEFAULT_ROUTING, order: DEFAULT_ORDER } });
    expect(nextStep(byHand, DEFAULT_ROUTING, 5)).toEqual({ kind: 'wait', for: 'claim' });
  });
  it('is to ask the teams of the chain, each after its wait from the one before', () => {
    const settings = { ...PUSHED, chain: CHAIN };
    const waiting = handoff({ agents: [away] });
    expect(nextStep(waiting, settings, 5)).toEqual({ kind: 'widen', teamId: 'technical', at: 2 * MINUTE });
    expect(nextStep({ ...waiting, widened: 1 }, settings, 5)).toMatchObject({
      teamId: 'general',
      at: 5 * MINUTE,
    });
    expect(nextStep({ ...waiting, widened: 2 }, settings, 5)).toEqual({ kind: 'wait', for: 'free_agent' });
  });
  it('is to widen when it is time, even while others could be rung', () => {
    const settings = { ...PUSHED, chain: CHAIN };
    expect(nextStep(handoff({}), settings, 2 * MINUTE - 1).kind).toBe('ring');
    expect(nextStep(handoff({}), settings, 2 * MINUTE).kind).toBe('widen');
  });
  it('is to ask again, after as long as a ring, when all who could take it have declined', () => {
    const declined = handoff({ agents: [ben], declinedAt: 1000 });
    expect(nextStep(declined, PUSHED, 1000)).toEqual({ kind: 'ask_again', at: 31_000 });
    expect(nextStep(declined, { ...PUSHED, chain: CHAIN }, 1000).kind).toBe('ask_again');
    expect(nextStep(declined, { ...PUSHED, chain: CHAIN }, 2 * MINUTE).kind).toBe('widen');
    const offline = { ...away, status: 'offline' as const };
    const asked = (agents: RoutableAgent[]) => nextStep(handoff({ agents, declinedAt: 1000 }), PUSHED, 1000);
    expect(asked([ben, offline])).toEqual({ kind: 'ask_again', at: 31_000 });
    expect(asked([ben, away])).toEqual({ kind: 'ask_again', at: 301_000 });
  });
  it('is none when nobody could ever take it', () => {
    expect(nextStep(handoff({ agents: [{ ...ana, teamIds: [] }] }), PUSHED, 5)).toEqual({ kind: 'none' });
  });
});

describe('the proof that nobody waits without a next step', () => {
  const GRACE = 1000;
  const ringing = handoff({ ring: { agentId: 'ana', until: 30_000 } });
  const found = (all: RoutedHandoff[], timers: number[], now: number): (Orphan['reason'] | undefined)[] =>
    orphans(
      all.map((each) => ({ handoff: each, settings: PUSHED })),
      timers.map((at) => ({ handoffId: 'h', at })),
      now,
      GRACE,
    ).map(({ reason }) => reason);
  it.each<[string, RoutedHandoff, number[], number, Orphan['reason'][]]>([
    ['a ring with its timer', ringing, [30_000], 5, []],
    ['a ring whose timer is about to fire', ringing, [30_000], 30_900, []],
    ['a ring without a timer', ringing, [], 5, ['no_timer']],
    ['a ring whose timer comes after its end', ringing, [90_000, 31_000], 5, ['timer_late']],
    ['a ring whose timer nobody fired', ringing, [30_000], 31_001, ['timer_overdue']],
    ['a ring that has ended and has no timer', ringing, [], 30_000, ['due_step_not_taken']],
    ['a free agent who is not rung', handoff({}), [], 5, ['due_step_not_taken']],
    ['a free agent, with a timer that is to ring soon', handoff({}), [900], 5, []],
    ['somebody who is away', handoff({ agents: [away] }), [], 5, []],
    ['nobody at all', handoff({ agents: [] }), [], 5, ['nobody_can_take']],
  ])('holds or not for %s', (_, waiting, timers, now, reasons) => {
    expect(found([waiting], timers, now)).toEqual(reasons);
  });
  it('holds for whoever keeps the timer that the step names, unless nobody could ever take it', () => {
    const someChain = fc.constantFrom([], CHAIN.slice(0, 1), CHAIN);
    const when = fc.nat(8 * MINUTE);
    fc.assert(
      fc.property(
        someNeeds,
        someAgents,
        somePolicy,
        someChain,
        when,
        fc.nat(2),
        (asked, agents, by, chain, now, widened) => {
          const settings = { ...by, chain };
          const decisions = [pickAgent(asked, { version: 0, agents }, by, now)];
          const waiting = handoff({ decisions, widened, declinedAt: 10 });
          const step = nextStep(waiting, settings, now);
          const timers = 'at' in step ? [{ handoffId: 'h', at: step.at }] : [];
          const left = orphans([{ handoff: waiting, settings }], timers, now, 0);
          const isHopeless = decisions.every(
            ({ eligible, passedOver: { not_in_team, lacks_skill, lacks_language } }) =>
              eligible === 0 && not_in_team + lacks_skill + lacks_language === agents.length,
          );
          const reasons = isHopeless && chain.length <= widened ? ['nobody_can_take'] : [];
          expect(left.map(({ reason }) => reason)).toEqual(reasons);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
