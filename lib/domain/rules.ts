import { type Browsing, type BrowsingCondition, holdsWhileBrowsing } from './browsing';
import type { Path, Priority } from './handoff';
import type { SignalName } from './signal';

/** What a rule may ask for by name; each is a signal that is read from the words, never from a model's prose. */
export const INTENTS = [
  'human_request',
  'legal',
  'medical',
  'financial',
  'security',
  'compliance',
  'regulated_transaction',
  'sensitive_change',
  'cancellation',
  'refund',
  'refund_over_limit',
  'billing_dispute',
  'complaint',
  'policy_exception',
  'enterprise',
  'out_of_scope',
] as const satisfies readonly SignalName[];
export type Intent = (typeof INTENTS)[number];

/** Where the customer writes: on a page of the site, or in the chat alone, as a mailed link opens it. */
export const CHANNELS = ['site', 'link'] as const;
export type Channel = (typeof CHANNELS)[number];

export const CHURN_RISKS = ['low', 'medium', 'high'] as const;
export type ChurnRisk = (typeof CHURN_RISKS)[number];

/** What a rule may narrow an offer to. */
export const RULED_PATHS = ['live', 'form', 'callback', 'follow_up'] as const satisfies readonly Path[];
export type RuledPath = (typeof RULED_PATHS)[number];

/** Each holds or not for the newest words of a customer. Of a list, any one is enough. */
export type RuleCondition =
  | BrowsingCondition
  | { if: 'text'; has: readonly string[] }
  | { if: 'intent'; is: readonly Intent[] }
  | { if: 'channel'; is: readonly Channel[] }
  | { if: 'hours'; are: 'open' | 'closed' }
  | { if: 'frustration'; from: number }
  | { if: 'polarity'; below: number }
  | { if: 'confidence'; below: number }
  | { if: 'language'; is: readonly string[] }
  | { if: 'tier'; is: readonly string[] }
  | { if: 'lifetimeValue'; from: number }
  | { if: 'churnRisk'; is: readonly ChurnRisk[] }
  | { if: 'attribute'; name: string; is: readonly string[] };

export type RuleAction =
  /** A person is offered beside the bot's answer. */
  | { do: 'offer' }
  /** A person is offered and the bot does not answer. */
  | { do: 'escalate' }
  /** A person is offered by this path alone while it can be served, and the bot does not answer unless `offer` stands beside it. */
  | { do: 'path'; path: RuledPath }
  /** By its name. */
  | { do: 'team'; team: string }
  | { do: 'priority'; priority: Priority }
  /** A consultant is offered beside the bot's answer, as an opportunity: once in a talk with the bot. */
  | { do: 'suggest' }
  /** With these words beside the closed chat, as an opportunity: once in a visit. */
  | { do: 'approach'; text: string }
  | { do: 'label'; label: string }
  /** Tells whoever of the team is at the desk, once in a talk with the bot; null: the team it would be. */
  | { do: 'notify'; team: string | null };

export interface Rule {
  id: string;
  name: string;
  enabled: boolean;
  /** All of them must hold. */
  when: readonly RuleCondition[];
  act: readonly RuleAction[];
}

/** The rules in their order. The version grows with each change. */
export interface RuleSet {
  version: number;
  rules: readonly Rule[];
}

/** What is known of a turn. */
export interface RuleFacts extends Browsing {
  text: string;
  intents: ReadonlySet<string>;
  open: boolean;
  frustration: number;
  polarity: number;
  /** Null where nothing was asked, or nothing measured. */
  confidence: number | null;
  /** A language tag. */
  language: string | null;
  tier: string | null;
  lifetimeValue: number | null;
  churnRisk: ChurnRisk | null;
  attributes: Readonly<Record<string, string>>;
}

export interface RuleOutcome {
  /** Those that hold, in their order. */
  matched: readonly Rule[];
  offer: 'beside' | 'instead' | null;
  team: string | null;
  priority: Priority | null;
  /** The only path of an offer. */
  path: RuledPath | null;
  labels: readonly string[];
  /** By which of them a consultant is suggested. */
  suggestedBy: readonly string[];
}

/** The rules in use that hold for a turn, and what they decide together. */
export function applyRules(rules: readonly Rule[], facts: RuleFacts): RuleOutcome {
  const text = fold(facts.text);
  return decided(
    rules.filter(({ enabled, when }) => enabled && when.every((each) => holds(each, facts, text))),
  );
}

/** What rules that held decide together: of those that speak of a thing, the first. */
export function decided(matched: readonly Rule[]): RuleOutcome {
  const actions = matched.flatMap(({ act }) => act);
  const offers = matched.map(({ act }) => offeredBy(act)).find((offer) => offer !== null);
  const team = actions.find((action) => action.do === 'team');
  const priority = actions.find((action) => action.do === 'priority');
  const path = actions.find((action) => action.do === 'path');
  const labels = actions.flatMap((action) => (action.do === 'label' ? [action.label] : []));
  return {
    matched,
    offer: offers ?? null,
    team: team?.do === 'team' ? team.team : null,
    priority: priority?.do === 'priority' ? priority.priority : null,
    path: path?.do === 'path' ? path.path : null,
    labels: [...new Set(labels)],
    suggestedBy: matched
      .filter(({ act }) => act.some((action) => action.do === 'suggest'))
      .map(({ id }) => id),
  };
}

