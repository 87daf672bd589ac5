import { NEEDS_RADICALE } from './radicale.mjs';

/** A part that ended without telling what happened: one failure. */
export function crashed() {
  return { passed: 0, failed: 1, skipped: 0 };
}

/** The counts of a Vitest run from its JSON report and its exit code. `absent`: those skipped for want of a program. */
export function ofVitest(report, code) {
  if (!report) return crashed();
  // A file that could not be loaded has no tests to count, yet it failed.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  const absent = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, fullName = '' }) => status === 'skipped' && fullName.includes(NEEDS_RADICALE)).length;
  return settle(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken,
      skipped,
      ...(absent > 0 ? { absent } : {}),
    },
    code,
  );
}

/** The counts of a Playwright run; a test that passed only at a second try has failed. */
export function ofPlaywright(report, code) {
  if (!report) return crashed();
  const { expected, unexpected, flaky, skipped } = report.stats;
  return settle({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** Never a success where the runner itself reports none, and none where nothing ran. */
function settle(counts, code) {
  const nothing = counts.passed + counts.failed + counts.skipped === 0;
  if (counts.failed === 0 && (code !== 0 || nothing)) return { ...counts, failed: 1 };
  return counts;
}
