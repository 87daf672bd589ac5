import { expect, test } from 'vitest';
import { failuresOfPlaywright, failuresOfVitest } from './test-failures.mjs';

test('a failed test, and a file that could not be loaded, are told by file, name and first lines', () => {
  const report = {
    testResults: [
      {
        name: '/here/a/b.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'one' },
          {
            status: 'failed',
            fullName: 'two',
            failureMessages: ['\u001b[31mexpected 1\u001b[39m\nat b.test.ts:3'],
          },
        ],
      },
      { name: '/here/a/c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      { name: '/here/a/d.test.ts', status: 'passed', message: '', assertionResults: [{ status: 'passed' }] },
    ],
  };
  expect(failuresOfVitest(report, '/here')).toEqual([
    'a/b.test.ts > two\n  expected 1\n  at b.test.ts:3',
    'a/c.test.ts\n  no such module',
  ]);
  expect(failuresOfVitest(undefined, '/here')).toEqual([]);
});

test('a browser test that failed, or that passed only at a second try, is told as well', () => {
  const spec = (line: number, title: string, status: string, message: string) => ({
    file: 'x.spec.ts',
    line,
    title,
    tests: [{ status, results: [{ errors: message ? [{ message }] : [] }] }],
  });
  const report = {
    errors: [{ message: 'no browser' }],
    suites: [
      {
        specs: [spec(7, 'three', 'unexpected', 'not seen')],
        suites: [{ specs: [spec(9, 'four', 'expected', ''), spec(11, 'five', 'flaky', 'late')] }],
      },
    ],
  };
  expect(failuresOfPlaywright(report)).toEqual([
    'e2e\n  no browser',
    'e2e/x.spec.ts:7 > three\n  not seen',
    'e2e/x.spec.ts:11 > five\n  late',
  ]);
});
