import { describe, expect, it } from 'vitest';
import { FIRST_STEPS, type FirstStepFacts, isStepDone, stepsFor } from './first-steps';

const NOTHING: FirstStepFacts = {
  setUpAt: 1000,
  startedAt: null,
  claimedAt: null,
  invitedAt: null,
  seenOn: null,
};
const done = (facts: Partial<FirstStepFacts>) =>
  FIRST_STEPS.filter((step) => isStepDone(step, { ...NOTHING, ...facts }));

describe('a first step', () => {
  it('is done by its own fact, and by no other', () => {
    expect(done({})).toEqual([]);
    expect(done({ startedAt: 1001 })).toEqual(['chat']);
    expect(done({ claimedAt: 1001 })).toEqual(['claim']);
    expect(done({ seenOn: 'https://shop.example' })).toEqual(['site']);
    expect(done({ invitedAt: 1001 })).toEqual(['invite']);
  });
  it('is not done by what was there at the set-up, nor before there was one', () => {
    const history = { startedAt: 1000, claimedAt: 999, invitedAt: 1000 };
    expect(done(history)).toEqual([]);
    expect(done({ ...history, setUpAt: null })).toEqual([]);
  });
  it('is not asked for where there is no widget to chat in or to place', () => {
    expect(stepsFor(true)).toEqual(FIRST_STEPS);
    expect(stepsFor(false)).toEqual(['invite']);
  });
});
