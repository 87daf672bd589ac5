import { type Browsing, type BrowsingCondition, holdsWhileBrowsing, isBrowsing } from './browsing';
import type { Rule, RuleAction, RuleCondition } from './rules';

/** When a customer who has the chat closed may be approached, as far as a browser can tell by itself. */
export interface Approach {
  when: readonly BrowsingCondition[];
  /** Whether more depends on who they are, so that nobody need be asked of somebody unknown. */
  known: boolean;
}

/** What only words can tell. Nothing was said when somebody is approached. */
const OF_WORDS = ['text', 'intent', 'frustration', 'polarity', 'confidence'] satisfies RuleCondition['if'][];
const OF_THE_CUSTOMER = ['tier', 'lifetimeValue', 'churnRisk', 'attribute'] satisfies RuleCondition['if'][];

export function needsWords(condition: Pick<RuleCondition, 'if'>): boolean {
  return (OF_WORDS as string[]).includes(condition.if);
}

/** The words with which a rule approaches a customer; null for one that does not. */
export function approachText({ act }: { act: readonly RuleAction[] }): string | null {
  return act.find((action) => action.do === 'approach')?.text ?? null;
}

/** The rules that go by what is said. One that approaches acts where it is taken up, and not at the turns of a talk. */
export function rulesOfTurns(rules: readonly Rule[]): Rule[] {
  return rules.filter((rule) => approachText(rule) === null);
}

/** What of the rules a browser may know. What a customer is worth stays here. */
export function approachesOf(rules: readonly Rule[]): Approach[] {
  return rules
    .filter((rule) => rule.enabled && approachText(rule) !== null)
    .map(({ when }) => ({
      when: when.filter((each) => isBrowsing(each)),
      known: when.some((each) => (OF_THE_CUSTOMER as string[]).includes(each.if)),
    }));
}

/** Whether it is worth asking the server. */
export function isNear({ when, known }: Approach, browsing: Browsing, isKnown: boolean): boolean {
  return (isKnown || !known) && when.every((each) => holdsWhileBrowsing(each, browsing));
}
