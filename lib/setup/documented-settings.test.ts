import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(path, 'utf8');
const settingsIn = (text: string) =>
  new Set(text.match(/\b(?:BATON_[A-Z_]+|DATABASE_URL|SMTP_URL|SMTP_URL_FILE|MAIL_FROM|LOG_LEVEL)\b/g) ?? []);

it('the documents name no setting that nobody reads', () => {
  const sources = readdirSync('lib/setup')
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => read(`lib/setup/${name}`));
  const known = settingsIn([...sources, read('lib/config.ts')].join('\n'));
  const documented = settingsIn([read('README.md'), read('docs/operations.md')].join('\n'));
  expect(documented.size).toBeGreaterThan(5);
  expect([...documented].filter((name) => !known.has(name))).toEqual([]);
});
