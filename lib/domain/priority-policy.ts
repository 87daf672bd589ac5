/** The parts of the score that an admin weighs, by the names they have on the agent's card and in the log. */
export const PART_NAMES = {
  base: 'base',
  premiumTier: 'premium tier',
  lifetimeValue: 'lifetime value over 5000',
  churnRisk: 'churn risk',
  negativeMood: 'negative mood',
  longConversation: 'conversation over 10 minutes',
  cancellation: 'cancellation',
  manyMessages: 'over 10 messages',
} as const;
export type WeighedPart = keyof typeof PART_NAMES;
export const WEIGHED_PARTS = Object.keys(PART_NAMES) as WeighedPart[];

/** The lowest score of each priority; what is below the last is P4. */
export type PriorityThresholds = Readonly<Record<1 | 2 | 3, number>>;
export type PriorityWeights = Readonly<Record<WeighedPart, number>>;

/** How the first priority of a handoff follows from what is known of customer and conversation. */
export interface PriorityPolicy {
  version: number;
  thresholds: PriorityThresholds;
  weights: PriorityWeights;
}

export const DEFAULT_PRIORITY_POLICY: PriorityPolicy = {
  version: 1,
  thresholds: { 1: 85, 2: 65, 3: 40 },
  weights: {
    base: 50,
    premiumTier: 20,
    lifetimeValue: 15,
    churnRisk: 25,
    negativeMood: 20,
    longConversation: 10,
    cancellation: 15,
    manyMessages: 10,
  },
};
