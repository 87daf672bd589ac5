import { expect, test } from 'vitest';
import { ofPlaywright, ofVitest } from './test-counts.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});
const vitest = (passed: number, failed: number, testResults: object[], skipped = 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: skipped,
  numTodoTests: 0,
  testResults,
});

test('a run is counted as its report says', () => {
  expect(ofVitest(vitest(2, 0, [file('passed', 'passed', 'passed')]), 0)).toEqual({
    passed: 2,
    failed: 0,
    skipped: 0,
  });
  expect(ofVitest(vitest(1, 1, [file('failed', 'passed', 'failed')], 1), 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 1,
  });
  expect(ofPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } }, 1)).toEqual({
    passed: 3,
    failed: 2,
    skipped: 0,
  });
});

test('what is skipped because Radicale is not installed is told apart', () => {
  const left = (fullName: string) => ({ status: 'skipped', fullName });
  const report = vitest(1, 0, [], 2);
  report.testResults = [
    { status: 'passed', assertionResults: [left('CalDAV (needs Radicale) reads'), left('another')] },
  ];
  expect(ofVitest(report, 0)).toEqual({ passed: 1, failed: 0, skipped: 2, absent: 1 });
});

test('a file that could not be loaded is a failure', () => {
  expect(ofVitest(vitest(1, 0, [file('passed', 'passed'), file('failed')]), 1).failed).toBe(1);
});

test('a run that crashed, that ran nothing, or that ended badly although all passed is a failure', () => {
  expect(ofVitest(undefined, 1).failed).toBe(1);
  expect(ofVitest(vitest(0, 0, []), 0).failed).toBe(1);
  expect(ofVitest(vitest(1, 0, [file('passed', 'passed')]), 1).failed).toBe(1);
  expect(ofPlaywright(undefined, 1).failed).toBe(1);
  expect(ofPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }, 0).failed).toBe(1);
});
