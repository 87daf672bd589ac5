import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Enough to know what failed and where, once the lines of the run itself are far above. */
const LINES = 12;

/** The failed tests of a Vitest report, each with its file, name and first lines. */
export function failuresOfVitest(report, root) {
  return (report?.testResults ?? []).flatMap(({ name, message, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [brief(file, message)] : [];
    return failed.map((test) => brief(`${file} > ${test.fullName}`, test.failureMessages.join('\n')));
  });
}

/** The failed tests of a Playwright report, as above. */
export function failuresOfPlaywright(report) {
  return [
    ...(report?.errors ?? []).map(({ message }) => brief('e2e', message)),
    ...(report?.suites ?? []).flatMap(failuresOfSuite),
  ];
}

function failuresOfSuite({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const errors = results.flatMap((result) => result.errors).map(({ message }) => message);
        return brief(`e2e/${file}:${line} > ${title}`, errors.join('\n'));
      }),
  );
  return [...own, ...suites.flatMap(failuresOfSuite)];
}

function brief(name, message = '') {
  const lines = stripVTControlCharacters(message).split('\n').slice(0, LINES);
  return [name, ...lines.map((line) => `  ${line}`)].join('\n').trimEnd();
}
