import fc from 'fast-check';
import { DEFAULT_ORDER } from './order-of-service';
import { AGENT_STATUSES } from './presence';
import { type RoutableAgent, SKILL_LEVELS } from './routable-agent';
import type { HandoffNeeds, RoutingPolicy } from './routing';
import { DEFAULT_ROUTING, ROUTING_MODES } from './routing-settings';

/** Small ranges on purpose: ties, full teams and missing skills must be frequent. */
const someTeam = fc.constantFrom('billing', 'technical');
const someLevel = fc.constantFrom(...SKILL_LEVELS);
const someLanguage = fc.constantFrom('en', 'fr', 'fr-CA', 'DE');

export const someAgent = (id: string): fc.Arbitrary<RoutableAgent> =>
  fc
    .record({
      teamIds: fc.uniqueArray(someTeam, { maxLength: 2 }),
      status: fc.constantFrom('available' as const, 'available' as const, ...AGENT_STATUSES),
      load: fc.nat(4),
      capacity: fc.nat(3),
      idleSince: fc.nat(3),
      lastPushedAt: fc.option(fc.nat(3)),
      skills: fc.dictionary(fc.constantFrom('refunds', 'api', 'x100'), someLevel, { noNullPrototype: true }),
      languages: fc.uniqueArray(someLanguage, { maxLength: 2 }),
    })
    .map((agent) => ({ id, ...agent }));

export const someAgents = fc
  .nat(14)
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => someAgent(`a${index}`))));

export const someNeeds: fc.Arbitrary<HandoffNeeds> = fc.record({
  teamId: someTeam,
  priority: fc.constantFrom(1, 2, 3, 4),
  language: fc.option(someLanguage),
  skills: fc.array(fc.record({ name: fc.constantFrom('refunds', 'api'), level: someLevel }), {
    maxLength: 2,
  }),
  product: fc.option(fc.constant('x100'), { freq: 2 }),
  declinedBy: fc.uniqueArray(fc.constantFrom('a0', 'a1', 'a2', 'gone'), { maxLength: 2 }),
});

export const somePolicy: fc.Arbitrary<RoutingPolicy> = fc.record({
  chain: fc.constant(DEFAULT_ROUTING.chain),
  ringMs: fc.constant(DEFAULT_ROUTING.ringMs),
  version: fc.nat(5),
  mode: fc.constantFrom(...ROUTING_MODES),
  order: fc.nat(2).map((overflowSlots) => ({ ...DEFAULT_ORDER, overflowSlots })),
});
