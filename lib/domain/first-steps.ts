export const FIRST_STEPS = ['chat', 'claim', 'site', 'invite'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/** What was seen to happen, each the last time. Epoch milliseconds; null for never. */
export interface FirstStepFacts {
  /** When the first link was used. Before it nobody could sign in, so that whatever stood there was not theirs. */
  setUpAt: number | null;
  startedAt: number | null;
  claimedAt: number | null;
  invitedAt: number | null;
  /** The first site other than our own on which the widget was opened. */
  seenOn: string | null;
}

/** What an admin is shown of the way from an empty desk to a working one. */
export interface FirstSteps {
  dismissed: boolean;
  steps: { step: FirstStep; done: boolean }[];
  /** How the widget comes onto a page; null while there is no widget, and then no step asks for one. */
  widget: { snippet: string; sites: string[]; seenOn: string | null } | null;
}

/** Done is what happened since the set-up: a demo's history ticks nothing. */
export function isStepDone(step: FirstStep, facts: FirstStepFacts): boolean {
  const { setUpAt } = facts;
  const since = (at: number | null) => setUpAt !== null && at !== null && at > setUpAt;
  switch (step) {
    case 'chat':
      return since(facts.startedAt);
    case 'claim':
      return since(facts.claimedAt);
    case 'site':
      return facts.seenOn !== null;
    case 'invite':
      return since(facts.invitedAt);
  }
}

/** All but the invitation need a widget. */
export function stepsFor(hasWidget: boolean): readonly FirstStep[] {
  return hasWidget ? FIRST_STEPS : ['invite'];
}
