import { DEFAULT_THRESHOLDS, type Thresholds } from './judgement';

/** When the bot offers a person. The version grows with each change. */
export interface BotThresholds extends Thresholds {
  version: number;
}

export const DEFAULT_BOT_THRESHOLDS: BotThresholds = { version: 1, ...DEFAULT_THRESHOLDS };

export const THRESHOLD_NAMES = [
  'confidence',
  'frustration',
  'loop',
  'questions',
  'topics',
  'sessionMinutes',
  'refundOver',
  'polarity',
] as const satisfies readonly (keyof Thresholds)[];
export type ThresholdName = (typeof THRESHOLD_NAMES)[number];

/** Between which values an admin may choose, and how fine. */
export const THRESHOLD_RANGE: Readonly<
  Record<ThresholdName, { least: number; most: number; places: number }>
> = {
  confidence: { least: 0, most: 1, places: 2 },
  frustration: { least: 0.3, most: 1, places: 2 },
  loop: { least: 2, most: 20, places: 0 },
  questions: { least: 2, most: 20, places: 0 },
  topics: { least: 2, most: 50, places: 0 },
  sessionMinutes: { least: 1, most: 240, places: 0 },
  refundOver: { least: 0, most: 1_000_000, places: 2 },
  polarity: { least: -1, most: 0, places: 2 },
};
