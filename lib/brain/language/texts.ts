import type { SmallTalkKind } from './language';

/** What made the bot offer a person; finer than the reason that is stored. */
export const OFFER_CAUSES = [
  'human_request',
  'legal',
  'medical',
  'financial',
  'security',
  'compliance',
  'regulated_transaction',
  'sensitive_change',
  'refund_over_limit',
  'cancellation',
  'billing_dispute',
  'complaint',
  'policy_exception',
  'enterprise',
  'frustration',
  'loop',
  'refund',
  'multi_question',
  'topic_switches',
  'low_confidence',
  'out_of_scope',
  'long_session',
] as const;
export type OfferCause = (typeof OFFER_CAUSES)[number];

/** A sentence with `{slots}`; one with a slot that nothing fills is passed over. */
export type Template = string;

/** What the bot says and what the agent reads, in one language. */
export interface Texts {
  /** Several wordings each: the first that the bot has not said yet is taken. */
  offers: Readonly<Record<OfferCause, readonly Template[]>>;
  smallTalk: Readonly<Record<SmallTalkKind, readonly Template[]>>;
  noted: readonly Template[];
  nothingToLookIn: Template;
  didYouMean: readonly [one: Template, several: Template];
  softHint: Template;
  lists: { and: string; or: string };
  facts: Readonly<Record<FactLabel, string>>;
  intents: Readonly<Partial<Record<OfferCause, string>>>;
  because: Readonly<Record<OfferCause | 'takeover' | 'error' | 'offered', readonly Template[]>>;
  summary: {
    issue: Template;
    issueUnnamed: Template;
    latest: Template;
    nothingAsked: Template;
    tried: Template;
    triedNothing: Template;
  };
  points: { asked: Template; latest: Template; repeated: Template; tried: Template };
  /** In order of worth. `unless` names a slot whose value makes the action pointless. */
  actions: Readonly<Record<OfferCause | 'any', readonly (Template | { text: Template; unless: string })[]>>;
  /** The action that always fits. */
  carryOn: Template;
  recovery: readonly Template[];
  greeting: {
    both: Template;
    agentOnly: Template;
    customerOnly: Template;
    neither: Template;
    about: Template;
    aboutAll: Template;
    next: Readonly<Partial<Record<OfferCause, Template>>> & { any: Template };
  };
  subject: { order: Template; item: Template; topic: Template };
}

export const FACT_LABELS = ['order', 'item', 'amount', 'email', 'phone', 'date', 'name'] as const;
export type FactLabel = (typeof FACT_LABELS)[number];

/** Fills the slots of a template, or answers null where one stays empty. */
export function fill(template: Template, slots: Readonly<Record<string, string | null>>): string | null {
  let isComplete = true;
  const text = template.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(slots, name) ? slots[name] : null;
    if (value === null || value === undefined || value === '') isComplete = false;
    return value ?? '';
  });
  return isComplete ? text : null;
}

/** The first templates that can be filled, in order. */
export function fillFirst(
  templates: readonly Template[],
  slots: Readonly<Record<string, string | null>>,
  count: number,
): string[] {
  return templates
    .map((template) => fill(template, slots))
    .filter((text) => text !== null)
    .slice(0, count);
}
