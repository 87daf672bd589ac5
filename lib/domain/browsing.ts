import { type PageMatch, pageMatches } from './page-address';
import type { Signal } from './signal';

/** What holds or not of somebody who looks at the site, whether they say anything or not. */
export type BrowsingCondition =
  | { if: 'page'; how: PageMatch; is: readonly string[] }
  | { if: 'engagement'; from: number }
  | { if: 'pages'; from: number }
  /** Seconds. */
  | { if: 'time'; from: number };

export interface Browsing {
  /** Origin and path; null where there is no page around the chat. */
  page: string | null;
  /** 0..1, as `engagement` has it. */
  engagement: number;
  /** Seen in this visit. */
  pages: number;
  /** Since the first of them. */
  seconds: number;
}

const BROWSING: readonly string[] = [
  'page',
  'engagement',
  'pages',
  'time',
] satisfies BrowsingCondition['if'][];

export function isBrowsing(condition: { if: string }): condition is BrowsingCondition {
  return BROWSING.includes(condition.if);
}

export function holdsWhileBrowsing(condition: BrowsingCondition, browsing: Browsing): boolean {
  switch (condition.if) {
    case 'page':
      return browsing.page !== null && pageMatches(browsing.page, condition.how, condition.is);
    case 'engagement':
      return browsing.engagement >= condition.from;
    case 'pages':
      return browsing.pages >= condition.from;
    case 'time':
      return browsing.seconds >= condition.from;
  }
}

/** Each measure that a rule went by, against its limit. */
export function browsingSignals(conditions: readonly { if: string }[], browsing: Browsing): Signal[] {
  return conditions.flatMap((condition): Signal[] => {
    if (!isBrowsing(condition) || condition.if === 'page') return [];
    const { if: name, from } = condition;
    const value = name === 'time' ? browsing.seconds : browsing[name];
    return [{ name, value, threshold: from, fired: value >= from, evidence: [] }];
  });
}