function offeredBy(act: readonly RuleAction[]): RuleOutcome['offer'] {
  if (act.some((action) => action.do === 'offer')) return 'beside';
  return act.some((action) => action.do === 'escalate' || action.do === 'path') ? 'instead' : null;
}

function holds(condition: RuleCondition, facts: RuleFacts, text: string): boolean {
  switch (condition.if) {
    case 'text':
      return condition.has.some((phrase) => says(text, phrase));
    case 'intent':
      return condition.is.some((intent) => facts.intents.has(intent));
    case 'page':
    case 'engagement':
    case 'pages':
    case 'time':
      return holdsWhileBrowsing(condition, facts);
    case 'channel':
      return condition.is.includes(facts.page === null ? 'link' : 'site');
    case 'hours':
      return facts.open === (condition.are === 'open');
    case 'frustration':
      return facts.frustration >= condition.from;
    case 'polarity':
      return facts.polarity < condition.below;
    case 'confidence':
      return facts.confidence !== null && facts.confidence < condition.below;
    case 'language': {
      const language = facts.language?.toLowerCase() ?? '';
      return condition.is.some(
        (tag) => language === tag.toLowerCase() || language.startsWith(`${tag.toLowerCase()}-`),
      );
    }
    case 'tier':
      return isOneOf(facts.tier, condition.is);
    case 'lifetimeValue':
      return facts.lifetimeValue !== null && facts.lifetimeValue >= condition.from;
    case 'churnRisk':
      return facts.churnRisk !== null && condition.is.includes(facts.churnRisk);
    case 'attribute':
      return isOneOf(
        Object.hasOwn(facts.attributes, condition.name) ? facts.attributes[condition.name] : null,
        condition.is,
      );
  }
}

function isOneOf(value: string | null | undefined, wanted: readonly string[]): boolean {
  return value != null && wanted.some((each) => each.toLowerCase() === value.toLowerCase());
}

/** Whether a text has one of the phrases, as whole words. */
export function saysOneOf(text: string, phrases: readonly string[]): boolean {
  const folded = fold(text);
  return phrases.some((phrase) => says(folded, phrase));
}

/** Whole words in a row, whatever their case, accents and marks. A `*` at the end stands for any ending. */
function says(text: string, phrase: string): boolean {
  const isOpenEnded = phrase.trim().endsWith('*');
  const words = fold(phrase);
  if (words.trim() === '') return false;
  return text.includes(isOpenEnded ? words.trimEnd() : words);
}

function fold(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/[\p{M}’']/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return ` ${words.join(' ')} `;
}

const escalate = (id: string, name: string, when: RuleCondition, ...more: RuleAction[]): Rule => ({
  id,
  name,
  enabled: true,
  when: [when],
  act: [{ do: 'escalate' }, ...more],
});

/** In use to begin with; admins change them. */
export const STARTER_RULES: readonly Rule[] = [
  escalate('legal', 'Legal matters', { if: 'intent', is: ['legal'] }, { do: 'priority', priority: 2 }),
  escalate('refund', 'Refunds', { if: 'intent', is: ['refund', 'refund_over_limit'] }),
  escalate('cancel', 'Cancellations', { if: 'intent', is: ['cancellation'] }),
  escalate('manager', 'Asks for a manager', { if: 'text', has: ['manager', 'supervisor', 'your boss'] }),
  escalate('complaint', 'Complaints', { if: 'intent', is: ['complaint'] }, { do: 'priority', priority: 2 }),
  {
    id: 'enterprise-page',
    name: 'Enterprise page: tell sales',
    enabled: true,
    when: [{ if: 'page', how: 'contains', is: ['/enterprise'] }],
    act: [
      { do: 'notify', team: null },
      { do: 'label', label: 'Enterprise' },
    ],
  },
  {
    id: 'opportunity',
    name: 'Opportunity: suggest a consultant',
    enabled: true,
    when: [
      { if: 'text', has: ['price', 'prices', 'pricing', 'cost', 'costs', 'quote', 'discount', 'discounts'] },
      { if: 'page', how: 'contains', is: ['/enterprise'] },
      { if: 'engagement', from: 0.8 },
    ],
    act: [{ do: 'suggest' }],
  },
  {
    id: 'approach',
    name: 'Plans in view: approach the customer',
    enabled: true,
    when: [
      { if: 'page', how: 'contains', is: ['/enterprise', '/plans', '/pricing'] },
      { if: 'pages', from: 3 },
      { if: 'time', from: 60 },
    ],
    act: [{ do: 'approach', text: 'Looking at plans for a team? A consultant can help.' }],
  },
  {
    id: 'closed',
    name: 'Outside hours: leave an address',
    enabled: true,
    when: [
      { if: 'hours', are: 'closed' },
      { if: 'confidence', below: 0.6 },
    ],
    act: [{ do: 'offer' }],
  },
];

export const DEFAULT_RULE_SET: RuleSet = { version: 1, rules: STARTER_RULES };
